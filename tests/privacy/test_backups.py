"""Backups: whole or refused, and nobody comes back with them."""

import io
import os
import sqlite3
import tarfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from ancrage.privacy.services import forget_set_aside
from ancrage.privacy.services.backups import (
    ArchiveDamaged,
    DumpFailed,
    ToolMissing,
    databases,
    open_archive,
    prune_backups,
)
from ancrage.privacy.services.backups.archive import write_archive
from ancrage.privacy.services.backups.making import forget_leftovers
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
on_sqlite = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "sqlite").startswith("postgres"),
    reason="this way of copying is that of SQLite",
)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A small backup, as `write_archive` makes them."""
    folder, target = tmp_path / "in", tmp_path / "out" / "ancrage.tar.gz"
    (folder / "files" / "a").mkdir(parents=True)
    (folder / "database").write_bytes(b"rows")
    (folder / "files" / "a" / "cv.pdf").write_bytes(b"cv")
    write_archive(target=target, folder=folder, engine="sqlite", now=NOW)
    return target


def repacked(source: Path, target: Path, **members: bytes | None) -> Path:
    """Copy an archive with some of its members changed or left out."""
    with tarfile.open(source) as before, tarfile.open(target, "w:gz") as after:
        for entry in before.getmembers():
            content = members.get(entry.name.replace(".", "_"), before.extractfile(entry).read())
            if content is not None:
                entry.size = len(content)
                after.addfile(entry, io.BytesIO(content))
    return target


def test_a_backup_is_opened_as_it_was_packed(packed: Path, tmp_path: Path) -> None:
    manifest = open_archive(source=packed, folder=tmp_path / "back")

    assert (manifest.engine, manifest.made_at) == ("sqlite", NOW.isoformat())
    assert sorted(manifest.digests) == ["database", "files/a/cv.pdf"]
    assert (tmp_path / "back" / "files" / "a" / "cv.pdf").read_bytes() == b"cv"
    assert packed.stat().st_mode & 0o777 == 0o600
    assert list(packed.parent.iterdir()) == [packed]


@pytest.mark.parametrize(
    "members",
    [
        {"database": b"other"},
        {"database": None},
        {"manifest_json": None},
        {"manifest_json": b"{}"},
        {"manifest_json": b"not json"},
        {"manifest_json": b'{"made_at": "", "engine": "", "digests": {}, "format": 9}'},
    ],
)
def test_a_backup_that_was_touched_is_refused(
    members: dict[str, bytes | None], packed: Path, tmp_path: Path
) -> None:
    wrong = repacked(packed, tmp_path / "wrong.tar.gz", **members)

    with pytest.raises(ArchiveDamaged):
        open_archive(source=wrong, folder=tmp_path / "back")


def test_a_backup_cut_short_or_that_is_none_is_refused(packed: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(packed.read_bytes()[:-40])
    text = tmp_path / "text.tar.gz"
    text.write_text("bonjour")

    for number, source in enumerate((cut, text, tmp_path / "nowhere.tar.gz")):
        with pytest.raises(ArchiveDamaged):
            open_archive(source=source, folder=tmp_path / str(number))


def test_a_member_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.tar.gz"
    with tarfile.open(wrong, "w:gz") as archive:
        entry = tarfile.TarInfo("../outside")
        entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))

    with pytest.raises(ArchiveDamaged):
        open_archive(source=wrong, folder=tmp_path / "in")
    assert not (tmp_path / "outside").exists()


def test_the_oldest_backups_are_deleted(tmp_path: Path) -> None:
    for day in (1, 2, 3):
        (tmp_path / f"ancrage-2026010{day}-000000.tar.gz").touch()
    (tmp_path / "notes.txt").touch()

    assert [path.name for path in prune_backups(folder=tmp_path, keep=2)] == [
        "ancrage-20260101-000000.tar.gz"
    ]
    assert prune_backups(folder=tmp_path, keep=2) == []
    assert len(list(tmp_path.iterdir())) == 3


def test_what_a_restoration_replaced_goes_after_a_month(tmp_path: Path) -> None:
    aside = tmp_path / "before-restore"
    aside.mkdir()
    old, late = NOW - timedelta(days=30), NOW - timedelta(days=29)
    for moment in (old, late):
        (aside / f"ancrage-{moment:%Y%m%d-%H%M%S}.tar.gz").touch()
    kept = tmp_path / f"ancrage-{NOW - timedelta(days=400):%Y%m%d-%H%M%S}.tar.gz"
    kept.touch()
    stopped, renamed = tmp_path / "work-abc", aside / "ancrage-a-garder.tar.gz"
    stopped.mkdir()
    (stopped / "database").touch()
    (tmp_path / "ancrage-20261116-030000.tar.gz.part").touch()
    renamed.touch()
    for path in (stopped, renamed, *tmp_path.glob("*.part")):
        os.utime(path, (old.timestamp(), old.timestamp()))

    assert forget_leftovers(root=tmp_path, now=NOW) == 4

    left = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert left == sorted([kept.name, f"ancrage-{late:%Y%m%d-%H%M%S}.tar.gz"])
    assert forget_leftovers(root=tmp_path, now=NOW) == 0
    assert forget_leftovers(root=tmp_path / "nowhere", now=NOW) == 0


def test_purge_forgets_what_was_set_aside(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_ROOT = tmp_path
    (tmp_path / "before-restore").mkdir()
    (tmp_path / "before-restore" / "ancrage-20260101-000000.tar.gz").touch()

    assert forget_set_aside(now=NOW) == 1


@on_sqlite
def test_what_is_erased_from_sqlite_is_overwritten(settings: Settings, tmp_path: Path) -> None:
    path, marker = tmp_path / "base.sqlite3", b"Alix Fictive de Nulle-Part"
    with closing(sqlite3.connect(path)) as base:
        # As a build that does not do it by itself.
        base.execute("PRAGMA secure_delete=OFF")
        base.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
        base.execute("CREATE TABLE people (name TEXT)")
        base.executemany("INSERT INTO people VALUES (?)", [(marker.decode(),)] * 500)
        base.commit()
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert marker in path.read_bytes()
        base.execute("DELETE FROM people")
        base.commit()
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        assert marker not in path.read_bytes()


# --- PostgreSQL's own programs ------------------------------------------------------------------


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand for a PostgreSQL whose programs write down how they were called."""
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setattr(
        connection,
        "get_connection_params",
        lambda: {"host": "base.test", "user": "ancrage", "dbname": "rh"},
    )
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "secret")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("pg_dump", "pg_restore"):
        program = programs / name
        program.write_text(f'#!/bin/sh\necho "$0 $@ $PGPASSWORD" >> {tmp_path}/called\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return tmp_path


def test_postgresql_is_copied_by_its_own_programs(server: Path) -> None:
    databases.copy_out(server / "database")
    databases.put_back(server / "database")

    dump, restore = (server / "called").read_text().splitlines()
    to = "--host=base.test --username=ancrage --dbname=rh"
    assert dump == (
        f"{server}/bin/pg_dump --format=custom --no-owner --file={server}/database {to} secret"
    )
    assert restore == (
        f"{server}/bin/pg_restore --clean --if-exists --no-owner --single-transaction {to}"
        f" {server}/database secret"
    )


def test_a_refusal_of_postgresql_is_told(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "")
    failing = server / "bin" / "pg_dump"
    failing.write_text('#!/bin/sh\n[ -z "$PGPASSWORD" ] && echo "no such role" >&2\nexit 1\n')

    with pytest.raises(DumpFailed, match="no such role"):
        databases.copy_out(server / "database")
    failing.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(DumpFailed, match="pg_dump"):
        databases.copy_out(server / "database")
    with pytest.raises(CommandError, match="pg_dump"):
        call_command("backup", to=server / "backups")


def test_a_missing_program_is_named(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(server))

    with pytest.raises(ToolMissing, match="pg_dump"):
        databases.copy_out(server / "database")
    with pytest.raises(CommandError, match="client de PostgreSQL"):
        call_command("backup", to=server / "backups")
