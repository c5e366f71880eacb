"""The screen of the room: the round, the time left, the bell."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.events.models import Event
from ancrage.web.access import acts_on
from ancrage.web.evenings.acting import event_of
from ancrage.web.evenings.stage import stage_of
from ancrage.web.rendering import render_page


@require_safe
@never_cache
@acts_on(Event, "events.organise")
def projector(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The whole page, for a screen that everybody sees."""
    return render_page(request, "evenings/projector.html", _shown(event_of(events, pk)))


@require_safe
@never_cache
@acts_on(Event, "events.organise")
def stage(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The part that changes, asked again every few seconds."""
    return render_page(request, "evenings/_stage.html", _shown(event_of(events, pk)))


def _shown(event: Event) -> dict[str, Any]:
    return {"event": event, "stage": stage_of(event, now=timezone.now())}
