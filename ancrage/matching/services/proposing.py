"""The three ways an introduction begins: the coordination, a structure, the person."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidates_on_cards, employs
from ancrage.matching.enums import (
    CloseReason,
    IntroductionEvent,
    IntroductionOrigin,
    IntroductionState,
    Side,
)
from ancrage.matching.models import HELD, UNTOLD, Introduction, IntroductionMove
from ancrage.matching.queries.board import open_between
from ancrage.matching.queries.charter import bars_approach
from ancrage.matching.queries.clock import answer_due_on
from ancrage.matching.queries.visibility import scope_of
from ancrage.matching.services.errors import (
    AlreadyIntroduced,
    CardNotShown,
    NeedNotOpen,
    OtherTerritory,
    OwnEmployer,
    ProfileNotReady,
)
from ancrage.matching.services.messages import keep_message
from ancrage.matching.services.moving import close, tell_journal, tell_later
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.partners.permissions import workplaces_of_account
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import Notice
from ancrage.privacy.services import give_consent


@transaction.atomic
def propose_introduction(
    *, candidate: Candidate, need: Need, by: Any, now: datetime, message: str = ""
) -> Introduction:
    """Propose a post to a person, for the coordination. The structure sees nothing yet.

    `message` is read by the person. Raises `NeedNotOpen`, `ProfileNotReady`, `OtherTerritory`,
    `OwnEmployer`, `AlreadyIntroduced`.
    """
    if employs(candidate, need.partner_id):
        raise OwnEmployer
    return _begin(
        candidate,
        need,
        IntroductionOrigin.COORDINATION,
        side=Side.COORDINATION,
        by=by,
        now=now,
        message=message,
    )


@transaction.atomic
def request_introduction(
    *, card: str, need: Need, by: Any, now: datetime, message: str = ""
) -> Introduction:
    """Ask, for the structure of `need`, to be introduced to the person behind a card.

    The structure knows no name until the person agrees. Where the charter keeps members from
    approaching one another's people, the request waits for the coordination to pass it on, which
    the structure does not see: it would learn where the person works. Where the coordination has
    proposed the same post already, which the structure does not know, its request takes that
    one's place, and waits no more. Raises `CardNotShown`, and what `propose_introduction` raises.
    """
    # Whoever asks for one structure may work in another: its people are hidden from them too.
    held = workplaces_of_account(getattr(by, "pk", None)).values_list("pk", flat=True)
    workplaces = {need.partner_id, *held.order_by("pk")}
    candidate = (
        candidates_on_cards([need.partner.territory_id], partners=workplaces)
        .select_related("subject", "employer")
        .filter(card=card)
        .first()
    )
    if candidate is None:
        raise CardNotShown
    barred = bars_approach(candidate, need.partner)
    untold = Introduction.objects.filter(UNTOLD, candidate=candidate, need=need)
    return _begin(
        candidate,
        need,
        IntroductionOrigin.PARTNER,
        side=Side.PARTNER,
        by=by,
        now=now,
        message=message,
        values={
            "through_coordination": barred,
            # The coordination asked the person itself: nothing is left to pass on.
            "relayed_at": now if barred and untold.exists() else None,
        },
        replaces=UNTOLD,
    )


@transaction.atomic
def apply_to_need(
    *,
    candidate: Candidate,
    need: Need,
    notice: Notice,
    by: Any,
    now: datetime,
    message: str = "",
) -> Introduction:
    """Apply to a post: the person agrees, by that very act, to be named to its structure.

    `notice` is the wording they read. A request that the charter keeps from them gives way: they
    are free, and learn nothing of it. Raises what `propose_introduction` and `give_consent`
    raise.
    """
    introduction = _begin(
        candidate,
        need,
        IntroductionOrigin.PERSON,
        side=Side.PERSON,
        by=by,
        now=now,
        message=message,
        values={
            "state": IntroductionState.AGREED,
            "agreed_at": now,
            "answer_due_on": answer_due_on(need.partner.territory_id, now=now),
        },
        replaces=HELD & Q(state=IntroductionState.PROPOSED),
    )
    give_consent(
        subject=candidate.subject,
        purpose="identity",
        scope=scope_of(introduction),
        notice=notice,
        channel=ConsentChannel.SELF,
        by=by,
        now=now,
    )
    return introduction


def refuse_closed_need(*, need: Need, now: datetime) -> None:
    """Raise `NeedNotOpen` unless the post, as it is now, may still be filled."""
    current = Need.objects.select_related("partner").get(pk=need.pk)
    over = current.ends_on is not None and current.ends_on < timezone.localdate(now)
    if current.status != NeedStatus.PUBLISHED or over or current.partner.left_at is not None:
        raise NeedNotOpen


def refuse_unready_profile(candidate: Candidate) -> None:
    """Raise `ProfileNotReady` unless the profile is the person's own and in use."""
    if candidate.status != CandidateStatus.ACTIVE or not candidate.subject.is_shown:
        raise ProfileNotReady


def _begin(
    candidate: Candidate,
    need: Need,
    origin: IntroductionOrigin,
    *,
    side: Side,
    by: Any,
    now: datetime,
    message: str,
    values: dict[str, Any] | None = None,
    replaces: Q | None = None,
) -> Introduction:
    """Write an introduction; those of `replaces`, of which whoever begins it must not learn, end
    without a word rather than be told of by a refusal."""
    current = Candidate.objects.select_related("subject").get(pk=candidate.pk)
    refuse_unready_profile(current)
    refuse_closed_need(need=need, now=now)
    if current.territory_id != need.partner.territory_id:
        raise OtherTerritory
    if replaces is not None:
        _give_way(Introduction.objects.filter(replaces, candidate=current, need=need), now=now)
    introduction = Introduction(
        candidate=current,
        need=need,
        partner=need.partner,
        territory_id=need.partner.territory_id,
        origin=origin,
        state_since=now,
        proposed_at=now,
        proposed_by=by,
        **(values or {}),
    )
    try:
        with transaction.atomic():
            introduction.save(force_insert=True)
    except IntegrityError:
        if not open_between(Introduction.objects.all(), current, need):
            raise
        raise AlreadyIntroduced from None
    step = IntroductionMove.objects.create(
        introduction=introduction, after=introduction.state, at=now, by=by, side=side
    )
    tell_journal(
        introduction=introduction,
        event=IntroductionEvent.PROPOSED,
        by=by,
        now=now,
        changes={"state": ["", str(introduction.state)], "origin": ["", origin.value]},
    )
    if message.strip():
        keep_message(introduction=introduction, side=side, text=message, by=by, now=now)
    tell_later(step=step, now=now)
    return introduction


def _give_way(rows: QuerySet[Introduction], *, now: datetime) -> None:
    for row in rows.select_related("candidate__subject", "need__partner").order_by("pk"):
        close(introduction=row, reason=CloseReason.MERGED, side=Side.PLATFORM, by=None, now=now)
