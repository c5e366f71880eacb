"""The announced events, without a token."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from ancrage.api.paging import Pages
from ancrage.api.schemas.events import EventOut
from ancrage.api.security import needing, rows
from ancrage.events.enums import EventKind
from ancrage.events.models import Event
from ancrage.events.queries import announced, past, to_come

router = Router(tags=["events"], auth=None)


class EventFilters(Schema):
    """The criteria of the page « Rencontres »: `q` in the title or the place."""

    q: str = ""
    kind: EventKind | None = None
    past: bool = False


@router.get("", response=list[EventOut], **needing("events.view"))
@paginate(Pages)
def list_events(request: HttpRequest, filters: Query[EventFilters]) -> QuerySet[Event]:
    """Those to come, the nearest first; or those that are over."""
    events = announced(rows(request, Event, "events.view"), filters.q)
    if filters.kind:
        events = events.filter(kind=filters.kind)
    now = timezone.now()
    return past(events, before=now) if filters.past else to_come(events, since=now)
