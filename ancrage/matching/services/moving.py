"""The one way to move an introduction: if it still is as it was read, dated, audited, told."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from ancrage.kit.audit import record
from ancrage.kit.outbox import enqueue
from ancrage.matching.enums import (
    REASONS_OF,
    TRANSITIONS,
    CloseReason,
    IntroductionEvent,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction, IntroductionMove
from ancrage.matching.services.errors import (
    IntroductionChangedMeanwhile,
    PersonNoLongerAvailable,
    ReasonNotYours,
    StepNotAllowed,
)

TELL = "matching.tell"
# The other side learns of an ending once its author has had the time to take it back.
BEFORE_TELLING_AN_END = timedelta(minutes=10)
_PERSON_GONE = (
    CloseReason.HIRED_ELSEWHERE,
    CloseReason.CONSENT_WITHDRAWN,
    CloseReason.LIMITED,
    CloseReason.ERASED,
)


def scope_of(introduction: Introduction) -> str:
    """Return whose business it is, as audit lines say it: the structure's once it may read it."""
    if introduction.agreed_at is None:
        return f"territory:{introduction.territory_id}"
    return f"partner:{introduction.partner_id}"


def move(
    *,
    introduction: Introduction,
    after: IntroductionState,
    event: IntroductionEvent,
    side: Side,
    by: Any,
    now: datetime,
    values: dict[str, Any] | None = None,
    **details: Any,
) -> IntroductionMove:
    """Bring an introduction to `after`; `details` are columns of its move, `values` its own.

    Call it inside the transaction of the change. Raises `StepNotAllowed`,
    `IntroductionChangedMeanwhile`, `PersonNoLongerAvailable`.
    """
    before = IntroductionState(introduction.state)
    if after not in TRANSITIONS[before]:
        raise StepNotAllowed(before, after)
    write(introduction, {"state": after, "state_since": now, "reminders": 0, **(values or {})})
    step = IntroductionMove.objects.create(
        introduction=introduction,
        before=before,
        after=after,
        at=now,
        by=by if getattr(by, "pk", None) else None,
        side=side,
        **details,
    )
    changes = {"state": [before.value, after.value]}
    if details.get("reason"):
        changes["close_reason"] = ["", CloseReason(details["reason"]).value]
    tell_journal(introduction=introduction, event=event, by=by, now=now, changes=changes)
    tell_later(step=step, now=now)
    return step


def close(
    *,
    introduction: Introduction,
    reason: CloseReason,
    side: Side,
    by: Any,
    now: datetime,
    note: str = "",
    cause: IntroductionMove | None = None,
    values: dict[str, Any] | None = None,
) -> IntroductionMove:
    """End an introduction for a reason that this side gives. Raises `ReasonNotYours`, and what
    `move` raises."""
    if reason not in REASONS_OF[side]:
        raise ReasonNotYours
    return move(
        introduction=introduction,
        after=IntroductionState.CLOSED,
        event=IntroductionEvent.CLOSED,
        side=side,
        by=by,
        now=now,
        values={"ended_at": now, "close_reason": reason, "closed_by": side, **(values or {})},
        reason=reason,
        note=note.strip()[:500],
        cause=cause,
    )


def write(introduction: Introduction, values: dict[str, Any]) -> None:
    """Write `values` if the row still is at the state and revision it was read at."""
    still = Introduction.objects.filter(
        pk=introduction.pk, state=introduction.state, revision=introduction.revision
    )
    if not still.update(**values, revision=F("revision") + 1):
        current = Introduction.objects.filter(pk=introduction.pk).first()
        if current is not None and current.close_reason in _PERSON_GONE:
            raise PersonNoLongerAvailable
        raise IntroductionChangedMeanwhile
    for name, value in values.items():
        setattr(introduction, name, value)
    introduction.revision += 1


def tell_journal(
    *,
    introduction: Introduction,
    event: IntroductionEvent,
    by: Any,
    now: datetime,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    """Write the audit line of a change."""
    record(
        action=event,
        target=introduction,
        by=by,
        now=now,
        scope=scope_of(introduction),
        changes=changes,
    )


def tell_later(*, step: IntroductionMove, now: datetime) -> None:
    """Let those concerned know by mail, unless the step is taken back first."""
    ends = step.after == IntroductionState.CLOSED
    enqueue(
        key=f"introduction-move:{step.pk}",
        kind=TELL,
        payload={"move": step.pk},
        now=now,
        run_at=now + BEFORE_TELLING_AN_END if ends else now,
    )
