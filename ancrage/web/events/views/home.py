"""The home of an event for those who organise it, and its passage from state to state."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.events import services
from ancrage.events.enums import TRANSITIONS, EventState
from ancrage.events.models import Event
from ancrage.events.queries import sides_with_counts
from ancrage.events.queries.people import likenesses_in
from ancrage.web.access import acts_on
from ancrage.web.conflicts import revision_sent
from ancrage.web.events.moves import CALLING_OFF, MOVES, Move, moves_from
from ancrage.web.events.page import event_among
from ancrage.web.rendering import render_page

# When two registrations may still become one.
_BEFORE = frozenset({EventState.DRAFT, EventState.OPEN, EventState.CLOSED})


@require_safe
@acts_on(Event, "events.organise")
def detail(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Where the event stands: its state, its people side by side, its dates."""
    event = event_among(events, pk)
    offered = moves_from(event)
    sides = list(sides_with_counts().filter(event=event))
    context = {
        "event": event,
        "sides": sides,
        "public_address": settings.SITE_URL.rstrip("/")
        + reverse("registrations:event", args=[event.slug]),
        "likenesses": len(likenesses_in(event)) if event.state in _BEFORE else 0,
        "tables": event.tables.filter(usable=True).count(),
        "moves": [one for one in offered if one.move.is_usual],
        "further": [one for one in offered if not one.move.is_usual],
        "may_cancel": event.state in CALLING_OFF,
        "may_restore": services.may_restore(event=event, now=timezone.now()),
        "may_delete": services.may_delete(event=event, sides=sides),
    }
    return render_page(request, "events/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Event, "events.organise")
def move(request: HttpRequest, events: QuerySet[Event], pk: int, after: str) -> HttpResponse:
    """Say what the change of state does, then do it."""
    event = event_among(events, pk)
    chosen = _move_of(event, after)
    if request.method == "POST":
        # What was confirmed is what was read: a colleague's change meanwhile is told.
        event.revision = revision_sent(request.POST, event.revision)
        try:
            _pass_to(event, EventState(after), by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, str(chosen.done))
        return redirect("events:detail", pk=pk)
    context = {
        "event": event,
        "title": chosen.question,
        "consequences": chosen.consequences,
        "note": "",
        "action": request.path,
        "confirm_label": chosen.label,
        "cancel_href": reverse("events:detail", args=[pk]),
        "danger": chosen.is_danger,
    }
    return render_page(request, "events/move.html", context)


def _pass_to(event: Event, after: EventState, *, by: Any) -> None:
    # The round being played ends with the evening: its meetings were held.
    if after == EventState.OVER:
        services.close_evening(event=event, by=by, now=timezone.now())
    else:
        services.move_event(event=event, after=after, by=by, now=timezone.now())


def _move_of(event: Event, after: str) -> Move:
    before = EventState(event.state)
    if after not in TRANSITIONS[before] or after == EventState.CANCELLED:
        raise Http404
    return MOVES[before, EventState(after)]
