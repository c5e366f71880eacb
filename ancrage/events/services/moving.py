"""The day, the hours or the place of an event change: whoever is registered is told, once.

The mail is written when it leaves: from what was told before to what is so then.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.dateparse import parse_datetime

from ancrage.events.enums import PLACED_STATES, EventState, RegistrationState
from ancrage.events.models import Event, Participant
from ancrage.events.queries.links import personal_token
from ancrage.events.queries.whereabouts import (
    Whereabouts,
    people_to_tell,
    shifts_between,
    whereabouts_of,
)
from ancrage.events.services.attending import may_withdraw
from ancrage.events.services.telling import calendar_of, one_line
from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import enqueue, handles

TELL_MOVED = "events.tell_moved"
_MAIL = "registrations/email/moved"
_STILL_TO_COME = frozenset({EventState.OPEN, EventState.CLOSED})


def tell_moved(*, event: Event, before: Whereabouts, now: datetime) -> None:
    """Have everybody registered told of what a saved change moved; nothing if it moved nothing."""
    if event.state in _STILL_TO_COME and whereabouts_of(event) != before:
        enqueue(
            key=f"event-moved:{event.pk}:{event.revision}",
            kind=TELL_MOVED,
            payload={
                "event": event.pk,
                "revision": event.revision,
                "doors_at": before.doors_at.isoformat(),
                "starts_at": before.starts_at.isoformat(),
                "ends_at": before.ends_at.isoformat(),
                "place": before.place,
            },
            now=now,
        )


@handles(TELL_MOVED)
def _tell_moved(payload: Mapping[str, Any], now: datetime) -> None:
    """Write to each; nothing once it begins, is called off, or is back where it was.

    Bears a second call.
    """
    event = Event.objects.select_related("commune").filter(pk=payload["event"]).first()
    if event is None or event.state not in _STILL_TO_COME or event.starts_at <= now:
        return
    before, after = _read(payload), whereabouts_of(event)
    if before == after:
        return
    people = people_to_tell(event).filter(subject__anonymised_at__isnull=True)
    for participant in people.select_related("party__side"):
        participant.event = event
        with translation.override(participant.language):
            shifts = shifts_between(before, after)
        queue_mail(
            key=f"event-moved:{event.pk}:{payload['revision']}:{participant.pk}",
            to=participant.email,
            template=_MAIL,
            context={
                "event": event,
                "shifts": shifts,
                "greeting": one_line(participant.first_name),
                "token": personal_token(participant),
                "has_place": participant.state in PLACED_STATES,
                "confirmed": participant.state == RegistrationState.CONFIRMED,
                "may_withdraw": may_withdraw(event=event, now=now),
            },
            language=participant.language,
            now=now,
            invitation=_file(participant, now=now),
        )


def _read(payload: Mapping[str, Any]) -> Whereabouts:
    moments = ("doors_at", "starts_at", "ends_at")
    read = {name: parse_datetime(payload[name]) for name in moments}
    return Whereabouts(place=payload["place"], **read)  # type: ignore[arg-type]


def _file(participant: Participant, *, now: datetime) -> str:
    """The calendar file of who has a place: its next sequence replaces the one they hold."""
    if participant.state not in PLACED_STATES:
        return ""
    with translation.override(participant.language):
        return calendar_of(event=participant.event, participant=participant, now=now)
