"""What happens to a registration when its person asks for their rights, or the term passes."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ancrage.events.enums import PLACED_STATES, EventState, RegistrationState
from ancrage.events.models import (
    Answer,
    ContactFollowUp,
    DistinctRegistrations,
    Event,
    Feedback,
    Mark,
    PairRule,
    Participant,
    Party,
    Side,
    Wish,
)
from ancrage.events.models.people import new_badge
from ancrage.events.services.imports import IMPORT_KIND, forget_file_lines
from ancrage.events.services.registering import give_places
from ancrage.kit.imports.services import forget_imports
from ancrage.privacy.models import DataSubject
from ancrage.privacy.retention import purges
from ancrage.privacy.rights import Address, erases, holds, reaches
from ancrage.privacy.terms import add_months, month_of

# The term of the purpose `events`: a test sees that they are equal.
KEPT_MONTHS = 13
# Files of registrations: read, applied, mended; a month is enough.
FILES_KEPT = timedelta(days=30)


@reaches("events")
def address_of_participant(*, subject: DataSubject) -> Address | None:
    """Return the address of the latest registration, for a person who has no account."""
    latest = (
        Participant.objects.filter(subject=subject)
        .exclude(email="")
        .order_by("-registered_at", "-pk")
        .first()
    )
    return Address(latest.email, latest.language) if latest else None


@holds("events")
def holds_participant(*, subject: DataSubject) -> bool:
    """Say whether a registration still names the person."""
    registrations = Participant.objects.filter(subject=subject)
    return registrations.exclude(first_name="", last_name="", email="", phone="").exists()


@erases("events")
def erase_participations(*, subject: DataSubject, now: datetime) -> None:
    """Empty the registrations: the event, the side, whether they came and the month remain.

    Answers, wishes, private answers and notes go entirely, also those of others about them when
    they came alone. A place still to come is freed, and goes to who waits for it.
    """
    theirs = Participant.objects.filter(subject=subject)
    freed = theirs.filter(
        state__in=PLACED_STATES,
        event__starts_at__gt=now,
        event__state__in=[EventState.OPEN, EventState.CLOSED],
    )
    keys = list(freed.values_list("party__side", flat=True))
    # Sides before registrations, as everything that gives or frees a place does.
    sides = list(Side.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    forget_participants(participants=theirs, now=now)
    for side in sides:
        give_places(side=side, now=now)


@purges("events")
@transaction.atomic
def forget_old_events(*, now: datetime) -> int:
    """Forget the people of the events whose term has passed, and the files a month old.

    The counts remain.
    """
    forget_imports(before=now - FILES_KEPT, kind=IMPORT_KIND)
    over = Event.objects.filter(starts_at__lte=add_months(now, -KEPT_MONTHS))
    still_named = Participant.objects.filter(event__in=over).exclude(last_name="", email="")
    return forget_participants(participants=still_named, now=now)


def forget_participants(*, participants: QuerySet[Participant], now: datetime) -> int:
    """Empty registrations and what hangs on them; return how many there were."""
    keys = list(participants.values_list("pk", flat=True))
    parties = list(Party.objects.filter(members__in=keys).distinct().values_list("pk", flat=True))
    # Whoever was emptied before holds nothing back of what the group said.
    left = (
        Participant.objects.filter(party__in=parties)
        .exclude(pk__in=keys)
        .exclude(first_name="", last_name="", email="", phone="")
    )
    alone = set(parties) - set(left.values_list("party", flat=True))
    Answer.objects.filter(participant__in=keys).delete()
    DistinctRegistrations.objects.filter(Q(first__in=keys) | Q(second__in=keys)).delete()
    Mark.objects.filter(participant__in=keys).delete()
    Mark.objects.filter(about__in=alone).delete()
    Feedback.objects.filter(participant__in=keys).update(comment="")
    Wish.objects.filter(by__in=alone).delete()
    Wish.objects.filter(about__in=alone).delete()
    # What the organiser wrote of a pair speaks of both.
    PairRule.objects.filter(Q(host__in=alone) | Q(visitor__in=alone)).delete()
    ContactFollowUp.objects.filter(contact__visitor__in=alone).update(comment="")
    ContactFollowUp.objects.filter(contact__host__in=alone).update(comment="")
    Party.objects.filter(pk__in=alone).update(name="", need=None, absent_rounds=[])
    rows = Participant.objects.filter(pk__in=keys).select_related("event", "party")
    for participant in rows.order_by("pk"):
        forget_file_lines(participant)
        _empty(participant, now=now)
    return len(keys)


def _empty(participant: Participant, *, now: datetime) -> None:
    changes: dict[str, Any] = {
        "candidate": None,
        "partner": None,
        "first_name": "",
        "last_name": "",
        "email": "",
        "email_key": "",
        "phone": "",
        "organisation": "",
        "remark": "",
        "shares_sheet": False,
        "badge": new_badge(),
        "registered_at": month_of(participant.registered_at),
    }
    comes_later = participant.event.starts_at > now
    if comes_later and participant.state in {*PLACED_STATES, RegistrationState.WAITING}:
        changes |= {
            "state": RegistrationState.CANCELLED,
            "cancelled_at": now,
            "confirmed_at": None,
        }
    Participant.objects.filter(pk=participant.pk).update(**changes)
