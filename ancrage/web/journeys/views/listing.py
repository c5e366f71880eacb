"""Journeys searched; people lost from sight."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.candidates.models import Candidate
from ancrage.journeys.models import Journey, Stay
from ancrage.journeys.queries import journeys_matching, lost_people
from ancrage.web.access import acts_on
from ancrage.web.journeys.forms.lists import JourneyFilters, LostFilters
from ancrage.web.journeys.reading import note_names
from ancrage.web.journeys.words import LOST
from ancrage.web.rendering import render_page

PER_PAGE = 25
# What `?tri=` may say, in the order of the list's own names.
SORTS = {
    "action": "next",
    "nom": "name",
    "ouvert": "opened",
    "referent": "advisor",
    "contact": "contact",
}


@require_safe
@acts_on(Journey, "journeys.view")
def journey_list(request: HttpRequest, journeys: QuerySet[Journey]) -> HttpResponse:
    """Filters, table, pages."""
    form = filters_of(request, journeys)
    found = journeys_matching(
        journeys, form.search, on=timezone.localdate(), sort=sort_asked(request)
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    note_names(request, [journey.candidate for journey in page])
    context = {
        "form": form,
        "page": page,
        "today": timezone.localdate(),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "journeys/list.html", context, fragment="results")


@require_safe
@acts_on(Candidate, "journeys.open")
def lost(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """The people nobody follows as they should, those unheard the longest first."""
    form = LostFilters(request.GET)
    found = lost_people(candidates, on=timezone.localdate(), **form.asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    note_names(request, page)
    words = {one.value: label for one, label in LOST.items()}
    context = {
        "form": form,
        "page": page,
        "rows": [(person, words[person.lost]) for person in page],
        "query": request.GET.urlencode(),
    }
    return render_page(request, "journeys/lost.html", context, fragment="results")


def filters_of(request: HttpRequest, journeys: QuerySet[Journey]) -> JourneyFilters:
    """Return the filters of the address, over what the reader may see."""
    stays = Stay.objects.filter(journey__in=journeys.values("pk"))
    partners = stays.order_by().values("partner")
    return JourneyFilters(request.GET, rows=journeys, partners=partners)


def sort_asked(request: HttpRequest) -> str:
    """The order in force, as the list names it."""
    asked = request.GET.get("tri", "")
    name = SORTS.get(asked.lstrip("-"), "next")
    return f"-{name}" if asked.startswith("-") else name
