"""Restoring: nothing is served before whom the ledger names has been erased again.

On SQLite the ledger is replayed on a copy, by programs of their own, and the copy then takes the
place of the database in one step. PostgreSQL has no such step: nobody else may be connected, and
the ledger is replayed before this program ends.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError, models

from ancrage.privacy.inventory import personal_fields
from ancrage.privacy.services.backups import databases
from ancrage.privacy.services.backups.archive import DATABASE, FILES, LEDGER, open_archive
from ancrage.privacy.services.backups.making import SET_ASIDE, WORK, files_root, make_backup
from ancrage.privacy.services.erasure import Replayed, replay_ledger
from ancrage.privacy.services.ledger import ledger_path, merge_ledger, read_ledger


class BackupMissing(Exception):
    """There is no such file; the message is its path."""


class DatabaseNotEmpty(Exception):
    """Somebody's data would be replaced; the message names a table that holds some."""


class DatabaseInUse(Exception):
    """Other programs are connected; the message says how many."""


class RestoreFailed(Exception):
    """The copy could not be brought up to date; the message is that of the program."""


@dataclass(frozen=True)
class Restored:
    """What was put back, whom the ledger then erased again, and what was set aside before."""

    made_at: str
    lines_learnt: int
    forgotten: Replayed
    set_aside: Path | None


def restore_backup(*, source: Path, force: bool, now: datetime) -> Restored:
    """Put the content of a backup in place of the database and the documents.

    What was there is first backed up itself. Raises `BackupMissing`, `ArchiveDamaged`,
    `DatabaseMismatch`, `DatabaseNotEmpty` unless `force`, `DatabaseInUse`, `RestoreFailed`.
    """
    if not source.is_file():
        raise BackupMissing(str(source))
    occupied = table_in_use()
    if occupied and not force:
        raise DatabaseNotEmpty(occupied)
    root = Path(settings.BACKUP_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=WORK) as name:
        work = Path(name)
        manifest = open_archive(source=source, folder=work)
        if manifest.engine != databases.engine():
            raise databases.DatabaseMismatch(manifest.engine)
        if others := databases.other_sessions():
            raise DatabaseInUse(str(others))
        set_aside = make_backup(folder=root / SET_ASIDE, now=now) if occupied else None
        learnt = merge_ledger(read_ledger(work / LEDGER))
        (work / FILES).mkdir(exist_ok=True)
        if databases.engine() == databases.SQLITE:
            forgotten = _bring_copy_up_to_date(work)
            _replace_files(work / FILES)
            databases.put_back(work / DATABASE)
            # The platform served meanwhile: somebody may have been erased since.
            replay_ledger(lines=read_ledger(ledger_path()), now=now)
        else:
            _replace_files(work / FILES)
            databases.put_back(work / DATABASE)
            call_command("migrate", interactive=False, verbosity=0)
            said = io.StringIO()
            call_command("replay_erasures", verbosity=0, stdout=said)
            forgotten = _forgotten(said.getvalue())
    return Restored(manifest.made_at, learnt, forgotten, set_aside)


def table_in_use() -> str:
    """Return the name of a table that holds somebody's data, or an empty text."""
    held: dict[str, list[str]] = {}
    for one in personal_fields():
        held.setdefault(one.model, []).append(one.field)
    for label, names in sorted(held.items()):
        model: type[models.Model] = apps.get_model(label)
        # A table may be missing: the database is new, or older than the program.
        with suppress(OperationalError, ProgrammingError):
            if model._base_manager.order_by().filter(_of_somebody(model, names)).exists():
                return label
    return ""


def _of_somebody(model: type[models.Model], names: list[str]) -> models.Q:
    """The rows that tell of somebody: all, unless they only may name who wrote them.

    A reference row that the program loaded was written by nobody.
    """
    fields = [model._meta.get_field(name) for name in names]
    if all(field.is_relation and field.null for field in fields):
        return models.Q(*((f"{name}__isnull", False) for name in names), _connector=models.Q.OR)
    return models.Q()


def _bring_copy_up_to_date(work: Path) -> Replayed:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "ANCRAGE_VAR": str(work),
        "DATABASE_URL": f"sqlite:///{work / DATABASE}",
        "ERASURE_LEDGER": str(ledger_path()),
    }
    replay = ["replay_erasures", "--ledger", str(ledger_path())]
    for command in (["migrate", "--no-input"], replay):
        done = subprocess.run(  # noqa: S603 -- our own commands, no word typed by a stranger
            [sys.executable, "-m", "django", *command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RestoreFailed(done.stderr.strip()[-2000:])
    return _forgotten(done.stdout)


def _forgotten(said: str) -> Replayed:
    """Read the counts that `replay_erasures` prints on its last line."""
    return Replayed(**json.loads(said.strip().splitlines()[-1]))


def _replace_files(source: Path) -> None:
    target = files_root()
    target.parent.mkdir(parents=True, exist_ok=True)
    former = target.with_name(f"{target.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if target.exists():
        target.replace(former)
    shutil.move(source, target)
    shutil.rmtree(former, ignore_errors=True)
