"""What introductions and choices of the plan become when two profiles of one person are merged."""

from datetime import datetime
from typing import Any

from ancrage.candidates.models import Candidate
from ancrage.candidates.services.merging import merges, unmerges
from ancrage.matching.enums import OPEN_STATES, CloseReason, IntroductionState, Side
from ancrage.matching.models import Introduction, IntroductionMove, PlanChoice
from ancrage.matching.services.asking_again import ask_again, call_off
from ancrage.matching.services.errors import AlreadyIntroduced, PersonNoLongerAvailable
from ancrage.matching.services.moving import close
from ancrage.matching.services.undoing import restore

# The further along, the later in the list.
_ORDER = (
    IntroductionState.PROPOSED,
    IntroductionState.AGREED,
    IntroductionState.ANSWERED,
    IntroductionState.MEETING,
    IntroductionState.OFFER,
)


@merges("introductions")
def move_introductions(*, kept: Candidate, absorbed: Candidate, now: datetime) -> Any:
    """Give a merged profile's introductions to the one that is kept.

    Of two that are open for one need, the one that went further goes on, that of the kept profile
    if neither did; the other is closed, and nobody is told. A name already shown to a structure
    is not shown by the kept profile until its person agrees: they are asked by mail.
    """
    ended = [_end_lesser(one, other, now=now) for one, other in _twice_open(kept, absorbed)]
    rows = Introduction.objects.filter(candidate=absorbed)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.filter(pk__in=keys).update(candidate=kept)
    asked = ask_again(kept=kept, absorbed=absorbed, introductions=keys, now=now) if keys else ""
    return {"moved": keys, "ended": ended, "asked": asked}


@unmerges("introductions")
def move_introductions_back(
    *, kept: Candidate, absorbed: Candidate, moved: Any, now: datetime
) -> None:
    """Give back those that had moved; those that the merge had closed go on, and what was to be
    asked of the person is not."""
    call_off(moved.get("asked", ""))
    rows = Introduction.objects.filter(pk__in=moved["moved"], candidate=kept)
    rows.update(candidate=absorbed)
    steps = IntroductionMove.objects.filter(
        pk__in=moved["ended"],
        undone_at__isnull=True,
        introduction__close_reason=CloseReason.MERGED,
    )
    for step in steps.select_related(
        "introduction__candidate__subject", "introduction__need__partner"
    ).order_by("pk"):
        try:
            restore(introduction=step.introduction, last=step, by=None, now=now)
        except (AlreadyIntroduced, PersonNoLongerAvailable):
            # Begun anew since, or their agreement is no longer there: it stays closed.
            continue


@merges("plan_choices")
def move_choices(*, kept: Candidate, absorbed: Candidate, now: datetime) -> Any:
    """Give the kept profile what was imposed or left out of the plan for the other, where
    nothing was chosen for it."""
    chosen = PlanChoice.objects.filter(candidate=kept).values("need")
    rows = PlanChoice.objects.filter(candidate=absorbed).exclude(need__in=chosen)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    PlanChoice.objects.filter(pk__in=keys).update(candidate=kept)
    return keys


@unmerges("plan_choices")
def move_choices_back(*, kept: Candidate, absorbed: Candidate, moved: Any, now: datetime) -> None:
    """Give back the choices that had moved."""
    PlanChoice.objects.filter(pk__in=moved, candidate=kept).update(candidate=absorbed)


def _twice_open(kept: Candidate, absorbed: Candidate) -> list[tuple[Introduction, Introduction]]:
    rows = Introduction.objects.filter(state__in=sorted(OPEN_STATES)).select_related(
        "candidate__subject", "need__partner", "partner"
    )
    theirs = {row.need_id: row for row in rows.filter(candidate=kept).order_by("pk")}
    return [
        (theirs[row.need_id], row)
        for row in rows.filter(candidate=absorbed).order_by("pk")
        if row.need_id in theirs
    ]


def _end_lesser(one: Introduction, other: Introduction, *, now: datetime) -> int:
    """Close the one that went less far; return the key of the step that did."""
    further = _ORDER.index(IntroductionState(other.state)) > _ORDER.index(
        IntroductionState(one.state)
    )
    step = close(
        introduction=one if further else other,
        reason=CloseReason.MERGED,
        side=Side.PLATFORM,
        by=None,
        now=now,
    )
    return int(step.pk)
