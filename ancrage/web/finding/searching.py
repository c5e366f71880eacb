"""A search of profiles for one need, as the pages and the files run it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ancrage.matching.services import follows
from ancrage.matching.services.finding import (
    CARD_PARTS,
    PROFILE_PARTS,
    USUAL,
    Asked,
    CardResult,
    FoundCards,
    FoundProfiles,
    ProfileResult,
    find_cards,
    find_profiles,
    words_of,
)
from ancrage.needs.models import Need
from ancrage.privacy.scopes import Viewer, viewer_of
from ancrage.territory.models import Epci
from ancrage.web.finding.forms import ProfilesForm
from ancrage.web.finding.results import Result, results_of_cards, results_of_profiles
from ancrage.web.finding.words import COORDINATION, PARTNER

PER_PAGE = 12


@dataclass(frozen=True)
class ProfileSearch:
    """What is looked for, for which need, by whom: `side` is partner or coordination."""

    need: Need
    viewer: Viewer
    side: str
    form: ProfilesForm

    @property
    def asked(self) -> Asked:
        """The criteria and the weights of the address."""
        return self.form.asked

    def cards(self, *, offset: int = 0, limit: int = PER_PAGE) -> FoundCards:
        """Run the search for the structure."""
        return find_cards(
            need=self.need,
            asked=self.asked,
            viewer=self.viewer,
            on=timezone.localdate(),
            offset=offset,
            limit=limit,
        )

    def profiles(self, *, offset: int = 0, limit: int = PER_PAGE) -> FoundProfiles:
        """Run the search for the coordination."""
        return find_profiles(
            need=self.need,
            asked=self.asked,
            viewer=self.viewer,
            on=timezone.localdate(),
            offset=offset,
            limit=limit,
        )

    def first(self, most: int) -> Sequence[CardResult | ProfileResult]:
        """Return the first results, for a file."""
        if self.side == COORDINATION:
            return self.profiles(limit=most).results
        return self.cards(limit=most).results


@dataclass(frozen=True)
class FoundPage:
    """One page of results, and what the search found in all."""

    page: Page[Any]
    results: list[Result]
    total: int
    clear: int
    compared: int
    is_hidden: bool = False

    @property
    def blocked(self) -> int:
        """How many of those compared miss a condition."""
        return self.compared - self.clear


def profile_search(request: HttpRequest, needs: QuerySet[Need], pk: int) -> ProfileSearch:
    """Read the search of an address."""
    rows = needs.select_related("partner", "profession", "specialty", "commune")
    need = get_object_or_404(rows, pk=pk)
    viewer = viewer_of(request.user)
    side = COORDINATION if follows(viewer, need) else PARTNER
    zones = Epci.objects.filter(communes__territories=need.partner.territory_id).distinct()
    form = ProfilesForm(
        request.GET.dict(),
        parts=PROFILE_PARTS if side == COORDINATION else CARD_PARTS,
        zones=zones.order_by("name", "pk"),
    )
    return ProfileSearch(need, viewer, side, form)


def page_of(request: HttpRequest, search: ProfileSearch) -> FoundPage:
    """Run a search and return the page asked for."""
    number = page_number(request)
    offset = (number - 1) * PER_PAGE
    if search.side == COORDINATION:
        everybody = search.profiles(offset=offset)
        return FoundPage(
            page_among(everybody.compared, number),
            results_of_profiles(request, search.need, everybody.results),
            total=everybody.total,
            clear=everybody.clear,
            compared=everybody.compared,
        )
    found = search.cards(offset=offset)
    return FoundPage(
        page_among(found.total, number),
        results_of_cards(request, search.need, found.results),
        total=found.total,
        clear=found.clear,
        compared=found.total,
        is_hidden=found.is_hidden,
    )


def page_among(count: int, number: int) -> Page[Any]:
    """Return the place of a page whose results were already cut: only numbers are drawn of it."""
    return Paginator(range(count), PER_PAGE).get_page(number)


def page_number(request: HttpRequest) -> int:
    """Return the page asked for; the first when it is none."""
    asked = request.GET.get("page", "1")[:6]
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() else 1


def usual_address(asked: Asked) -> str:
    """Return the same search with the usual weights, for a link of its page."""
    usual = replace(asked, weights={part: USUAL[part] for part in asked.weights})
    return f"?{urlencode(words_of(usual))}"
