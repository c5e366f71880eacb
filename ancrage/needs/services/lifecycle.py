"""The life of a need: published, paused, filled, withdrawn, reopened, confirmed, undone."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.changes import ChangeSource
from ancrage.kit.life import moves
from ancrage.kit.life.moves import ManyDone
from ancrage.kit.life.trace import leave_trace
from ancrage.needs.enums import NeedStatus, WithdrawReason
from ancrage.needs.models import Need
from ancrage.needs.services.errors import TooManyFilled
from ancrage.needs.services.life import LIFE

__all__ = [
    "ManyDone",
    "act_on_many",
    "confirm_need",
    "expire_past_needs",
    "fill_need",
    "pause_need",
    "publish_need",
    "reopen_need",
    "undo_last_change",
    "withdraw_need",
]


def publish_need(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Open a draft or a paused need to its audience.

    Raises NeedClosed, NeedIsOver, TransitionNotAllowed, NeedChangedMeanwhile.
    """
    return moves.publish(LIFE, need, by=by, now=now, source=source)


def reopen_need(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Look again for a need that was filled, withdrawn or expired.

    Its age still counts from its first publication: a new vacancy is a copy, not a reopening.
    Raises NeedNotClosed, NeedIsOver, NeedChangedMeanwhile.
    """
    return moves.reopen(LIFE, need, by=by, now=now, source=source)


def pause_need(
    *,
    need: Need,
    by: Any,
    now: datetime,
    note: str = "",
    source: ChangeSource = ChangeSource.PAGE,
) -> Need:
    """Hide a published need for a while. Raises TransitionNotAllowed."""
    details = _details(note)
    return moves.move(
        LIFE, need, NeedStatus.PAUSED, "paused", by=by, now=now, source=source, **details
    )


def fill_need(
    *,
    need: Need,
    by: Any,
    now: datetime,
    filled: int | None = None,
    note: str = "",
    source: ChangeSource = ChangeSource.PAGE,
) -> Need:
    """Say that `filled` posts (default: all) have found somebody.

    While some are left, the need goes on with fewer posts. Raises TooManyFilled,
    TransitionNotAllowed, NeedChangedMeanwhile.
    """
    if filled is not None and not 1 <= filled <= need.positions:
        raise TooManyFilled(need.positions)
    if filled is not None and filled < need.positions:
        return _fill_some(need, filled, by=by, now=now, source=source)
    details = _details(note)
    return moves.move(
        LIFE, need, NeedStatus.FILLED, "filled", by=by, now=now, source=source, **details
    )


def withdraw_need(
    *,
    need: Need,
    reason: WithdrawReason,
    by: Any,
    now: datetime,
    note: str = "",
    source: ChangeSource = ChangeSource.PAGE,
) -> Need:
    """Stop looking, though nobody took the post. Raises TransitionNotAllowed."""
    details = {"reason": reason, **_details(note)}
    return moves.move(
        LIFE, need, NeedStatus.WITHDRAWN, "withdrawn", by=by, now=now, source=source, **details
    )


def confirm_need(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Say that a published need still holds. Raises NeedNotPublished.

    The revision stays: a colleague who is editing it is not disturbed.
    """
    return moves.confirm(LIFE, need, by=by, now=now, source=source)


def expire_past_needs(*, now: datetime) -> int:
    """Close the open needs whose end is past; return how many. Safe to repeat."""
    return moves.expire_past(LIFE, now=now)


def undo_last_change(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Take back the last change of state, if it is less than 24 hours old.

    Everything returns to what it was; a need that is published again by this counts as
    confirmed. The need must still be at the revision it was read at: pressing twice does not
    undo two changes. Raises NothingToUndo, UndoTooLate, NeedIsOver, NeedChangedMeanwhile.
    """
    return moves.undo_last_change(LIFE, need, by=by, now=now, source=source)


def act_on_many(
    *, needs: Iterable[Need], act: Callable[..., Need], by: Any, now: datetime, **details: Any
) -> ManyDone[Need]:
    """Do one act of this module on each need, skipping those it does not suit.

    `act_on_many(needs=chosen, act=withdraw_need, reason=…, by=…, now=…)`
    """
    return moves.act_on_each(needs, lambda need: act(need=need, by=by, now=now, **details))


@transaction.atomic
def _fill_some(need: Need, filled: int, *, by: Any, now: datetime, source: ChangeSource) -> Need:
    moves.refuse_transition(LIFE, NeedStatus(need.status), NeedStatus.FILLED)
    left = need.positions - filled
    changes = {"positions": [need.positions, left]}
    values: dict[str, Any] = {"positions": left, "updated_at": now}
    if need.status == NeedStatus.PUBLISHED:
        values["confirmed_at"] = now
    moves.write(LIFE, need, values, status=need.status, positions=need.positions)
    leave_trace(LIFE, need, "partly_filled", by=by, now=now, source=source, changes=changes)
    return need


def _details(note: str) -> dict[str, Any]:
    return {"note": note.strip()[:240]}
