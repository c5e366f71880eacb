"""The two words an introduction waits for: the person's, then the structure's."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.outbox import enqueue
from ancrage.matching.enums import (
    CloseReason,
    IntroductionEvent,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction, IntroductionMove
from ancrage.matching.queries.clock import answer_due_on
from ancrage.matching.queries.links import answer_token, given_answer, proposed_introduction
from ancrage.matching.queries.visibility import agreement_is_due_again, scope_of
from ancrage.matching.services.errors import NothingToAgreeTo, NotRelayedYet
from ancrage.matching.services.moving import TELL, close, move, tell_journal, write
from ancrage.matching.services.proposing import refuse_closed_need, refuse_unready_profile
from ancrage.matching.services.undoing import undo_last_move
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import Notice
from ancrage.privacy.services import give_consent, touch_subject


@transaction.atomic
def agree_introduction(
    *,
    introduction: Introduction,
    notice: Notice,
    by: Any,
    now: datetime,
    channel: str = ConsentChannel.SELF,
    proof: str = "",
) -> IntroductionMove:
    """Take down that the person agrees to meet, and to be named to this structure.

    The clock of the charter starts. Somebody else who notes it says by which `channel` and where
    the `proof` is; what the charter kept from the person is thereby passed on. Raises
    `NotRelayedYet`, `StepNotAllowed`, `NeedNotOpen`, `ProfileNotReady`, `ProofMissing`,
    `NoticeOutdated`, `SubjectFrozen`, `IntroductionChangedMeanwhile`.
    """
    refuse_unready_profile(introduction.candidate)
    refuse_closed_need(need=introduction.need, now=now)
    side = _side_of(channel)
    if introduction.is_held and side == Side.PERSON:
        raise NotRelayedYet
    step = move(
        introduction=introduction,
        after=IntroductionState.AGREED,
        event=IntroductionEvent.AGREED,
        side=side,
        by=by,
        now=now,
        values={
            "agreed_at": now,
            "answer_due_on": answer_due_on(introduction.territory_id, now=now),
            **({"relayed_at": now} if introduction.is_held else {}),
        },
    )
    give_consent(
        subject=introduction.candidate.subject,
        purpose="identity",
        scope=scope_of(introduction),
        notice=notice,
        channel=channel,
        by=by,
        now=now,
        proof=proof,
    )
    return step


@transaction.atomic
def agree_again(
    *,
    introduction: Introduction,
    notice: Notice,
    by: Any,
    now: datetime,
    channel: str = ConsentChannel.SELF,
    proof: str = "",
) -> Introduction:
    """Take down that the person agrees anew to be named, after two profiles of theirs were merged.

    The introduction stays at its step; where the structure still has to answer, its clock starts
    again, since it could read no name. Raises `NothingToAgreeTo`, `ProfileNotReady`,
    `ProofMissing`, `NoticeOutdated`, `SubjectFrozen`, `IntroductionChangedMeanwhile`.
    """
    refuse_unready_profile(introduction.candidate)
    if not agreement_is_due_again(introduction):
        raise NothingToAgreeTo
    answers = introduction.state == IntroductionState.AGREED
    clock = {"answer_due_on": answer_due_on(introduction.territory_id, now=now), "reminders": 0}
    write(introduction, clock if answers else {"reminders": 0})
    give_consent(
        subject=introduction.candidate.subject,
        purpose="identity",
        scope=scope_of(introduction),
        notice=notice,
        channel=channel,
        by=by,
        now=now,
        proof=proof,
    )
    tell_journal(introduction=introduction, event=IntroductionEvent.AGREED_AGAIN, by=by, now=now)
    enqueue(
        key=f"introduction-agreed-again:{introduction.pk}:{introduction.revision}",
        kind=TELL,
        payload={"agreed_again": introduction.pk},
        now=now,
    )
    return introduction


@transaction.atomic
def refuse_introduction(
    *,
    introduction: Introduction,
    by: Any,
    now: datetime,
    reason: CloseReason = CloseReason.NOT_INTERESTED,
    note: str = "",
) -> IntroductionMove:
    """Take down that the person does not want this post, before or after they agreed.

    Their agreement to be named, if they gave it, is theirs to withdraw: this does not. Raises
    what `close` raises.
    """
    step = close(
        introduction=introduction, reason=reason, side=Side.PERSON, by=by, now=now, note=note
    )
    touch_subject(subject=introduction.candidate.subject, now=now)
    return step


@transaction.atomic
def answer_introduction(
    *,
    introduction: Introduction,
    accepts: bool,
    side: Side,
    by: Any,
    now: datetime,
    reason: CloseReason | None = None,
    note: str = "",
) -> IntroductionMove:
    """Give the structure's answer: it accepts to meet, or declines with its reason.

    The clock of the charter stops. Raises `StepNotAllowed`, `ReasonNotYours`,
    `IntroductionChangedMeanwhile`, `PersonNoLongerAvailable`.
    """
    if accepts:
        return move(
            introduction=introduction,
            after=IntroductionState.ANSWERED,
            event=IntroductionEvent.ANSWERED,
            side=side,
            by=by,
            now=now,
            values={"answered_at": now},
        )
    return close_introduction(
        introduction=introduction,
        reason=reason or CloseReason.OTHER,
        # Its reason is the structure's, whoever took it down.
        side=Side.PARTNER,
        by=by,
        now=now,
        note=note,
    )


@transaction.atomic
def close_introduction(
    *,
    introduction: Introduction,
    reason: CloseReason,
    side: Side,
    by: Any,
    now: datetime,
    note: str = "",
) -> IntroductionMove:
    """End an introduction without a post. Raises what `moving.close` raises."""
    values = {}
    if introduction.state == IntroductionState.AGREED and side == Side.PARTNER:
        values["answered_at"] = now  # a refusal is an answer
    return close(
        introduction=introduction,
        reason=reason,
        side=side,
        by=by,
        now=now,
        note=note,
        values=values,
    )


@transaction.atomic
def answer_proposal(
    *,
    token: str,
    agrees: bool,
    notice: Notice,
    now: datetime,
    reason: CloseReason = CloseReason.NOT_INTERESTED,
) -> str:
    """Do what the person answers by the link of the mail; return the secret that undoes it.

    Raises what `proposed_introduction`, `agree_introduction` and `refuse_introduction` raise.
    """
    introduction = proposed_introduction(token, now=now)
    by = introduction.candidate.subject.user
    if agrees:
        step = agree_introduction(introduction=introduction, notice=notice, by=by, now=now)
    else:
        step = refuse_introduction(introduction=introduction, reason=reason, by=by, now=now)
    return answer_token(step)


@transaction.atomic
def undo_proposal_answer(*, token: str, now: datetime) -> Introduction:
    """Take back an answer given by the link of the mail, while nothing came of it.

    Raises what `given_answer` and `undo_last_move` raise.
    """
    given = given_answer(token, now=now)
    return undo_last_move(
        introduction=given.introduction,
        side=Side.PERSON,
        by=given.introduction.candidate.subject.user,
        now=now,
        step=given.move,
    )


def _side_of(channel: str) -> Side:
    return Side.PERSON if channel == ConsentChannel.SELF else Side.COORDINATION
