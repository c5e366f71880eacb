"""What programs read of announced events: never who takes part."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from ninja import Schema

from ancrage.api.schemas.common import CommuneOut
from ancrage.events.enums import EventKind, EventState
from ancrage.events.models import Event


class EventOut(Schema):
    """An announced event."""

    slug: str
    kind: EventKind
    state: EventState
    title: str
    summary: str
    doors_at: datetime
    starts_at: datetime
    registration_closes_at: datetime
    place: str
    address: str
    access: str
    commune: CommuneOut
    url: str

    @staticmethod
    def resolve_url(event: Event, context: Any) -> str:
        """The page where people register."""
        return settings.SITE_URL.rstrip("/") + reverse("registrations:event", args=[event.slug])
