"""Journeys opened, entrusted, aimed, planned, closed and opened again."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ancrage.accounts.models import User
from ancrage.candidates.models import Candidate
from ancrage.journeys.enums import (
    WRITTEN_BY_PLATFORM,
    CloseReason,
    FollowUpState,
    JourneyEvent,
    JourneyState,
    MilestoneKind,
    WaitsFor,
)
from ancrage.journeys.models import FollowUp, Journey
from ancrage.journeys.services.errors import (
    AlreadyAccompanied,
    JourneyChangedMeanwhile,
    JourneyNotClosed,
    NotAnAdvisor,
)
from ancrage.journeys.services.keeping import (
    current,
    current_open,
    day_of,
    reach_milestone,
    tell_journal,
    write,
)
from ancrage.journeys.validators import validate_next_action, validate_text
from ancrage.privacy.services import refuse_frozen
from ancrage.territory.queries import coordinators_of


@transaction.atomic
def open_journey(
    *,
    candidate: Candidate,
    next_action: str,
    next_action_on: date | None,
    by: Any,
    now: datetime,
    advisor: User | None = None,
    goal: str = "",
    waits_for: str = WaitsFor.ADVISOR,
) -> Journey:
    """Begin to accompany a person; `advisor` is whoever does, `by` if nobody is named.

    Raises ValidationError (reasons by field), `AlreadyAccompanied`, `NotAnAdvisor`,
    `SubjectFrozen`.
    """
    today = day_of(now)
    person = Candidate.objects.select_related("subject", "territory").get(pk=candidate.pk)
    refuse_frozen(person.subject)
    journey = Journey(
        candidate=person,
        territory=person.territory,
        advisor=_advisor(advisor or by, person.territory),
        opened_by=by,
        goal=validate_text("goal", goal),
        next_action=validate_next_action(next_action, next_action_on, today=today),
        next_action_on=next_action_on,
        waits_for=WaitsFor(waits_for),
        opened_on=today,
    )
    try:
        with transaction.atomic():
            journey.save(force_insert=True)
    except IntegrityError:
        raise AlreadyAccompanied from None
    reach_milestone(journey, MilestoneKind.ACCOMPANIED, today)
    tell_journal(target=journey, journey=journey, event=JourneyEvent.OPENED, by=by, now=now)
    return journey


@transaction.atomic
def plan_next_action(
    *,
    journey: Journey,
    revision: int,
    next_action: str,
    next_action_on: date | None,
    by: Any,
    now: datetime,
    waits_for: str = WaitsFor.ADVISOR,
) -> Journey:
    """Say what comes next, when, and who must do it.

    Raises ValidationError (reasons by field), `JourneyChangedMeanwhile`, `JourneyClosed`,
    `SubjectFrozen`.
    """
    row = _as_read(current_open(journey), revision)
    set_next_action(
        journey=row, action=next_action, on=next_action_on, waits_for=waits_for, by=by, now=now
    )
    return row


def set_next_action(
    *,
    journey: Journey,
    action: str,
    on: date | None,
    waits_for: str,
    by: Any,
    now: datetime,
    **also: Any,
) -> None:
    """Write the next action of a journey read in this transaction; `also` are other columns."""
    before = journey.next_action_on
    values = {
        "next_action": validate_next_action(action, on, today=day_of(now)),
        "next_action_on": on,
        "waits_for": WaitsFor(waits_for),
        **also,
    }
    write(journey, values)
    changes = {
        "next_action_on": [
            before.isoformat() if before else "",
            on.isoformat() if on else "",
        ],
        "waits_for": ["", WaitsFor(waits_for).value],
    }
    tell_journal(
        target=journey,
        journey=journey,
        event=JourneyEvent.PLANNED,
        by=by,
        now=now,
        changes=changes,
    )


@transaction.atomic
def aim_journey(*, journey: Journey, revision: int, goal: str, by: Any, now: datetime) -> Journey:
    """Change the goal. Raises what `plan_next_action` raises."""
    row = _as_read(current_open(journey), revision)
    bare = validate_text("goal", goal)
    if bare != row.goal:
        write(row, {"goal": bare})
        tell_journal(target=row, journey=row, event=JourneyEvent.GOAL_SET, by=by, now=now)
    return row


@transaction.atomic
def entrust_journey(*, journey: Journey, advisor: User, by: Any, now: datetime) -> Journey:
    """Give a journey to another advisor. Raises `NotAnAdvisor`, `JourneyClosed`, …"""
    row = current_open(journey)
    chosen = _advisor(advisor, row.territory)
    if row.advisor_id != chosen.pk:
        before = row.advisor_id
        write(row, {"advisor": chosen})
        changes = {"advisor": [before, chosen.pk]}
        tell_journal(
            target=row, journey=row, event=JourneyEvent.ENTRUSTED, by=by, now=now, changes=changes
        )
    return row


@transaction.atomic
def edit_journey(
    *, journey: Journey, revision: int, goal: str, advisor: User, by: Any, now: datetime
) -> Journey:
    """Change the goal and the advisor at once. Raises what each of them raises."""
    aimed = aim_journey(journey=journey, revision=revision, goal=goal, by=by, now=now)
    return entrust_journey(journey=aimed, advisor=advisor, by=by, now=now)


@transaction.atomic
def close_journey(
    *, journey: Journey, revision: int, reason: str, by: Any, now: datetime
) -> Journey:
    """End a journey; the questions still planned about its posts are dropped.

    Raises ValidationError for a reason people do not give, `JourneyChangedMeanwhile`,
    `JourneyClosed`, `SubjectFrozen`.
    """
    if reason not in CloseReason.values or reason in WRITTEN_BY_PLATFORM:
        raise ValidationError({"reason": _("Choisissez une raison de la liste.")})
    row = _as_read(current_open(journey), revision)
    before = row.state
    write(row, closing_values(reason, on=day_of(now)))
    drop_follow_ups(row)
    changes = {"state": [before, JourneyState.CLOSED.value], "reason": ["", reason]}
    tell_journal(
        target=row, journey=row, event=JourneyEvent.CLOSED, by=by, now=now, changes=changes
    )
    return row


@transaction.atomic
def reopen_journey(
    *,
    journey: Journey,
    next_action: str,
    next_action_on: date | None,
    by: Any,
    now: datetime,
) -> Journey:
    """Take a person up again. Raises `JourneyNotClosed`, `AlreadyAccompanied`, and what
    `open_journey` raises."""
    row = current(journey)
    if row.is_open:
        raise JourneyNotClosed
    action = validate_next_action(next_action, next_action_on, today=day_of(now))
    values = {
        "state": JourneyState.ACTIVE,
        "closed_on": None,
        "close_reason": "",
        "next_action": action,
        "next_action_on": next_action_on,
        "waits_for": WaitsFor.ADVISOR,
    }
    try:
        with transaction.atomic():
            write(row, values)
    except IntegrityError:
        raise AlreadyAccompanied from None
    changes = {"state": [JourneyState.CLOSED.value, JourneyState.ACTIVE.value]}
    tell_journal(
        target=row, journey=row, event=JourneyEvent.REOPENED, by=by, now=now, changes=changes
    )
    return row


def closing_values(reason: str, *, on: date) -> dict[str, Any]:
    """Return the columns of a journey that ends."""
    return {
        "state": JourneyState.CLOSED,
        "closed_on": on,
        "close_reason": reason,
        "next_action": "",
        "next_action_on": None,
        "waits_for": WaitsFor.ADVISOR,
    }


def drop_follow_ups(journey: Journey) -> None:
    """Ask nobody any more about the posts of a journey."""
    FollowUp.objects.filter(stay__journey=journey).exclude(state=FollowUpState.ANSWERED).update(
        state=FollowUpState.DROPPED
    )


def _as_read(journey: Journey, revision: int) -> Journey:
    if journey.revision != revision:
        raise JourneyChangedMeanwhile
    return journey


def _advisor(user: Any, territory: Any) -> User:
    chosen = next((one for one in coordinators_of(territory) if one.pk == user.pk), None)
    if chosen is None:
        raise NotAnAdvisor
    return chosen
