"""When and where an event takes place, and how that differs from what was told before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ancrage.events.enums import EventState
from ancrage.events.models import Event, Participant

# Registrations were told of the day and the place; the evening has not begun.
_TOLD = frozenset({EventState.OPEN, EventState.CLOSED})


@dataclass(frozen=True)
class Whereabouts:
    """What people put in their calendar. Moments carry their time zone."""

    doors_at: datetime
    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True)
class Shift:
    """Something of the whereabouts that changes, in the words of the active language."""

    label: str
    before: str
    after: str


def pauses_of(event: Event) -> dict[int, int]:
    """Return {round (from 0) that a break follows: its minutes}."""
    return dict(event.breaks.order_by("after_round").values_list("after_round", "minutes"))


def whereabouts_of(event: Event, pauses: Mapping[int, int] | None = None) -> Whereabouts:
    """Return when and where `event` takes place; `pauses` instead of the breaks it has."""
    rests = pauses_of(event) if pauses is None else dict(pauses)
    last = event.round_starts_at(event.rounds - 1, rests)
    return Whereabouts(
        doors_at=event.doors_at,
        starts_at=event.starts_at,
        ends_at=last + timedelta(minutes=event.minutes),
        place=", ".join(filter(None, (event.place, event.address, str(event.commune)))),
    )


def shifts_between(before: Whereabouts, after: Whereabouts) -> list[Shift]:
    """Return what changes, in the order of the evening: the day, the hours, the place."""
    said = [
        (_("Jour"), _day(before.starts_at), _day(after.starts_at)),
        (_("Accueil"), _hour(before.doors_at), _hour(after.doors_at)),
        (_("Premier tour"), _hour(before.starts_at), _hour(after.starts_at)),
        (_("Fin"), _hour(before.ends_at), _hour(after.ends_at)),
        (_("Lieu"), before.place, after.place),
    ]
    return [Shift(*words) for words in said if words[1] != words[2]]


def shifts_planned(
    event: Event,
    *,
    facts: Mapping[str, Any] | None = None,
    pauses: Mapping[int, int] | None = None,
) -> list[Shift]:
    """Return what would change for people registered, were the event given these facts or breaks.

    Nothing before registrations open, nor once the evening has begun.
    """
    if event.state not in _TOLD:
        return []
    kept = {field.attname: getattr(event, field.attname) for field in event._meta.concrete_fields}
    planned = Event(**kept)
    planned.commune = event.commune
    for name, value in (facts or {}).items():
        setattr(planned, name, value)
    return shifts_between(whereabouts_of(event), whereabouts_of(planned, pauses))


def people_to_tell(event: Event) -> QuerySet[Participant]:
    """Return who has a place, or waits for one, and may be written to."""
    return (
        event.participants.filter(cancelled_at__isnull=True, subject__limited_at__isnull=True)
        .exclude(email="")
        .order_by("pk")
    )


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l j F Y")


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
