"""What every change of a journey goes through: read again, not frozen, saved once, told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from ancrage.journeys.enums import JourneyEvent, MilestoneKind
from ancrage.journeys.models import Journey, Milestone
from ancrage.journeys.services.errors import JourneyChangedMeanwhile, JourneyClosed
from ancrage.kit.audit import record
from ancrage.kit.models import Base
from ancrage.privacy.services import refuse_frozen


def current(journey: Journey) -> Journey:
    """Return the journey as it is now, with its person. Raises `SubjectFrozen`."""
    row = Journey.objects.select_related("candidate__subject").get(pk=journey.pk)
    refuse_frozen(row.candidate.subject)
    return row


def current_open(journey: Journey) -> Journey:
    """Return the journey as it is now, still open. Raises `JourneyClosed`, `SubjectFrozen`."""
    row = current(journey)
    if not row.is_open:
        raise JourneyClosed
    return row


def write(journey: Journey, values: Mapping[str, Any]) -> None:
    """Save these columns unless somebody did since `journey` was read.

    Raises `JourneyChangedMeanwhile`.
    """
    rows = Journey.objects.filter(pk=journey.pk, revision=journey.revision)
    if not rows.update(**values, revision=F("revision") + 1):
        raise JourneyChangedMeanwhile
    for name, value in values.items():
        setattr(journey, name, value)
    journey.revision += 1


def tell_journal(
    *,
    target: Base,
    journey: Journey,
    event: JourneyEvent,
    by: Any,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write the audit line of a change; `changes` holds codes and days, never a text."""
    record(
        action=event,
        target=target,
        by=by,
        now=now,
        scope=f"territory:{journey.territory_id}",
        changes=changes,
    )


def reach_milestone(journey: Journey, kind: MilestoneKind, on: date) -> bool:
    """Note that the journey reached this, unless it had; the earliest day is kept."""
    milestone, created = Milestone.objects.get_or_create(
        journey=journey, kind=kind, defaults={"on": on}
    )
    if not created and milestone.on > on:
        Milestone.objects.filter(pk=milestone.pk).update(on=on)
    return created


def day_of(moment: datetime) -> date:
    """Return the local day."""
    return timezone.localdate(moment)
