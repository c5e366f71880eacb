"""What introductions lead to, written in the journeys: hires, and first meetings."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.journeys.enums import OPEN_STATES, JourneyEvent, MilestoneKind, WaitsFor
from ancrage.journeys.models import Journey
from ancrage.journeys.services.errors import AlreadyInPost
from ancrage.journeys.services.keeping import day_of, reach_milestone, tell_journal
from ancrage.journeys.services.stays import AFTER_DEPARTURE, Post, open_stay
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.matching.enums import CloseReason, IntroductionState
from ancrage.matching.models import Introduction


def note_hires(*, now: datetime) -> int:
    """Note a post for each hire that can no longer be undone; return how many.

    Whoever was not accompanied is from then on, by nobody yet: they come first among the people
    lost from sight. A post already noted by hand is left as it is. A second run finds nothing.
    """
    hired = (
        Introduction.objects.filter(
            state=IntroductionState.HIRED,
            state_since__lte=now - UNDO_WINDOW,
            stay__isnull=True,
            candidate__subject__limited_at__isnull=True,
            candidate__subject__anonymised_at__isnull=True,
        )
        .select_related("candidate__subject", "need__profession", "partner")
        .order_by("pk")
    )
    return sum(_note_hire(introduction, now=now) for introduction in hired)


@transaction.atomic
def note_introductions(*, now: datetime) -> int:
    """Write in the journeys the day of the first introduction and of the first meeting.

    Returns how many days were written. A second run finds nothing.
    """
    agreed = Introduction.objects.filter(agreed_at__lte=now)
    # What ended before its meeting called the meeting off.
    met = Introduction.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gte=F("meeting_at")),
        meeting_at__lte=now,
        agreed_at__isnull=False,
    ).exclude(close_reason=CloseReason.NO_SHOW)
    return _reach(agreed, "agreed_at", MilestoneKind.INTRODUCED) + _reach(
        met, "meeting_at", MilestoneKind.MET
    )


@transaction.atomic
def _note_hire(introduction: Introduction, *, now: datetime) -> bool:
    started_on = introduction.starts_on or timezone.localdate(introduction.state_since)
    need = introduction.need
    post = Post(
        profession=need.profession,
        started_on=started_on,
        partner=introduction.partner,
        post=need.unit,
        contract=need.contract,
        contract_ends_on=need.ends_on if need.ends_on and need.ends_on >= started_on else None,
        introduction=introduction,
    )
    journey = _journey_for(introduction, now=now)
    try:
        with transaction.atomic():
            open_stay(journey=journey, post=post, by=None, now=now)
    except AlreadyInPost:
        # Noted by hand before: that line is the one, and knows now where it comes from.
        journey.stays.filter(partner=introduction.partner, ended_on__isnull=True).update(
            introduction=introduction
        )
        return False
    return True


def _journey_for(introduction: Introduction, *, now: datetime) -> Journey:
    candidate = introduction.candidate
    theirs = Journey.objects.filter(candidate=candidate, state__in=sorted(OPEN_STATES))
    journey = theirs.first()
    if journey is not None:
        return journey
    today = day_of(now)
    # Observed since the hire was known, which is when the structure said so.
    hired_on = timezone.localdate(introduction.state_since)
    journey = Journey.objects.create(
        candidate=candidate,
        territory_id=candidate.territory_id,
        next_action=_("Prendre contact après l’embauche"),
        next_action_on=today + AFTER_DEPARTURE,
        waits_for=WaitsFor.ADVISOR,
        opened_on=hired_on,
    )
    reach_milestone(journey, MilestoneKind.ACCOMPANIED, hired_on)
    tell_journal(target=journey, journey=journey, event=JourneyEvent.OPENED, by=None, now=now)
    return journey


def _reach(introductions: Any, column: str, kind: MilestoneKind) -> int:
    known = Journey.objects.filter(milestones__kind=kind).values("candidate")
    accompanied = Journey.objects.values("candidate")
    firsts: Iterable[tuple[int, datetime]] = (
        introductions.filter(
            candidate__in=accompanied, candidate__subject__anonymised_at__isnull=True
        )
        .exclude(candidate__in=known)
        .order_by()
        .values_list("candidate")
        .annotate(first=Min(column))
    )
    written = 0
    for candidate, moment in list(firsts):
        journey = _journey_of_that_day(candidate, timezone.localdate(moment))
        if journey is not None:
            written += reach_milestone(journey, kind, timezone.localdate(moment))
    return written


def _journey_of_that_day(candidate: int, day: date) -> Journey | None:
    return (
        Journey.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=day), candidate=candidate
        )
        .order_by("opened_on", "pk")
        .first()
    )
