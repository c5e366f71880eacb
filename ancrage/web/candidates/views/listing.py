"""« Trouver un profil »: the coordination’s list."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may
from ancrage.candidates.models import Candidate, CandidateProfession
from ancrage.candidates.queries import (
    MOST_COUNTED,
    count_up_to,
    proofs_ending,
    search_candidates,
    waiting_in,
    with_profile,
)
from ancrage.privacy.scopes import viewer_of
from ancrage.territory.models import Commune, Territory
from ancrage.web.access import acts_on
from ancrage.web.candidates.forms.search import SearchForm, WaitingForm
from ancrage.web.candidates.reading import note_names
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of

PER_PAGE = 25
SHOWN_WAITING = 10


class ShortPaginator(Paginator):
    """Pages of a list that nobody reads to the end: it counts no further than that."""

    @cached_property
    def count(self) -> int:
        """How many rows the pages hold."""
        return min(self.found, MOST_COUNTED)

    @cached_property
    def found(self) -> int:
        """How many rows there are, one more than the pages hold if there are more."""
        return count_up_to(self.object_list)  # type: ignore[arg-type]


@require_safe
@acts_on(Candidate, "candidates.view")
def candidate_list(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """Search the people of the reader’s territories."""
    form = search_form(request, candidates)
    paginator = ShortPaginator(found_by(request, form), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    waiting = list(waiting_in(candidates)[:SHOWN_WAITING])
    note_names(request, [*(row.candidate for row in page), *waiting])
    context = {
        "form": form,
        "page": page,
        "has_more": paginator.found > MOST_COUNTED,
        "waiting": waiting,
        "import_target": import_target_of(request),
        "may_enter": may(request.user, "candidates.enter"),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "candidates/list.html", context, fragment="results")


@require_safe
@acts_on(Candidate, "candidates.view")
def waiting_list(request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
    """Those who were entered by others and have not answered, the first to be erased first."""
    form = WaitingForm(request.GET)
    found = with_profile(waiting_in(candidates, **form.criteria))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    note_names(request, page)
    context = {"form": form, "page": page, "is_filtered": any(form.criteria.values())}
    return render_page(request, "candidates/waiting.html", context, fragment="results")


def import_target_of(request: HttpRequest) -> str:
    """Return what the import page is asked to offer first, "" for who may not import people."""
    territory = territory_of(request)
    if territory is None or not may(request.user, "candidates.import"):
        return ""
    return f"candidates|territory:{territory.pk}"


def search_form(request: HttpRequest, candidates: QuerySet[Candidate]) -> SearchForm:
    """Return the filters of the address, over the communes of the reader’s territories."""
    # Somebody is there, or not: all of them need not be read.
    followed = Exists(candidates.filter(territory=OuterRef("pk")).order_by())
    territories = Territory.objects.filter(followed)
    communes = Commune.objects.filter(territories__in=territories).distinct()
    return SearchForm(request.GET, communes=communes.order_by("search_name", "pk"))


def found_by(request: HttpRequest, form: SearchForm) -> QuerySet[Any]:
    """Return the search rows that the filters keep, with what a line prints."""
    only = None
    if form.wants_ending_proofs:
        ending = proofs_ending(on=timezone.localdate()).order_by()
        only = Q(candidate__in=ending.values("candidate"))
    rows = search_candidates(form.criteria, viewer_of(request.user), only=only)
    professions = CandidateProfession.objects.select_related("profession").order_by(
        "-is_main", "pk"
    )
    return rows.prefetch_related(
        Prefetch("candidate__professions", professions, to_attr="listed_professions")
    )
