"""The events that everybody reads: the list, one of them, its calendar file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import permitted
from ancrage.events.enums import EventState
from ancrage.events.models import Event
from ancrage.events.queries import Places, announced, is_called_off, past, sides_of, to_come
from ancrage.events.services import calendar_of
from ancrage.privacy.purposes import purpose_of
from ancrage.web.access import acts_on
from ancrage.web.errors import gone
from ancrage.web.registrations.forms.listing import AnnouncedForm
from ancrage.web.registrations.places import map_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 12


@dataclass(frozen=True)
class Tab:
    """One part of the list."""

    label: str
    href: str
    count: int
    current: bool


@require_safe
@throttled("events", per="user", rate="120/m")
@acts_on(Event, "events.view")
def event_list(request: HttpRequest, events: QuerySet[Event]) -> HttpResponse:
    """Those to come, the nearest first, or those that are over."""
    form = AnnouncedForm(request.GET)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = form.narrowed(announced(events, form.text))
    parts = [to_come(rows, since=midnight), past(rows, before=midnight)]
    asks_past = request.GET.get("quand") == "passes"
    context = {
        "form": form,
        "page": Paginator(parts[asks_past], PER_PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(request, [part.count() for part in parts], asks_past=asks_past),
        "asks_past": asks_past,
        "now": timezone.now(),
    }
    return render_page(request, "registrations/list.html", context, fragment="results")


@require_safe
@acts_on(Event, "events.view")
def event(request: HttpRequest, events: QuerySet[Event], slug: str) -> HttpResponse:
    """What, when, where, for whom; whoever organises it reads it before it is announced."""
    found = events.select_related("commune", "territory").filter(slug=slug).first()
    if found is None:
        return _gone_or_missing(request, slug)
    sides = sides_of(found, now=timezone.now())
    context = {
        "event": found,
        "sides": sides,
        "is_open": any(side.places != Places.CLOSED for side in sides),
        "is_draft": found.state in {EventState.DRAFT, EventState.CANCELLED},
        "partners": [line.strip() for line in found.partners.splitlines() if line.strip()],
        "map": map_of(found),
        "purpose": purpose_of("events"),
        "may_organise": permitted(request.user, "events.organise", Event.objects.all())
        .filter(pk=found.pk)
        .exists(),
    }
    return render_page(request, "registrations/event.html", context)


@require_safe
@acts_on(Event, "events.view")
def calendar(request: HttpRequest, events: QuerySet[Event], slug: str) -> HttpResponse:
    """The event as a calendar file, for whoever reads its page."""
    found = get_object_or_404(events.select_related("commune"), slug=slug)
    return as_file(calendar_of(event=found, now=timezone.now()))


def _gone_or_missing(request: HttpRequest, slug: str) -> HttpResponse:
    if not is_called_off(slug):
        raise Http404
    told = {
        "title": _("Cette rencontre est annulée"),
        "text": _("Qui était inscrit a été prévenu par courriel."),
        "href": reverse("registrations:list"),
        "label": _("Voir les autres rencontres"),
    }
    return gone(request, told)


def as_file(text: str) -> HttpResponse:
    """Hand a calendar file over."""
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rencontre.ics"'},
    )


def _tabs(request: HttpRequest, counts: Sequence[int], *, asks_past: bool) -> list[Tab]:
    asked = request.GET.copy()
    asked.pop("page", None)
    asked.pop("quand", None)
    coming = f"?{asked.urlencode()}"
    asked["quand"] = "passes"
    return [
        Tab(_("À venir"), coming, counts[0], not asks_past),
        Tab(_("Passées"), f"?{asked.urlencode()}", counts[1], asks_past),
    ]
