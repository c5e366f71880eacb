"""The log of contacts: what was said, when, and what comes next."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.journeys.enums import ContactKind, ContactOutcome, JourneyEvent
from ancrage.journeys.models import ContactLog, Journey
from ancrage.journeys.services.journeys import set_next_action
from ancrage.journeys.services.keeping import current, current_open, day_of, tell_journal
from ancrage.journeys.validators import NOTE_LENGTH, validate_past_day, validate_text
from ancrage.privacy.detectors import detect_forbidden
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import touch_subject


@transaction.atomic
def log_contact(
    *,
    journey: Journey,
    kind: str,
    outcome: str,
    on: date,
    by: Any,
    now: datetime,
    note: str = "",
    next_action: str = "",
    next_action_on: date | None = None,
    waits_for: str = "",
) -> ContactLog:
    """Note an exchange or an attempt; an exchange is a last contact of the person.

    With `next_action` or its day, the next action is replaced in the same breath. Raises
    ValidationError (reasons by field), `JourneyClosed`, `JourneyChangedMeanwhile`,
    `SubjectFrozen`.
    """
    row = current_open(journey)
    validate_past_day("on", on, today=day_of(now))
    bare = validate_text("note", note, longest=NOTE_LENGTH)
    contact = ContactLog.objects.create(
        journey=row,
        kind=ContactKind(kind),
        outcome=ContactOutcome(outcome),
        on=on,
        note=bare,
        flags=flags_of(bare),
        at=now,
        by=by,
    )
    if contact.outcome == ContactOutcome.ANSWERED:
        count_contact(subject=row.candidate.subject, on=on, now=now)
    changes = {"kind": ["", contact.kind], "outcome": ["", contact.outcome]}
    tell_journal(
        target=contact,
        journey=row,
        event=JourneyEvent.CONTACT_LOGGED,
        by=by,
        now=now,
        changes=changes,
    )
    if next_action.strip() or next_action_on is not None:
        waits = waits_for or row.waits_for
        set_next_action(
            journey=row, action=next_action, on=next_action_on, waits_for=waits, by=by, now=now
        )
    return contact


@transaction.atomic
def remove_contact(*, contact: ContactLog, by: Any, now: datetime) -> None:
    """Take back a line written by mistake. The last contact it counted is not taken back."""
    row = current(contact.journey)
    tell_journal(target=contact, journey=row, event=JourneyEvent.CONTACT_REMOVED, by=by, now=now)
    ContactLog.objects.filter(pk=contact.pk).delete()


def flags_of(text: str) -> str:
    """Return the codes of what has no place in a note, for the coordination to read again."""
    return ",".join(sorted({finding.kind for finding in detect_forbidden(text)}))[:200]


def count_contact(*, subject: DataSubject, on: date, now: datetime) -> None:
    """Count a last contact on that day: now if it is today, else at noon."""
    moment = now if on == day_of(now) else timezone.make_aware(datetime.combine(on, time(12)))
    touch_subject(subject=subject, now=moment)
