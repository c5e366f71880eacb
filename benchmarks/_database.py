"""The databases that the measures fill: SQLite, PostgreSQL where it is installed."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def database() -> Iterator[None]:
    """Make ready the database of DATABASE_URL, else a new SQLite file: its tables, its reference
    rows, and Django."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "ancrage.config.settings.test"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        import django  # noqa: PLC0415 -- the settings come first

        django.setup()
        logging.disable(logging.WARNING)  # one line a request would bury the figures
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        with open(os.devnull, "w") as nowhere:
            call_command("load_reference", verbosity=0, stdout=nowhere)
        yield


def on_each_database(measure: str) -> bool:
    """Run a measure again on SQLite, then on PostgreSQL, each in a process of its own.

    Return False, having run nothing, where the environment names a database: the measure is to run
    on that one. Raises `CalledProcessError` where it fails.
    """
    if "DATABASE_URL" in os.environ:
        return False
    with tempfile.TemporaryDirectory() as folder:
        _run(measure, {"DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}"})
    programs = _postgresql()
    if programs is None:
        print("  PostgreSQL is not installed: measured on SQLite only", flush=True)
        return True
    with _cluster(programs) as url:
        _run(measure, {"DATABASE_URL": url})
    return True


def _run(measure: str, variables: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", f"benchmarks.{measure}"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=True)


def _postgresql() -> Path | None:
    """Return the folder of the newest PostgreSQL of this machine."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max(
        (path.parent for path in versions), key=lambda path: int(path.parts[-2]), default=None
    )


@contextmanager
def _cluster(programs: Path) -> Iterator[str]:
    """A PostgreSQL of our own, with its usual settings and no port; yield its address."""
    folder = Path(tempfile.mkdtemp())
    # It refuses to be started by root.
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_postgres:
        shutil.chown(folder, "postgres")

    def call(program: str, *options: str) -> None:
        command = [*as_postgres, str(programs / program), "-D", str(folder / "data"), *options]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    try:
        call("initdb", "-U", "ancrage", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        where = f"-c listen_addresses='' -k {folder}"
        call("pg_ctl", "-s", "-w", "-l", str(folder / "log"), "-o", where, "start")
        try:
            # %2F: libpq reads a folder as the place of the socket.
            yield f"postgres://ancrage@{str(folder).replace('/', '%2F')}/postgres"
        finally:
            call("pg_ctl", "-m", "immediate", "-s", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
