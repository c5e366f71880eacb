"""Making a backup: the database, the documents, a copy of the ledger."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage

from ancrage.privacy.services.backups import databases
from ancrage.privacy.services.backups.archive import DATABASE, FILES, LEDGER, write_archive
from ancrage.privacy.services.ledger import ledger_path

_NAME = "ancrage-*.tar.gz"


def make_backup(*, folder: Path, now: datetime) -> Path:
    """Write a backup into `folder`, named after its moment, and return its path.

    The database first: a document added meanwhile is one too many, never one too few.
    """
    target = folder / f"ancrage-{now:%Y%m%d-%H%M%S}.tar.gz"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        databases.copy_out(work / DATABASE)
        documents = files_root()
        if documents.is_dir():
            shutil.copytree(documents, work / FILES, copy_function=_link_or_copy)
        if ledger_path().exists():
            shutil.copyfile(ledger_path(), work / LEDGER)
        write_archive(target=target, folder=work, engine=databases.engine(), now=now)
    return target


def prune_backups(*, folder: Path, keep: int) -> list[Path]:
    """Delete the oldest backups of `folder` beyond `keep`; return those deleted."""
    newest_first = sorted(folder.glob(_NAME), reverse=True)
    too_old = newest_first[keep:]
    for path in too_old:
        path.unlink()
    return too_old


def files_root() -> Path:
    """Where the documents people deposited lie."""
    return Path(default_storage.path(""))


def _link_or_copy(source: str, target: str) -> str:
    return str(shutil.copy2(source, target))
