"""Taking a step back within a day: the last one, by the side that took it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ancrage.candidates.models import Candidate
from ancrage.candidates.services import seek_again
from ancrage.kit.models import OutboxTask
from ancrage.kit.moves import standing
from ancrage.kit.outbox import enqueue
from ancrage.matching.enums import (
    OPEN_STATES,
    CloseReason,
    IntroductionEvent,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction, IntroductionMove
from ancrage.matching.queries.visibility import identity_released, scope_of
from ancrage.matching.services.errors import (
    AlreadyIntroduced,
    NothingToUndo,
    PersonNoLongerAvailable,
    UndoTooLate,
)
from ancrage.matching.services.moving import TELL, tell_journal, write
from ancrage.matching.services.proposing import refuse_closed_need
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.services import edit_need
from ancrage.needs.services import undo_last_change as undo_change_of_need
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.services import withdraw_consent

# The coordination takes back what it did, and what it did for the structure or the structure did.
_MAY_UNDO = {
    Side.PERSON: (Side.PERSON,),
    Side.PARTNER: (Side.PARTNER,),
    Side.COORDINATION: (Side.COORDINATION, Side.PARTNER),
    Side.PLATFORM: (),
}
# What a step had written, as it was before.
_BLANK: dict[str, dict[str, Any]] = {
    IntroductionState.AGREED: {"agreed_at": None, "answer_due_on": None},
    IntroductionState.ANSWERED: {"answered_at": None},
    IntroductionState.MEETING: {
        "meeting_at": None,
        "meeting_minutes": None,
        "meeting_place": "",
    },
    IntroductionState.OFFER: {},
    IntroductionState.HIRED: {"ended_at": None, "starts_on": None},
    IntroductionState.CLOSED: {"ended_at": None, "close_reason": "", "closed_by": ""},
}


@transaction.atomic
def undo_last_move(
    *,
    introduction: Introduction,
    side: Side,
    by: Any,
    now: datetime,
    step: IntroductionMove | None = None,
) -> Introduction:
    """Take back the last step, if this side took it less than 24 hours ago.

    With `step`, only that one. A hire gives back the post and the introductions that it had
    ended, and the person looks again if they stopped with it; an agreement is withdrawn from the
    ledger. Raises `NothingToUndo`, `UndoTooLate`, `NeedNotOpen`, `PersonNoLongerAvailable`,
    `AlreadyIntroduced`, `IntroductionChangedMeanwhile`.
    """
    last = last_move_of(introduction)
    if (
        last is None
        or not last.before
        or (step is not None and step.pk != last.pk)
        or last.side not in _MAY_UNDO[side]
    ):
        raise NothingToUndo
    if not last.is_recent(now):
        raise UndoTooLate
    if last.after == IntroductionState.CLOSED:
        refuse_closed_need(need=introduction.need, now=now)
    restore(introduction=introduction, last=last, by=by, now=now)
    if last.after == IntroductionState.HIRED:
        _give_back(last, by=by, now=now)
    if last.after == IntroductionState.AGREED:
        _withdraw(introduction, last, by=by, now=now)
    return introduction


def last_move_of(introduction: Introduction) -> IntroductionMove | None:
    """Return the last step that was not taken back."""
    return standing(introduction.moves.all()).first()


def can_undo(*, introduction: Introduction, side: Side, now: datetime) -> bool:
    """Say whether this side may take the last step back now. One query."""
    last = last_move_of(introduction)
    return (
        last is not None
        and bool(last.before)
        and last.side in _MAY_UNDO[side]
        and last.is_recent(now)
    )


def restore(*, introduction: Introduction, last: IntroductionMove, by: Any, now: datetime) -> None:
    """Bring an introduction back to where it was before its last step.

    Call it inside a transaction. Raises `PersonNoLongerAvailable`, `AlreadyIntroduced`,
    `IntroductionChangedMeanwhile`.
    """
    before = IntroductionState(last.before)
    if before in OPEN_STATES - {IntroductionState.PROPOSED} and not identity_released(
        introduction
    ):
        raise PersonNoLongerAvailable
    values = dict(_BLANK[last.after])
    if last.after == IntroductionState.CLOSED and before == IntroductionState.AGREED:
        values["answered_at"] = None
    if last.after == IntroductionState.MEETING:
        values["meeting_sequence"] = introduction.meeting_sequence + 1
    earlier = standing(introduction.moves.exclude(pk=last.pk)).first()
    since = earlier.at if earlier else introduction.proposed_at
    try:
        with transaction.atomic():
            write(introduction, {"state": before, "state_since": since, **values})
    except IntegrityError:
        raise AlreadyIntroduced from None
    introduction.moves.filter(pk=last.pk).update(undone_at=now)
    tell_journal(
        introduction=introduction,
        event=IntroductionEvent.UNDONE,
        by=by,
        now=now,
        changes={"state": [last.after, last.before]},
    )
    _take_back_the_news(last, now=now)


def _give_back(hire: IntroductionMove, *, by: Any, now: datetime) -> None:
    need = Need.objects.select_related("partner", "profession", "specialty").get(
        pk=hire.introduction.need_id
    )
    if hire.fills_post and need.status == NeedStatus.FILLED and need.status_since == hire.at:
        undo_change_of_need(need=need, by=by, now=now)
    elif hire.fills_post and need.status in (NeedStatus.PUBLISHED, NeedStatus.PAUSED):
        edit_need(need=need, revision=need.revision, by=by, now=now, positions=need.positions + 1)
    candidate = Candidate.objects.get(pk=hire.introduction.candidate_id)
    if candidate.settled_at == hire.at:
        seek_again(candidate=candidate, by=by, now=now)
    ended = IntroductionMove.objects.filter(cause=hire, undone_at__isnull=True)
    for end in ended.select_related(
        "introduction__candidate__subject", "introduction__need__partner"
    ).order_by("pk"):
        still = end.introduction.close_reason == CloseReason.HIRED_ELSEWHERE
        if still and end.introduction.need.status == NeedStatus.PUBLISHED:
            restore(introduction=end.introduction, last=end, by=by, now=now)


def _withdraw(
    introduction: Introduction, agreement: IntroductionMove, *, by: Any, now: datetime
) -> None:
    """Withdraw the agreement to be named, unless another introduction to them rests on it."""
    others = Introduction.objects.filter(
        candidate=introduction.candidate_id,
        partner=introduction.partner_id,
        agreed_at__isnull=False,
        state__in=sorted(OPEN_STATES),
    ).exclude(pk=introduction.pk)
    if others.exists():
        return
    noted = agreement.side != Side.PERSON
    withdraw_consent(
        subject=introduction.candidate.subject,
        purpose="identity",
        scope=scope_of(introduction),
        channel=ConsentChannel.PHONE if noted else ConsentChannel.SELF,
        by=by,
        now=now,
        proof=f"mise en relation {introduction.pk}" if noted else "",
    )


def _take_back_the_news(last: IntroductionMove, *, now: datetime) -> None:
    """Say that it resumes, to those who were told of the step; the others learn nothing."""
    told = OutboxTask.objects.filter(
        key=f"introduction-move:{last.pk}", done_at__isnull=False
    ).exists()
    if told:
        enqueue(
            key=f"introduction-undone:{last.pk}",
            kind=TELL,
            payload={"undone": last.pk},
            now=now,
        )
