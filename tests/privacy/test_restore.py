"""The drill: an old backup is put back, and whom the ledger names is gone all the same."""

import io
import json
import os
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import erase_subject, forget_account
from ancrage.privacy.services.backups import (
    DatabaseInUse,
    DatabaseMismatch,
    DumpFailed,
    RestoreFailed,
    archive,
    databases,
    make_backup,
    restore_backup,
    restoring,
)
from ancrage.privacy.services.erasure import Replayed
from ancrage.privacy.services.ledger import LedgerLine, merge_ledger, read_ledger
from tests.factories import DataSubjectFactory, ResourceFactory, UserFactory
from tests.factories.moments import NOW

ROOT = Path(__file__).resolve().parents[2]
LATER = NOW + timedelta(days=1)

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="this way of copying is that of SQLite"
)
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql" or shutil.which("pg_restore") is None,
    reason="this drill is that of PostgreSQL, with its own programs",
)
whole_database = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path) -> Path:
    """Backups and documents in a folder of the test's own."""
    settings.BACKUP_ROOT = tmp_path / "backups"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    return tmp_path


def commanded(*arguments: str) -> str:
    output = io.StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue().strip()


@whole_database
@on_sqlite
def test_an_erased_person_does_not_come_back_with_a_backup(places: Path, ledger: Path) -> None:
    erased, kept = DataSubjectFactory(), DataSubjectFactory()
    colleague = UserFactory()
    default_storage.save("cv/erased.pdf", ContentFile(b"cv"))
    commanded("backup")
    backup = commanded("backup", "--keep", "1")
    assert [path.name for path in (places / "backups").iterdir()] == [Path(backup).name]
    erase_subject(subject=erased, by=erased.user, now=LATER)
    forget_account(user=colleague, by=colleague, now=LATER)
    default_storage.delete("cv/erased.pdf")
    default_storage.save("cv/later.pdf", ContentFile(b"later"))
    DataSubjectFactory()

    with pytest.raises(CommandError, match=r"accounts\.User"):
        commanded("restore", backup)
    told = json.loads(commanded("restore", backup, "--force"))

    assert DataSubject.objects.count() == 2
    subject = DataSubject.objects.get(pk=erased.pk)
    assert subject.user is None
    assert subject.anonymised_at is not None
    assert DataSubject.objects.get(pk=kept.pk).user == kept.user
    for gone in (erased.user, colleague):
        assert User.objects.get(pk=gone.pk).email == f"compte-{gone.pk}@efface.invalid"
    assert default_storage.exists("cv/erased.pdf")
    assert not default_storage.exists("cv/later.pdf")
    assert len(list(read_ledger(ledger))) == 3
    # The account of the person went again with them.
    assert {name: told[name] for name in told if name not in ("made_at", "set_aside")} == {
        "lines_learnt": 0,
        "erased_again": 1,
        "accounts_erased_again": 1,
        "agreements_withdrawn_again": 0,
    }
    assert Path(told["set_aside"]).parent == places / "backups" / "before-restore"
    assert Path(backup).parent == places / "backups"
    assert sorted(path.name for path in places.iterdir()) == ["backups", "files", "var"]


@whole_database
@on_sqlite
def test_whoever_is_erased_during_a_restoration_does_not_come_back(
    places: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = DataSubjectFactory()
    backup = make_backup(folder=places / "backups", now=NOW)
    put_back = databases.put_back

    def erased_just_before(source: Path) -> None:
        erase_subject(subject=subject, by=None, now=LATER)
        put_back(source)

    monkeypatch.setattr(databases, "put_back", erased_just_before)
    restore_backup(source=backup, force=True, now=LATER)

    assert DataSubject.objects.get(pk=subject.pk).anonymised_at is not None
    assert User.objects.get(pk=subject.user_id).erased_at is not None


@whole_database
@on_sqlite
def test_a_document_deleted_during_a_backup_is_left_out(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.pdf", "other.pdf"):
        default_storage.save(name, ContentFile(b"cv"))
    copy, copied = shutil.copy2, []

    def copied_alone(source: str, target: str) -> str:
        for path in (places / "files").iterdir():
            if path != Path(source):
                path.unlink()
        done = copy(source, target)
        copied.append(Path(source).name)
        return done

    monkeypatch.setattr(shutil, "copy2", copied_alone)
    backup = make_backup(folder=places / "backups", now=NOW)
    archive.open_archive(source=backup, folder=places / "opened")

    assert [path.name for path in (places / "opened" / "files").iterdir()] == copied
    assert len(copied) == 1


@whole_database
@on_sqlite
def test_the_copy_of_the_ledger_in_a_backup_is_learnt(places: Path, ledger: Path) -> None:
    line = LedgerLine("subject", "a" * 64, "2026-01-01")
    merge_ledger([line])
    backup = make_backup(folder=places / "backups", now=NOW)
    ledger.unlink()

    restored = restore_backup(source=backup, force=False, now=NOW)

    assert (restored.made_at, restored.lines_learnt, restored.set_aside) == (
        NOW.isoformat(),
        1,
        None,
    )
    assert list(read_ledger(ledger)) == [line]


@whole_database
@on_sqlite
def test_a_copy_that_cannot_be_brought_up_to_date_changes_nothing(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = make_backup(folder=places / "backups", now=NOW)
    subject = DataSubjectFactory()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "ancrage.config.settings.missing")

    with pytest.raises(RestoreFailed, match="missing"):
        restore_backup(source=backup, force=True, now=NOW)

    assert DataSubject.objects.get() == subject


@pytest.mark.django_db
def test_a_backup_of_another_kind_of_database_is_refused(places: Path) -> None:
    folder = places / "in"
    folder.mkdir()
    source = places / "other.tar.gz"
    archive.write_archive(target=source, folder=folder, engine="oracle", now=NOW)

    with pytest.raises(DatabaseMismatch, match="oracle"):
        restore_backup(source=source, force=True, now=NOW)


@pytest.mark.django_db
def test_a_file_that_is_no_backup_is_refused_in_words(places: Path) -> None:
    (places / "x.tar.gz").write_text("bonjour")

    with pytest.raises(CommandError, match="pas une sauvegarde entière"):
        commanded("restore", str(places / "x.tar.gz"))
    with pytest.raises(CommandError, match=r"pas de fichier .*nowhere\.tar\.gz"):
        commanded("restore", str(places / "nowhere.tar.gz"))
    with pytest.raises(CommandError, match="au moins la sauvegarde"):
        commanded("backup", "--keep", "0")


@pytest.mark.django_db
@on_sqlite
def test_a_damaged_copy_is_not_put_in_place(places: Path) -> None:
    copy = places / "copy.sqlite3"
    with sqlite3.connect(copy) as rows:
        rows.execute("CREATE TABLE t (a TEXT)")
        rows.execute("CREATE INDEX i ON t (a)")
        rows.execute("INSERT INTO t VALUES ('x')")
        rows.execute("PRAGMA writable_schema = ON")
        rows.execute("DELETE FROM sqlite_master WHERE name = 'i'")
    rows.close()

    with pytest.raises(DumpFailed):
        databases.put_back(copy)


@pytest.mark.django_db
def test_what_holds_nobody_may_be_replaced() -> None:
    assert restoring.table_in_use() == ""
    ResourceFactory(created_by=None)
    assert restoring.table_in_use() == ""
    UserFactory()
    assert restoring.table_in_use() == "accounts.User"


@pytest.mark.django_db
@on_sqlite
def test_a_missing_table_holds_nobody_and_hides_nobody() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE account_emailaddress RENAME TO away")

    assert restoring.table_in_use() == ""
    UserFactory()
    assert restoring.table_in_use() == "accounts.User"


@pytest.mark.django_db
def test_replaying_takes_the_lines_of_another_copy(places: Path, ledger: Path) -> None:
    subject = DataSubjectFactory(user=None)
    former = DataSubject.objects.get(pk=subject.pk)
    erase_subject(subject=subject, by=None, now=NOW)
    former.save()
    copy = ledger.rename(places / "copy.jsonl")

    assert json.loads(commanded("replay_erasures")) == {
        "erased": 0,
        "accounts": 0,
        "withdrawn": 0,
    }
    assert json.loads(commanded("replay_erasures", "--ledger", str(copy)))["erased"] == 1
    assert ledger.read_text() == copy.read_text()
    assert AuditLine.objects.filter(action="subject.erased_again").count() == 1


@whole_database
@on_postgresql
def test_an_erased_person_does_not_come_back_on_postgresql(places: Path) -> None:
    erased, kept = DataSubjectFactory(), DataSubjectFactory()
    backup = commanded("backup")
    erase_subject(subject=erased, by=erased.user, now=LATER)

    told = json.loads(commanded("restore", backup, "--force"))

    assert told["erased_again"] == 1
    assert DataSubject.objects.get(pk=erased.pk).anonymised_at is not None
    assert User.objects.get(pk=erased.user.pk).email == f"compte-{erased.user.pk}@efface.invalid"
    assert DataSubject.objects.get(pk=kept.pk).user == kept.user


# --- PostgreSQL, with stand-ins for its programs and its list of sessions ------------------------


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, places: Path) -> Path:
    programs = places / "bin"
    programs.mkdir()
    for name, act in (
        ("pg_dump", 'for a; do case $a in --file=*) : > "${a#*=}";; esac; done'),
        ("pg_restore", ":"),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{act}\necho {name} >> {places}/called\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr(databases, "engine", lambda: databases.POSTGRESQL)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE pg_stat_activity (datname, pid, backend_type)")
    connection.connection.create_function("current_database", 0, lambda: "rh")
    connection.connection.create_function("pg_backend_pid", 0, lambda: 1)
    return places


@pytest.mark.django_db
@on_sqlite
def test_postgresql_is_restored_then_replayed(server: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    subject = DataSubjectFactory(user=None)
    former = DataSubject.objects.get(pk=subject.pk)
    backup = make_backup(folder=server / "backups", now=NOW)
    erase_subject(subject=subject, by=None, now=NOW)
    former.save()

    restored = restore_backup(source=backup, force=True, now=LATER)

    assert (server / "called").read_text().split() == ["pg_dump", "pg_dump", "pg_restore"]
    assert restored.set_aside is not None
    assert restored.forgotten == Replayed(erased=1)
    assert DataSubject.objects.get(pk=subject.pk).anonymised_at is not None


@pytest.mark.django_db
@on_sqlite
def test_postgresql_is_not_restored_under_the_feet_of_others(server: Path) -> None:
    backup = make_backup(folder=server / "backups", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pg_stat_activity VALUES ('rh', 1, 'client backend'),"
            " ('rh', 2, 'client backend'), ('rh', 3, 'walwriter'), ('other', 4, 'client backend')"
        )

    with pytest.raises(DatabaseInUse, match="1"):
        restore_backup(source=backup, force=True, now=NOW)
