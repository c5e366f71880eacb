"""From the meeting to the post: planned, offered, hired."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.candidates.services import redraw_cards, settle_candidate
from ancrage.kit.outbox import enqueue
from ancrage.matching.enums import (
    OPEN_STATES,
    CloseReason,
    IntroductionEvent,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction, IntroductionMove
from ancrage.matching.services.errors import (
    MeetingInThePast,
    MeetingTooFar,
    StartTooFar,
)
from ancrage.matching.services.moving import TELL, close, move, tell_journal, write
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.services import fill_need

_LATEST_MEETING = timedelta(days=366)
_EARLIEST_START = timedelta(days=366)
_LATEST_START = timedelta(days=3 * 366)


@transaction.atomic
def plan_meeting(
    *,
    introduction: Introduction,
    meeting_at: datetime,
    minutes: int,
    place: str,
    side: Side,
    by: Any,
    now: datetime,
) -> Introduction:
    """Fix a meeting, or move the one that is fixed; both sides receive the invitation.

    Raises `MeetingInThePast`, `MeetingTooFar`, `StepNotAllowed`, `IntroductionChangedMeanwhile`.
    """
    if meeting_at <= now:
        raise MeetingInThePast
    if meeting_at > now + _LATEST_MEETING:
        raise MeetingTooFar
    values = {
        "meeting_at": meeting_at,
        "meeting_minutes": minutes,
        "meeting_place": " ".join(place.split())[:200],
        "meeting_sequence": introduction.meeting_sequence + 1,
    }
    if introduction.state == IntroductionState.MEETING:
        write(introduction, values)
        tell_journal(
            introduction=introduction, event=IntroductionEvent.MEETING_MOVED, by=by, now=now
        )
        enqueue(
            key=f"introduction-meeting:{introduction.pk}:{introduction.meeting_sequence}",
            kind=TELL,
            payload={"moved": introduction.pk},
            now=now,
        )
        return introduction
    move(
        introduction=introduction,
        after=IntroductionState.MEETING,
        event=IntroductionEvent.MEETING_PLANNED,
        side=side,
        by=by,
        now=now,
        values=values,
    )
    return introduction


@transaction.atomic
def make_offer(
    *, introduction: Introduction, side: Side, by: Any, now: datetime, note: str = ""
) -> IntroductionMove:
    """Say that the structure offers the post. Raises what `move` raises."""
    return move(
        introduction=introduction,
        after=IntroductionState.OFFER,
        event=IntroductionEvent.OFFERED,
        side=side,
        by=by,
        now=now,
        note=note.strip()[:500],
    )


@transaction.atomic
def hire(
    *,
    introduction: Introduction,
    starts_on: date,
    side: Side,
    by: Any,
    now: datetime,
    ends_others: bool = True,
    fills_post: bool = True,
) -> IntroductionMove:
    """Note that the person takes the post.

    `ends_others`: they look for no post any more, their card leaves the pool, and what was going
    on elsewhere for them ends politely (not for somebody who still looks for another part-time
    post); `fills_post` counts one post of the need as filled, and
    ends what was going on for it if it was the last. Of two structures that hire one person at
    once, the first does; the other gets `PersonNoLongerAvailable`. The person's card is called
    otherwise from now on: no structure that met them knows it again. Raises `StartTooFar`, and
    what `move` raises.
    """
    today = timezone.localdate(now)
    if not today - _EARLIEST_START <= starts_on <= today + _LATEST_START:
        raise StartTooFar
    # All the person's rows in one order: two hires at once wait for one another, and never each
    # for the other. SQLite, which ignores this lock, lets one writer in at a time.
    held = list(
        Introduction.objects.select_for_update(of=("self",))
        .select_related("candidate__subject", "need__partner", "partner")
        .filter(candidate=introduction.candidate_id, state__in=sorted(OPEN_STATES))
        .order_by("pk")
    )
    step = move(
        introduction=introduction,
        after=IntroductionState.HIRED,
        event=IntroductionEvent.HIRED,
        side=side,
        by=by,
        now=now,
        values={"starts_on": starts_on, "ended_at": now},
        fills_post=fills_post,
    )
    if ends_others:
        for other in held:
            if other.pk != introduction.pk:
                close(
                    introduction=other,
                    reason=CloseReason.HIRED_ELSEWHERE,
                    side=Side.PLATFORM,
                    by=by,
                    now=now,
                    cause=step,
                )
        settle_candidate(candidate=introduction.candidate, by=by, now=now)
    redraw_cards([introduction.candidate])
    need = Need.objects.select_related("partner", "profession", "specialty").get(
        pk=introduction.need_id
    )
    if fills_post and need.status in (NeedStatus.PUBLISHED, NeedStatus.PAUSED):
        fill_need(need=need, filled=1, by=by, now=now)
    return step
