"""The cards of the pool: people without names, for structures that look for somebody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may
from ancrage.candidates.queries import cards_matching
from ancrage.candidates.queries.cards import LEAST_ALIKE
from ancrage.partners.permissions import pools_of, workplaces_of
from ancrage.territory.models import Epci
from ancrage.web.access import allowed
from ancrage.web.candidates.forms.search import CardsForm
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 24


@require_safe
@throttled("cards", per="user", rate="60/m")
@allowed("candidates.cards")
def card_list(request: HttpRequest) -> HttpResponse:
    """Five things about each person, and nobody where too few share two of them."""
    territories = pools_of(request.user)
    zones = Epci.objects.filter(communes__territories__in=territories).distinct()
    form = CardsForm(request.GET, zones=zones.order_by("name", "pk"))
    asked = request.GET.get("page", "1")
    number = max(int(asked[:6]), 1) if asked.isdecimal() else 1
    found = cards_matching(
        form.criteria,
        territories=territories,
        partners=workplaces_of(request.user),
        offset=(number - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    # The pages of a list already cut: only their number is drawn from it.
    page = Paginator(range(found.total), PER_PAGE).get_page(number)
    context = {
        "form": form,
        "found": found,
        "page": page,
        "least": LEAST_ALIKE,
        "may_enter": may(request.user, "candidates.enter"),
        "may_request": may(request.user, "introductions.request"),
    }
    return render_page(request, "candidates/cards.html", context, fragment="results")
