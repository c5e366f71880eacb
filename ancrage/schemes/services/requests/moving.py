"""What becomes of a request: granted, paid, refused, closed, and the last of these undone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ancrage.kit.audit import differences
from ancrage.kit.moves import standing
from ancrage.privacy.services import refuse_frozen
from ancrage.schemes.enums import AID_MOVES, AidEvent, AidState
from ancrage.schemes.models import AidMove, AidRequest
from ancrage.schemes.services.requests.asking import note_person_act, tell_journal
from ancrage.schemes.services.requests.errors import (
    AlreadyAsked,
    DayToCome,
    DayTooEarly,
    MoveNotAllowed,
    NoMoveToUndo,
    RequestChangedMeanwhile,
)

# What each move may say beside its day; the rest of the request stays as it is.
SAID_WITH: Mapping[AidState, tuple[str, ...]] = {
    AidState.ASKED: (),
    AidState.GRANTED: ("granted_cents", "starts_on", "course_months"),
    AidState.PAID: ("paid_cents", "starts_on"),
    AidState.REFUSED: (),
    AidState.CLOSED: (),
}
EDITABLE = (
    "asked_cents",
    "granted_cents",
    "paid_cents",
    "starts_on",
    "course_months",
    "note",
)


@transaction.atomic
def move_request(
    *,
    request: AidRequest,
    to: AidState,
    on: date,
    by: Any,
    now: datetime,
    revision: int | None = None,
    **said: Any,
) -> AidRequest:
    """Note what became of a request on a day; `said` are columns of `SAID_WITH`.

    Raises:
        SubjectFrozen: the person asked to be left alone.
        MoveNotAllowed, DayToCome, DayTooEarly, RequestChangedMeanwhile: as their names say.
        AlreadyAsked: it is asked again while the same aid waits for its answer.
    """
    row = current(request, revision)
    before = AidState(row.state)
    if to not in AID_MOVES[before]:
        raise MoveNotAllowed(before, to)
    if on > timezone.localdate(now):
        raise DayToCome
    if on < row.state_on:
        raise DayTooEarly(row.state_on)
    if unknown := set(said) - set(SAID_WITH[to]):
        message = f"not said with {to}: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    values = {**said, "state": to, "state_on": on, "reminded_on": None, "reminders": 0}
    kept = {name: _plain(getattr(row, name)) for name in values}
    write(row, values)
    AidMove.objects.create(
        request=row,
        before=before,
        after=to,
        on=on,
        at=now,
        by=by if getattr(by, "pk", None) else None,
        before_move=kept,
    )
    tell_journal(
        request=row, event=AidEvent.MOVED, by=by, now=now, changes={"state": [before, to]}
    )
    note_person_act(request=row, by=by, now=now)
    return row


@transaction.atomic
def undo_move(*, request: AidRequest, by: Any, now: datetime) -> AidRequest:
    """Take back the last move of a request, if it is less than 24 hours old.

    Raises:
        NoMoveToUndo: it is older, or the request was never moved.
        RequestChangedMeanwhile: somebody changed it at that very moment.
    """
    row = current(request, request.revision)
    last = standing(row.moves.all()).first()
    if last is None or not last.before or not last.is_recent(now):
        raise NoMoveToUndo
    values = {name: _read(name, value) for name, value in last.before_move.items()}
    write(row, values)
    AidMove.objects.filter(pk=last.pk).update(undone_at=now)
    changes = {"state": [last.after, last.before]}
    tell_journal(request=row, event=AidEvent.UNDONE, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def edit_request(
    *, request: AidRequest, by: Any, now: datetime, revision: int | None = None, **changes: Any
) -> AidRequest:
    """Correct the amounts, the dates of the commitment, the note: columns of `EDITABLE`.

    Raises:
        SubjectFrozen, RequestChangedMeanwhile: as their names say.
    """
    if unknown := set(changes) - set(EDITABLE):
        message = f"not editable: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    row = current(request, revision)
    found = differences({name: getattr(row, name) for name in changes}, changes)
    if not found:
        return row
    write(row, changes)
    # The journal says which columns, never what they hold.
    told = {name: ["", ""] for name in sorted(found)}
    tell_journal(request=row, event=AidEvent.EDITED, by=by, now=now, changes=told)
    note_person_act(request=row, by=by, now=now)
    return row


def current(request: AidRequest, revision: int | None = None) -> AidRequest:
    """Return a request as it is now. Raises `SubjectFrozen`, `RequestChangedMeanwhile`."""
    row = AidRequest.objects.select_related("scheme", "subject", "partner").get(pk=request.pk)
    if row.subject is not None:
        refuse_frozen(row.subject)
    if revision is not None and row.revision != revision:
        raise RequestChangedMeanwhile
    return row


def write(row: AidRequest, values: Mapping[str, Any]) -> None:
    """Save these columns unless somebody did since `row` was read."""
    rows = AidRequest.objects.filter(pk=row.pk, revision=row.revision)
    try:
        with transaction.atomic():
            written = rows.update(**values, revision=F("revision") + 1)
    except IntegrityError as error:
        raise AlreadyAsked from error
    if not written:
        raise RequestChangedMeanwhile
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and name.endswith("_on") else value
