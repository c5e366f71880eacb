"""The events of one's territories."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.events.models import Event
from ancrage.events.queries import past, to_come, with_sides
from ancrage.kit.text import fold
from ancrage.web.access import acts_on
from ancrage.web.events.forms.listing import EventSearchForm
from ancrage.web.rendering import render_page

PER_PAGE = 20


@dataclass(frozen=True)
class Tab:
    """One part of the list."""

    label: str
    href: str
    count: int
    current: bool


@require_safe
@acts_on(Event, "events.organise")
def event_list(request: HttpRequest, events: QuerySet[Event]) -> HttpResponse:
    """Those to come, or those that are over, with how many people each side holds."""
    form = EventSearchForm(request.GET)
    parts = _parts(events, form)
    asks_past = _asks_past(request)
    paginator = Paginator(with_sides(parts[asks_past]), PER_PAGE)
    context = {
        "form": form,
        "page": paginator.get_page(request.GET.get("page")),
        "tabs": _tabs(request, [rows.count() for rows in parts], asks_past=asks_past),
        "asks_past": asks_past,
    }
    return render_page(request, "events/list.html", context, fragment="results")


def found(request: HttpRequest, events: QuerySet[Event]) -> QuerySet[Event]:
    """Return the events that the page shows by its filters, whatever its length."""
    return _parts(events, EventSearchForm(request.GET))[_asks_past(request)]


def _asks_past(request: HttpRequest) -> bool:
    return request.GET.get("quand") == "passes"


def _parts(events: QuerySet[Event], form: EventSearchForm) -> list[QuerySet[Event]]:
    """Return those to come, then those that are over."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    events = form.narrowed(events)
    if form.text:
        wanted = fold(form.text)
        named = events.values_list("pk", "title", "place", "commune__name")
        keys = [key for key, *words in named if wanted in fold(" ".join(words))]
        events = events.filter(pk__in=keys)
    rows = events.select_related("commune", "territory")
    return [to_come(rows, since=midnight), past(rows, before=midnight)]


def _tabs(request: HttpRequest, counts: Sequence[int], *, asks_past: bool) -> list[Tab]:
    asked = request.GET.copy()
    asked.pop("page", None)
    asked.pop("quand", None)
    coming = f"?{asked.urlencode()}"
    asked["quand"] = "passes"
    return [
        Tab(_("À venir"), coming, counts[0], not asks_past),
        Tab(_("Passés"), f"?{asked.urlencode()}", counts[1], asks_past),
    ]
