"""The plan room: what there is to plan, the versions, and how to compute one more."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.events import services
from ancrage.events.enums import EventState
from ancrage.events.models import Event
from ancrage.events.queries import versions_of
from ancrage.events.services.summing import Summary, summary_of
from ancrage.web.access import acts_on
from ancrage.web.meetings.clock import stop_after
from ancrage.web.meetings.forms.building import BuildForm
from ancrage.web.meetings.rooms import event_of
from ancrage.web.meetings.words import proof_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 10
# The timetable is no longer prepared here: nothing is offered that would be refused.
_BEGUN = frozenset({EventState.RUNNING, EventState.OVER, EventState.CANCELLED})


@require_safe
@acts_on(Event, "events.organise")
def room(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Where the timetable stands."""
    event = event_of(events, pk)
    context = _context(request, event, BuildForm(initial={"walk_less": True}))
    return render_page(request, "meetings/room.html", context)


@require_POST
@throttled("meetings-build", per="user", rate="60/h")
@acts_on(Event, "events.organise")
def build(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Compute one more version, and show it; or say why there is none."""
    event = event_of(events, pk)
    form = BuildForm(request.POST)
    form.is_valid()
    try:
        made = services.build_timetable(
            event=event,
            by=request.user,
            now=timezone.now(),
            walk_less=form.cleaned_data["walk_less"],
            out_of_time=stop_after(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        context = _context(request, event, form)
        return render_page(request, "meetings/room.html", context, status=422)
    messages.success(request, _("La version %(n)d est calculée.") % {"n": made.version})
    return redirect("meetings:version", pk=event.pk, version=made.version)


def _context(request: HttpRequest, event: Event, form: BuildForm) -> dict[str, Any]:
    versions = versions_of(event)
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    in_force = versions.filter(in_force=True).first()
    latest = versions.defer(None).first()
    summary: Summary = summary_of(event, latest)
    return {
        "event": event,
        "is_begun": event.state in _BEGUN,
        "form": form,
        "page": page,
        "rows": [(one, proof_of(one)) for one in page],
        "in_force": in_force,
        "latest": latest,
        "summary": summary,
    }
