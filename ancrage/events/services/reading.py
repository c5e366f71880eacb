"""The line that says to whom the names of an event were shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ancrage.events.models import Event, Participant
from ancrage.privacy.services import trace_list


def note_people_shown(
    *, event: Event, people: Iterable[Participant], by: Any, now: datetime
) -> None:
    """Write that a page of the evening named these people to its reader: once a day."""
    trace_list(
        shown=[(one.subject_id, f"territory:{event.territory_id}") for one in people],
        purpose="events",
        fields=("first_name", "last_name", "organisation"),
        by=by,
        now=now,
    )
