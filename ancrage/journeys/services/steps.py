"""Steps on the way to the goal; immersions and visits."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.journeys.enums import (
    ImmersionKind,
    ImmersionState,
    JourneyEvent,
    MilestoneKind,
)
from ancrage.journeys.models import Immersion, Journey, Step
from ancrage.journeys.services.errors import AlreadySettled
from ancrage.journeys.services.keeping import (
    current,
    current_open,
    day_of,
    reach_milestone,
    tell_journal,
)
from ancrage.journeys.validators import SHORT_NOTE_LENGTH, validate_past_day, validate_text
from ancrage.partners.models import Partner


@transaction.atomic
def add_step(
    *, journey: Journey, label: str, by: Any, now: datetime, due_on: date | None = None
) -> Step:
    """Add a step. Raises ValidationError (reasons by field), `JourneyClosed`, `SubjectFrozen`."""
    row = current_open(journey)
    bare = validate_text("label", label)
    if not bare:
        raise ValidationError({"label": _("Nommez cette étape.")})
    step = Step.objects.create(journey=row, label=bare, due_on=due_on)
    tell_journal(target=step, journey=row, event=JourneyEvent.STEP_ADDED, by=by, now=now)
    return step


@transaction.atomic
def finish_step(*, step: Step, by: Any, now: datetime, done_on: date | None = None) -> None:
    """Mark a step done. Raises `AlreadySettled`, ValidationError, `SubjectFrozen`."""
    row = current(step.journey)
    on = done_on or day_of(now)
    validate_past_day("done_on", on, today=day_of(now))
    if not Step.objects.filter(pk=step.pk, done_on__isnull=True).update(done_on=on):
        raise AlreadySettled
    tell_journal(target=step, journey=row, event=JourneyEvent.STEP_DONE, by=by, now=now)


@transaction.atomic
def reopen_step(*, step: Step, by: Any, now: datetime) -> None:
    """Undo `finish_step`. Raises `AlreadySettled`, `SubjectFrozen`."""
    row = current(step.journey)
    if not Step.objects.filter(pk=step.pk, done_on__isnull=False).update(done_on=None):
        raise AlreadySettled
    tell_journal(target=step, journey=row, event=JourneyEvent.STEP_REOPENED, by=by, now=now)


@transaction.atomic
def remove_step(*, step: Step, by: Any, now: datetime) -> None:
    """Take a step out of the journey. Raises `SubjectFrozen`."""
    row = current(step.journey)
    tell_journal(target=step, journey=row, event=JourneyEvent.STEP_REMOVED, by=by, now=now)
    Step.objects.filter(pk=step.pk).delete()


@transaction.atomic
def plan_immersion(
    *,
    journey: Journey,
    kind: str,
    starts_on: date,
    ends_on: date,
    by: Any,
    now: datetime,
    partner: Partner | None = None,
) -> Immersion:
    """Note an immersion or a visit to come, or past.

    Raises ValidationError (reasons by field), `JourneyClosed`, `SubjectFrozen`.
    """
    row = current_open(journey)
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("La fin précède le début.")})
    if partner is None and kind != ImmersionKind.TERRITORY:
        raise ValidationError({"partner": _("Choisissez la structure qui accueille.")})
    if partner is not None and partner.territory_id != row.territory_id:
        raise ValidationError({"partner": _("Cette structure est d’un autre territoire.")})
    immersion = Immersion.objects.create(
        journey=row,
        kind=ImmersionKind(kind),
        partner=partner,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    changes = {"kind": ["", ImmersionKind(kind).value]}
    tell_journal(
        target=immersion,
        journey=row,
        event=JourneyEvent.IMMERSION_PLANNED,
        by=by,
        now=now,
        changes=changes,
    )
    return immersion


@transaction.atomic
def settle_immersion(
    *, immersion: Immersion, state: str, by: Any, now: datetime, note: str = ""
) -> None:
    """Say that an immersion took place, or not, and what came of it.

    Raises ValidationError (reasons by field), `AlreadySettled`, `SubjectFrozen`.
    """
    row = current(immersion.journey)
    after = ImmersionState(state)
    bare = validate_text("note", note, longest=SHORT_NOTE_LENGTH)
    if after == ImmersionState.DONE:
        validate_past_day("state", immersion.starts_on, today=day_of(now))
    rows = Immersion.objects.filter(pk=immersion.pk, state=ImmersionState.PLANNED)
    if not rows.update(state=after, note=bare):
        raise AlreadySettled
    if after == ImmersionState.DONE:
        reach_milestone(row, MilestoneKind.IMMERSED, immersion.starts_on)
    changes = {"state": [ImmersionState.PLANNED.value, after.value]}
    tell_journal(
        target=immersion,
        journey=row,
        event=JourneyEvent.IMMERSION_SETTLED,
        by=by,
        now=now,
        changes=changes,
    )
