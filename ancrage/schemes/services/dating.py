"""The dates of an aid: its source read again, its last day, and the last of these taken back."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.kit.audit import differences, record
from ancrage.kit.models import AuditLine
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.schemes.enums import SchemeEvent
from ancrage.schemes.models import Scheme
from ancrage.schemes.queries import lines_of
from ancrage.schemes.services.editing import SCOPE, held, save_scheme
from ancrage.schemes.services.errors import (
    AlreadyClosed,
    CheckedInTheFuture,
    NotClosed,
    NothingToUndo,
)

_UNDOABLE = (SchemeEvent.CHECKED, SchemeEvent.CLOSED, SchemeEvent.REOPENED)


@transaction.atomic
def mark_checked(*, scheme: Scheme, on: date, by: Any, now: datetime) -> Scheme:
    """Note that the source was read on a day, and that the aid is as it says.

    Raises:
        CheckedInTheFuture: the day is to come.
    """
    if on > timezone.localdate(now):
        raise CheckedInTheFuture(on)
    return _set(held(scheme), "checked_on", on, SchemeEvent.CHECKED, by=by, now=now)


@transaction.atomic
def close_scheme(*, scheme: Scheme, on: date, by: Any, now: datetime) -> Scheme:
    """Give an aid its last day; it stays in the inventory, marked closed.

    Raises:
        AlreadyClosed: it ends on that day or before.
        ValidationError: the day comes before it opened.
    """
    scheme = held(scheme)
    if scheme.closes_on is not None and scheme.closes_on <= on:
        raise AlreadyClosed(scheme.closes_on)
    return _set(scheme, "closes_on", on, SchemeEvent.CLOSED, by=by, now=now)


@transaction.atomic
def reopen_scheme(*, scheme: Scheme, by: Any, now: datetime) -> Scheme:
    """Take the last day of an aid away: it accepts requests again.

    Raises:
        NotClosed: it has none.
    """
    scheme = held(scheme)
    if scheme.closes_on is None:
        raise NotClosed
    return _set(scheme, "closes_on", None, SchemeEvent.REOPENED, by=by, now=now)


@transaction.atomic
def undo_dating(*, scheme: Scheme, by: Any, now: datetime) -> Scheme:
    """Take back the last date given to an aid, if it is the last change, less than a day old.

    Raises:
        NothingToUndo: it is not, or somebody changed the date since.
    """
    scheme = held(scheme)
    last: AuditLine | None = lines_of(scheme).first()
    if last is None or last.action not in _UNDOABLE or now - last.at > UNDO_WINDOW:
        raise NothingToUndo
    ((field, (before, after)),) = last.changes.items()
    if _plain(getattr(scheme, field)) != after:
        raise NothingToUndo
    day = date.fromisoformat(before) if before else None
    return _set(scheme, field, day, SchemeEvent.UNDONE, by=by, now=now)


def _set(
    scheme: Scheme, field: str, day: date | None, event: SchemeEvent, *, by: Any, now: datetime
) -> Scheme:
    found = differences({field: getattr(scheme, field)}, {field: day})
    if not found:
        return scheme
    setattr(scheme, field, day)
    save_scheme(scheme)
    record(action=event, target=scheme, by=by, now=now, scope=SCOPE, changes=found)
    return scheme


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
