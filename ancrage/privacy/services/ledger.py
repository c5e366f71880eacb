"""The ledger of erasures: outside the database, so that a restored backup is erased again.

One JSON line per act: what kind, the digest of whom, when. A digest is that of a random key, so
the file designates nobody; it only recognises again somebody a backup brings back. Lines are
added and flushed to the disk before the change they tell of is committed: a line may be one too
many after a crash (of an act that was asked for all the same), never one too few.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.privacy.models import DataSubject

SUBJECT, ACCOUNT, WITHDRAWAL = "subject", "account", "withdrawal"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class LedgerLine:
    """One act: somebody erased, an account erased, or an agreement withdrawn."""

    kind: str
    digest: str
    at: str
    purpose: str = ""
    scope: str = ""


def ledger_path() -> Path:
    """Where the ledger is: never in the database, never replaced by a restore."""
    return Path(settings.ERASURE_LEDGER)


def digest_of_subject(key: Any) -> str:
    """Return what the ledger calls a person: the digest of their random key."""
    return sha256(f"subject:{key}".encode()).hexdigest()


def digest_of_account(pk: int, created_at: datetime) -> str:
    """Return what the ledger calls an account.

    A number alone would be given again after a restore: the moment of opening tells two apart.
    """
    return sha256(f"account:{pk}:{int(created_at.timestamp() * 1_000_000)}".encode()).hexdigest()


def write_subject_erased(*, subject: DataSubject, now: datetime) -> None:
    """Remember that a person was erased; the day only."""
    _append(
        LedgerLine(SUBJECT, digest_of_subject(subject.key), timezone.localdate(now).isoformat())
    )


def write_account_erased(*, user: User, now: datetime) -> None:
    """Remember that an account was erased; the day only."""
    _append(
        LedgerLine(
            ACCOUNT,
            digest_of_account(user.pk, user.created_at),
            timezone.localdate(now).isoformat(),
        )
    )


def write_withdrawal(*, subject: DataSubject, purpose: str, scope: str, now: datetime) -> None:
    """Remember that an agreement was withdrawn: a backup must not give it back."""
    digest = digest_of_subject(subject.key)
    _append(LedgerLine(WITHDRAWAL, digest, now.isoformat(), purpose=purpose, scope=scope))


def read_ledger(path: Path) -> Iterator[LedgerLine]:
    """Give the lines of a ledger in their order; none if there is no file yet.

    A line cut short was being written when the machine stopped: its act was never confirmed.
    """
    if not path.exists():
        return
    with path.open("rb") as ledger:
        for number, raw in enumerate(ledger, start=1):
            if not raw.strip():
                continue
            try:
                yield _parsed(json.loads(raw))
            except (ValueError, TypeError):
                _log.warning("ledger.line_unreadable", line=number)


def merge_ledger(lines: Iterable[LedgerLine]) -> int:
    """Add the lines that the ledger lacks, as those of a copy kept elsewhere; return how many."""
    known = set(read_ledger(ledger_path()))
    missing = [line for line in dict.fromkeys(lines) if line not in known]
    for line in missing:
        _append(line)
    return len(missing)


def _parsed(value: Mapping[str, Any]) -> LedgerLine:
    line = LedgerLine(**value)
    if line.kind not in {SUBJECT, ACCOUNT, WITHDRAWAL}:
        raise ValueError(line.kind)
    return line


def _append(line: LedgerLine) -> None:
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    # Never moved nor truncated, readable by nobody else.
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        text = json.dumps({name: value for name, value in asdict(line).items() if value})
        os.write(handle, _end_of_cut_line(handle) + text.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _flush_folder(path.parent)


def _end_of_cut_line(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    if size == 0:
        return b""
    os.lseek(handle, size - 1, os.SEEK_SET)
    return b"" if os.read(handle, 1) == b"\n" else b"\n"


def _flush_folder(folder: Path) -> None:
    # Systems that do not let a folder be opened write its entries by themselves.
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
