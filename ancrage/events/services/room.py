"""The room of an event: how many tables, what they are called, where they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil, sqrt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.events.models import Event, Meeting, Table
from ancrage.events.services.editing import lock_event, save_revision

MOST_TABLES = 400
# Paces from one table to the next in a room set out in rows.
PACES = 3
# The room as its plan shows it, in paces.
WIDEST = 300


@dataclass(frozen=True)
class TableFacts:
    """What one says of a table; `x` and `y` are paces from a corner of the room."""

    label: str
    usable: bool
    x: int
    y: int


class TableInForce(ValidationError):
    """The timetable in force seats people at a table that would be taken away."""


@transaction.atomic
def set_table_count(*, event: Event, count: int, revision: int, by: Any, now: datetime) -> Event:
    """Give an event `count` tables, numbered from 1: new ones join the rows, the last go.

    Raises ValidationError, `TableInForce` and `EventChangedMeanwhile`.
    """
    current = lock_event(event, revision)
    if not 0 <= count <= MOST_TABLES:
        raise ValidationError(
            {"count": _("De 0 à %(most)d tables.") % {"most": MOST_TABLES}}, code="count"
        )
    tables = list(current.tables.order_by("number"))
    if count == len(tables):
        return current
    leaving = [table.pk for table in tables[count:]]
    _refuse_seated(leaving)
    Table.objects.filter(pk__in=leaving).delete()
    taken = {table.number for table in tables[:count]}
    free = (number for number in range(1, MOST_TABLES * 2) if number not in taken)
    spots = iter(_spots_beside(tables[:count], count))
    Table.objects.bulk_create(
        Table(event=current, number=next(free), x=x, y=y)
        for x, y in (next(spots) for _table in range(count - len(taken)))
    )
    changes = {"tables": [len(tables), count]}
    return save_revision(event=current, changes=changes, by=by, now=now)


@transaction.atomic
def arrange_tables(*, event: Event, columns: int, revision: int, by: Any, now: datetime) -> Event:
    """Set the tables out in rows of `columns`, in the order of their numbers.

    Raises ValidationError and `EventChangedMeanwhile`.
    """
    current = lock_event(event, revision)
    if not 1 <= columns <= WIDEST // PACES:
        raise ValidationError(
            {"columns": _("De 1 à %(most)d tables par rangée.") % {"most": WIDEST // PACES}}
        )
    tables = list(current.tables.order_by("number"))
    for rank, table in enumerate(tables):
        table.x, table.y = _spot(rank, columns)
    Table.objects.bulk_update(tables, ["x", "y"])
    return save_revision(event=current, changes={"columns": ["", columns]}, by=by, now=now)


@transaction.atomic
def edit_tables(
    *, event: Event, tables: Mapping[int, TableFacts], revision: int, by: Any, now: datetime
) -> Event:
    """Change what is said of tables, by number. Raises `EventChangedMeanwhile`."""
    current = lock_event(event, revision)
    rows = list(current.tables.filter(number__in=tables).order_by("number"))
    changed = []
    for row in rows:
        facts = tables[row.number]
        after = (facts.label.strip(), facts.usable, facts.x, facts.y)
        if after != (row.label, row.usable, row.x, row.y):
            row.label, row.usable, row.x, row.y = after
            changed.append(row)
    if not changed:
        return current
    Table.objects.bulk_update(changed, ["label", "usable", "x", "y"])
    numbers = ", ".join(str(row.number) for row in changed)
    return save_revision(event=current, changes={"tables": ["", numbers]}, by=by, now=now)


def _refuse_seated(tables: Iterable[int]) -> None:
    seated = Meeting.objects.filter(table__in=list(tables), timetable__in_force=True)
    if seated.exists():
        raise TableInForce(
            {
                "count": _(
                    "La grille publiée place des rencontres à ces tables : rendez-les"
                    " inutilisables, puis recalculez."
                )
            }
        )


def _spots_beside(tables: Iterable[Table], count: int) -> Iterable[tuple[int, int]]:
    """Give the free spots of a room of `count` tables in rows about as long as they are many."""
    taken = {(table.x, table.y) for table in tables}
    columns = max(1, ceil(sqrt(count)))
    rank = 0
    while True:
        spot = _spot(rank, columns)
        rank += 1
        if spot not in taken:
            yield spot


def _spot(rank: int, columns: int) -> tuple[int, int]:
    return PACES * (rank % columns) + 1, PACES * (rank // columns) + 1
