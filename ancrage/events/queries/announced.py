"""What everybody reads of events: those announced, their sides and whether places are left."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import QuerySet

from ancrage.events.enums import PUBLIC_STATES, EventState
from ancrage.events.models import Event, Side
from ancrage.events.queries.organising import sides_with_counts
from ancrage.kit.text import fold


class Places(Enum):
    """What a visitor is told of the places of a side: never how many people are registered."""

    LEFT = "left"
    WAITING_LIST = "waiting_list"
    CLOSED = "closed"


@dataclass(frozen=True)
class OpenSide:
    """A side, and whether one may still register."""

    side: Side
    places: Places


def announced(events: QuerySet[Event], text: str = "") -> QuerySet[Event]:
    """Return those of `events` that are announced and whose title or place hold `text`."""
    rows = events.filter(state__in=sorted(PUBLIC_STATES)).select_related("commune", "territory")
    if text:
        wanted = fold(text)
        named = rows.values_list("pk", "title", "place", "commune__name")
        found = [key for key, *words in named if wanted in fold(" ".join(words))]
        rows = rows.filter(pk__in=found)
    return rows


def is_called_off(slug: str) -> bool:
    """Say whether the event of that address was announced, perhaps, and will not take place."""
    return Event.objects.filter(slug=slug, state=EventState.CANCELLED).exists()


def sides_of(event: Event, *, now: datetime) -> list[OpenSide]:
    """Return the sides, those who stay first, with what is left."""
    return [
        OpenSide(side, places_of(side, event, now=now))
        for side in sides_with_counts().filter(event=event)
    ]


def places_of(side: Side, event: Event, *, now: datetime) -> Places:
    """Return what is left on a side of `sides_with_counts`."""
    if event.state != EventState.OPEN or now >= event.registration_closes_at:
        return Places.CLOSED
    counted = vars(side)
    full = side.capacity is not None and counted["placed"] >= side.capacity
    return Places.WAITING_LIST if full or counted["waiting"] else Places.LEFT
