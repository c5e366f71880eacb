"""Real processes on a real database, to be killed or to race.

A test database of SQLite lives in the memory of one process: it is copied to a file first. On
PostgreSQL the processes meet in the test database itself.
"""

import multiprocessing
import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.db import connection

FORK = multiprocessing.get_context("fork")


class Shared:
    """A database that several processes use."""

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / "shared.sqlite3")
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(self.path) as target:
                connection.connection.backup(target)
            target.close()
            # The first to open the copy changes its journal: nobody else may be there yet.
            self.call(connection.ensure_connection)

    def start(self, act: Callable[..., Any], *arguments: Any) -> "Running":
        """Begin `act` in a process of its own."""
        if connection.vendor != "sqlite":
            connection.close()
        ours, theirs = FORK.Pipe()
        process = FORK.Process(target=self._run, args=(theirs, act, arguments))
        process.start()
        theirs.close()
        return Running(process, ours)

    def call(self, act: Callable[..., Any], *arguments: Any) -> Any:
        """What `act` returns when it is done in a process of its own."""
        return self.start(act, *arguments).result()

    def _run(self, pipe: Connection, act: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        # The parent's connection is not ours to use, nor to close.
        connection.connection = None
        connection.in_atomic_block = False
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = self.path
        try:
            pipe.send(("returned", act(*arguments)))
        except Exception as problem:
            pipe.send(("raised", f"{type(problem).__name__}: {problem}"))
            traceback.print_exc()
        finally:
            connection.close()
            pipe.close()
            os._exit(0)


class Running:
    """A process at work."""

    def __init__(self, process: Any, pipe: Connection) -> None:
        self.process = process
        self._pipe = pipe

    def result(self) -> Any:
        """What it returned. Raises AssertionError when it raised or died."""
        outcome, value = self.end()
        assert outcome == "returned", value
        return value

    def end(self) -> tuple[str, Any]:
        """("returned", value), ("raised", sentence) or ("died", None)."""
        try:
            answer = self._pipe.recv()
        except EOFError:
            answer = ("died", None)
        self.process.join(30)
        self._pipe.close()
        return answer

    def kill(self) -> None:
        """Kill it at once, as a power cut would."""
        self.process.kill()


def die() -> None:
    """Kill the process that calls, without any clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)
