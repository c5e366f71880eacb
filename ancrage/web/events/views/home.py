"""The home of an event for those who organise it."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ancrage.events.models import Event
from ancrage.events.queries import sides_with_counts
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Event, "events.organise")
def detail(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Where the event stands: its state, its people side by side, its dates."""
    event = get_object_or_404(events.select_related("territory", "commune"), pk=pk)
    context = {
        "event": event,
        "sides": list(sides_with_counts().filter(event=event)),
        "breaks": list(event.breaks.order_by("after_round")),
        "tables": event.tables.filter(usable=True).count(),
    }
    return render_page(request, "events/detail.html", context)
