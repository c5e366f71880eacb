"""Posts taken: noted, confirmed, ended."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ancrage.candidates.services import note_departure, note_employer
from ancrage.journeys.enums import (
    FollowUpSide,
    FollowUpState,
    JourneyEvent,
    JourneyState,
    LeaveReason,
    MilestoneKind,
    WaitsFor,
)
from ancrage.journeys.models import FollowUp, Journey, Stay
from ancrage.journeys.services.errors import AlreadyInPost, StayNotCurrent
from ancrage.journeys.services.keeping import (
    current,
    current_open,
    day_of,
    reach_milestone,
    tell_journal,
    write,
)
from ancrage.journeys.validators import (
    SHORT_NOTE_LENGTH,
    validate_end,
    validate_past_day,
    validate_stay_dates,
    validate_text,
)
from ancrage.matching.models import Introduction
from ancrage.partners.models import Partner
from ancrage.privacy.terms import add_months
from ancrage.professions.models import Profession

# When both sides are asked how it goes, in months after the first day.
FOLLOW_UP_MONTHS = (1, 3, 6, 12)
_KEPT = {3: MilestoneKind.KEPT_3, 6: MilestoneKind.KEPT_6, 12: MilestoneKind.KEPT_12}
# A departure is talked about within the week.
AFTER_DEPARTURE = timedelta(days=7)


@dataclass(frozen=True)
class Post:
    """What a person was hired for. `partner` is None outside the structures of the platform."""

    profession: Profession
    started_on: date
    partner: Partner | None = None
    post: str = ""
    contract: str = ""
    contract_ends_on: date | None = None
    introduction: Introduction | None = None


@transaction.atomic
def open_stay(*, journey: Journey, post: Post, by: Any, now: datetime) -> Stay:
    """Note that the person takes a post; both sides will be asked at 1, 3, 6 and 12 months.

    Somebody accompanied before their first day is followed from that day; somebody met later,
    from the day the journey was opened. Raises ValidationError (reasons by field),
    `AlreadyInPost`, `JourneyClosed`, `SubjectFrozen`.
    """
    row = current_open(journey)
    today = day_of(now)
    validate_stay_dates(post.started_on, post.contract_ends_on, today=today)
    if post.partner is not None and post.partner.territory_id != row.territory_id:
        raise ValidationError({"partner": _("Cette structure est d’un autre territoire.")})
    stay = Stay(
        journey=row,
        partner=post.partner,
        profession=post.profession,
        introduction=post.introduction,
        post=validate_text("post", post.post),
        contract=post.contract,
        started_on=post.started_on,
        contract_ends_on=post.contract_ends_on,
        followed_since=max(post.started_on, row.opened_on),
        known_on=max(post.started_on, today),
    )
    # A start to come is no news yet: the first day itself is all that is known.
    if post.started_on > today:
        stay.known_on = post.started_on
    try:
        with transaction.atomic():
            stay.save(force_insert=True)
    except IntegrityError:
        raise AlreadyInPost from None
    plan_follow_ups(stay, today=today)
    reach_milestone(row, MilestoneKind.HIRED, min(post.started_on, today))
    note_kept(row, stay)
    tell_journal(target=stay, journey=row, event=JourneyEvent.STAY_OPENED, by=by, now=now)
    if stay.partner is not None:
        # From now on that structure must not see, by the pool, that its employee looks elsewhere.
        note_employer(candidate=row.candidate, partner=stay.partner, by=by, now=now)
    _enter_post(row, stay)
    return stay


@transaction.atomic
def confirm_stay(*, stay: Stay, on: date, by: Any, now: datetime) -> None:
    """Note that the person was still in the post that day.

    Raises `StayNotCurrent`, ValidationError, `SubjectFrozen`.
    """
    row = current(stay.journey)
    validate_past_day("on", on, today=day_of(now))
    if not know_present(row, stay, on):
        raise StayNotCurrent
    tell_journal(target=stay, journey=row, event=JourneyEvent.STAY_CONFIRMED, by=by, now=now)


def know_present(journey: Journey, stay: Stay, on: date) -> bool:
    """Keep the last day on which the person was known to be there; False once they have left."""
    held = Stay.objects.filter(pk=stay.pk, ended_on__isnull=True)
    held.filter(known_on__lt=on).update(known_on=on)
    present = held.first()
    if present is None:
        return False
    note_kept(journey, present)
    return True


@transaction.atomic
def end_stay(
    *,
    stay: Stay,
    ended_on: date,
    leave_reason: str,
    by: Any,
    now: datetime,
    note: str = "",
) -> None:
    """Note a departure and why; nobody is asked about that post any more.

    Whoever leaves their last post is accompanied again, with a next action within the week.
    Raises ValidationError (reasons by field), `StayNotCurrent`, `SubjectFrozen`.
    """
    row = current(stay.journey)
    if leave_reason not in LeaveReason.values:
        raise ValidationError({"leave_reason": _("Choisissez une raison de la liste.")})
    validate_end(stay.started_on, ended_on, today=day_of(now))
    bare = validate_text("note", note, longest=SHORT_NOTE_LENGTH)
    rows = Stay.objects.filter(pk=stay.pk, ended_on__isnull=True)
    values = {"ended_on": ended_on, "leave_reason": leave_reason, "note": bare}
    if not rows.update(**values, known_on=ended_on):
        raise StayNotCurrent
    _ask_no_more(stay)
    reach_milestone(row, MilestoneKind.LEFT, ended_on)
    note_kept(row, Stay.objects.get(pk=stay.pk))
    changes = {"ended_on": ["", ended_on.isoformat()], "leave_reason": ["", leave_reason]}
    tell_journal(
        target=stay, journey=row, event=JourneyEvent.STAY_ENDED, by=by, now=now, changes=changes
    )
    _leave_employer(row, stay, by=by, now=now)
    leave_post(row, today=day_of(now))


@transaction.atomic
def remove_stay(*, stay: Stay, by: Any, now: datetime) -> None:
    """Take back a post noted by mistake, with its questions. Raises `SubjectFrozen`."""
    row = current(stay.journey)
    tell_journal(target=stay, journey=row, event=JourneyEvent.STAY_REMOVED, by=by, now=now)
    Stay.objects.filter(pk=stay.pk).delete()
    settle_milestones(row)
    _leave_employer(row, stay, by=by, now=now)
    leave_post(row, today=day_of(now))


def plan_follow_ups(stay: Stay, *, today: date) -> None:
    """Plan the questions still to come; those whose day has passed are not asked.

    Only the person is asked where no structure of the platform is concerned.
    """
    sides = [FollowUpSide.PERSON]
    if stay.partner_id is not None:
        sides.append(FollowUpSide.PARTNER)
    FollowUp.objects.bulk_create(
        FollowUp(stay=stay, months=months, side=side, due_on=due_on)
        for months in FOLLOW_UP_MONTHS
        if (due_on := months_after(stay.started_on, months)) >= today
        for side in sides
    )


def note_kept(journey: Journey, stay: Stay) -> None:
    """Write the milestones that the last news prove."""
    for months, kind in _KEPT.items():
        reached_on = months_after(stay.started_on, months)
        if stay.known_on >= reached_on:
            reach_milestone(journey, kind, reached_on)


def settle_milestones(journey: Journey) -> None:
    """Write again, from the posts that remain, the milestones that come from posts."""
    kinds = (MilestoneKind.HIRED, MilestoneKind.LEFT, *_KEPT.values())
    journey.milestones.filter(kind__in=kinds).delete()
    for stay in journey.stays.order_by("started_on", "pk"):
        reach_milestone(journey, MilestoneKind.HIRED, stay.started_on)
        note_kept(journey, stay)
        if stay.ended_on is not None:
            reach_milestone(journey, MilestoneKind.LEFT, stay.ended_on)


def leave_post(journey: Journey, *, today: date) -> None:
    """Accompany again whoever holds no post any more."""
    if journey.state != JourneyState.IN_POST:
        return
    if journey.stays.filter(ended_on__isnull=True).exists():
        return
    write(
        journey,
        {
            "state": JourneyState.ACTIVE,
            "next_action": _("Reprendre contact après le départ du poste"),
            "next_action_on": today + AFTER_DEPARTURE,
            "waits_for": WaitsFor.ADVISOR,
        },
    )


# Figures ask it of every post in every group, and posts begin on few days.
@lru_cache(maxsize=16_384)
@lru_cache(maxsize=20_000)
def months_after(day: date, months: int) -> date:
    """Return the day so many months later."""
    return add_months(datetime.combine(day, time()), months).date()


def _enter_post(journey: Journey, stay: Stay) -> None:
    if journey.state != JourneyState.ACTIVE:
        return
    first = stay.follow_ups.order_by("months").first()
    values: dict[str, Any] = {"state": JourneyState.IN_POST}
    if first is not None:
        # Read by the advisor the day after the questions leave.
        values |= {
            "next_action": _("Lire le point d’étape du premier mois")
            if first.months == 1
            else _("Lire le prochain point d’étape"),
            "next_action_on": first.due_on + AFTER_DEPARTURE,
            "waits_for": WaitsFor.PERSON,
        }
    write(journey, values)


def _leave_employer(journey: Journey, stay: Stay, *, by: Any, now: datetime) -> None:
    if stay.partner is not None:
        note_departure(candidate=journey.candidate, partner=stay.partner, by=by, now=now)


def _ask_no_more(stay: Stay) -> None:
    FollowUp.objects.filter(stay=stay).exclude(state=FollowUpState.ANSWERED).update(
        state=FollowUpState.DROPPED
    )
