"""The two databases, copied out and put back by what each of them offers for it."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class ToolMissing(Exception):
    """A program that PostgreSQL comes with is not on this machine."""


class DatabaseMismatch(Exception):
    """The backup was made from another kind of database."""


class DumpFailed(Exception):
    """The program of PostgreSQL refused; the message is its own."""


def engine() -> str:
    """Return which of the two databases this installation uses."""
    return connection.vendor


def copy_out(target: Path) -> None:
    """Write a consistent copy of the database to `target`, while it serves."""
    if engine() == SQLITE:
        _copy_sqlite_out(target)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", *_server())


def put_back(source: Path) -> None:
    """Replace the content of the database by that of `source`, in one go."""
    if engine() == SQLITE:
        _put_sqlite_back(source)
    else:
        connection.close()
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            *_server(),
            str(source),
        )


def other_sessions() -> int:
    """Return how many other programs are connected; SQLite replaces everything in one step."""
    if engine() == SQLITE:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def _copy_sqlite_out(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        _check(copy)


def _put_sqlite_back(source: Path) -> None:
    with closing(sqlite3.connect(source)) as copy:
        _check(copy)
        connection.ensure_connection()
        copy.backup(connection.connection)
    # What this process remembered of the former content is no longer true.
    connection.close()


def _check(copy: sqlite3.Connection) -> None:
    answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        raise DumpFailed(str(answer))


def _server() -> list[str]:
    facts: dict[str, Any] = connection.get_connection_params()
    names = {"host": "--host", "port": "--port", "user": "--username", "dbname": "--dbname"}
    return [f"{option}={facts[name]}" for name, option in names.items() if facts.get(name)]


def _run(program: str, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise ToolMissing(program)
    password = connection.settings_dict["PASSWORD"]
    done = subprocess.run(  # noqa: S603 -- a program of the database, our own arguments
        [path, *arguments],
        # Never among the arguments, which everybody on the machine can read.
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DumpFailed(done.stderr.strip() or program)
