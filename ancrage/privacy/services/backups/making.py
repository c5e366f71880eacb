"""Making a backup: the database, the documents, a copy of the ledger."""

import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage

from ancrage.privacy.services.backups import databases
from ancrage.privacy.services.backups.archive import DATABASE, FILES, LEDGER, write_archive
from ancrage.privacy.services.ledger import ledger_path

_NAME = "ancrage-*.tar.gz"
_MOMENT = "ancrage-%Y%m%d-%H%M%S.tar.gz"
# What `restore` replaced, in the folder of backups: kept as long as a month of nightly backups.
SET_ASIDE = "before-restore"
SET_ASIDE_KEPT = timedelta(days=30)
# Where a backup is packed or unpacked; a program that was killed leaves it behind.
WORK = "work-"
WORK_KEPT = timedelta(days=1)


def make_backup(*, folder: Path, now: datetime) -> Path:
    """Write a backup into `folder`, named after its moment, and return its path.

    The database first: a document added meanwhile is one too many; one deleted meanwhile is left
    out, and its row is deleted again when the ledger is replayed.
    """
    target = folder / now.astimezone(UTC).strftime(_MOMENT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=WORK) as name:
        work = Path(name)
        databases.copy_out(work / DATABASE)
        documents = files_root()
        if documents.is_dir():
            shutil.copytree(documents, work / FILES, copy_function=_copy_if_still_there)
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


def forget_leftovers(*, root: Path, now: datetime) -> int:
    """Delete what `restore` set aside a month ago, and what a stopped program left in the folder
    `root` of backups a day ago; return how many. The backups themselves stay."""
    aside = root / SET_ASIDE
    old = [path for path in aside.glob(_NAME) if _made_at(path) <= now - SET_ASIDE_KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    left = [
        path
        for folder in (root, aside)
        for path in (*folder.glob(f"{WORK}*"), *folder.glob("*.part"))
        if datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) <= now - WORK_KEPT
    ]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old) + len(left)


def files_root() -> Path:
    """Where the documents people deposited lie."""
    return Path(default_storage.path(""))


def _copy_if_still_there(source: str, target: str) -> str:
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)
    return target


def _made_at(path: Path) -> datetime:
    try:
        return datetime.strptime(path.name, _MOMENT).replace(tzinfo=UTC)
    except ValueError:  # renamed by hand
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
