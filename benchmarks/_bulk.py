"""Rows by the million: COPY on PostgreSQL, prepared statements on SQLite, indexes built after.

For invented rows of a database that a measure makes for itself. The checks of each table stay on;
PostgreSQL looks whether what rows point to exists when the constraints come back.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

# What both databases read alike; a truth is 0 or 1.
Value = str | int | float | None
_LINES = 20_000
_SQLITE_FAST = ("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF")
_SQLITE_USUAL = ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = NORMAL")


@contextmanager
def without_indexes(*models: type[Any]) -> Iterator[None]:
    """Drop the indexes of these tables and what ties them to others; make all again at
    the end, and tell the database how much there is."""
    from django.core.management.color import no_style  # noqa: PLC0415 -- the settings come first
    from django.db import connection  # noqa: PLC0415

    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            drop, make = _of_postgresql(cursor, tables)
            make = ["SET maintenance_work_mem = '512MB'", *make, "RESET maintenance_work_mem"]
        else:
            drop, make = _of_sqlite(cursor, tables)
            drop, make = [*_SQLITE_FAST, *drop], [*make, *_SQLITE_USUAL]
        for statement in drop:
            cursor.execute(statement)
        yield
        make += [*connection.ops.sequence_reset_sql(no_style(), models), "ANALYZE"]
        for statement in make:
            cursor.execute(statement)


def write(
    model: type[Any], columns: Sequence[str], rows: Iterable[Sequence[Value]], **same: Value
) -> None:
    """Write rows of `columns`, those of the model's attributes; `same` holds for all of them.

    What neither names has the default of the model.
    """
    from django.db import connection, transaction  # noqa: PLC0415 -- the settings come first

    bare = model()
    rest = {
        field.attname: same.get(field.attname, _default(bare, field.attname))
        for field in model._meta.concrete_fields
        if field.attname not in columns and not field.primary_key
    }
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(model._meta.get_field(name).column) for name in (*columns, *rest))
    end = tuple(rest.values())
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tail = "".join(f"\t{_copied(value)}" for value in end) + "\n"
            lines = ("\t".join(map(_copied, row)) + tail for row in rows)
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
                while some := "".join(islice(lines, _LINES)):
                    stream.write(some)
        else:
            marks = ", ".join("?" * (len(columns) + len(end)))
            connection.connection.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 -- our own names
                ((*row, *end) for row in rows),
            )


def moment(at: datetime) -> str:
    """Return an instant of UTC as both databases read it."""
    return at.strftime("%Y-%m-%d %H:%M:%S")


def _default(bare: Any, name: str) -> Value:
    value = getattr(bare, name)
    if isinstance(value, bool):
        return int(value)
    return json.dumps(value) if isinstance(value, list | dict) else value


def _copied(value: Value) -> str:
    return r"\N" if value is None else str(value)


def _of_sqlite(cursor: Any, tables: list[str]) -> tuple[list[str], list[str]]:
    # What a constraint rests on has no statement of its own, and stays.
    cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")
    found = [row for row in cursor.fetchall() if row[0] in tables and row[2]]
    return [f'DROP INDEX "{name}"' for _t, name, _sql in found], [sql for *_rest, sql in found]


def _of_postgresql(cursor: Any, tables: list[str]) -> tuple[list[str], list[str]]:
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'f')"
        " ORDER BY contype DESC, conname",
        [tables],
    )
    ties = cursor.fetchall()
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[])"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        [tables],
    )
    indexes = cursor.fetchall()
    drop = [f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _rule in ties]
    drop += [f"DROP INDEX {name}" for name, _definition in indexes]
    make = [definition for _name, definition in indexes]
    make += [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {rule}' for table, name, rule in ties]
    return drop, make
