"""The resources shared in the territory, and one's own by state."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.queries import search_shelf, shared_now, status_counts
from ancrage.web.access import acts_on
from ancrage.web.life.lists import Tab, address, sort_asked, state_tabs
from ancrage.web.life.rights import with_rights
from ancrage.web.rendering import render_page, wants_fragment
from ancrage.web.resources.forms.shelf import ShelfForm
from ancrage.web.undo import undo_offered

PER_PAGE = 25
OURS = "nous"
# What `?tri=` may say, beside the names of the query.
SORTS = {
    "modification": "updated",
    "intitule": "title",
    "nature": "kind",
    "commune": "commune",
    "structure": "partner",
    "debut": "from",
    "confirmation": "confirmed",
}


@require_safe
@acts_on(Resource, "resources.view")
def resource_list(request: HttpRequest, resources: QuerySet[Resource]) -> HttpResponse:
    """What the neighbours share, or what one's structures keep."""
    now = timezone.now()
    ours = shows_ours(request)
    rows = _rows_in_view(request, resources, ours=ours)
    form = ShelfForm(request.GET, rows=rows)
    search = form.search
    found: QuerySet[Any] = search_shelf(
        with_rights("resources", rows, request.user),
        search,
        now=now,
        sort=sort_asked(request, SORTS),
    )
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "views": _views(request, ours=ours),
        "ours": ours,
        "states": _states(request, status_counts(rows, search, now=now)) if ours else [],
        "sort": request.GET.get("tri", ""),
        "may_create": may(request.user, "resources.create"),
        "may_export": ours and may(request.user, "resources.export"),
        "query": request.GET.urlencode(),
    }
    if not wants_fragment(request):
        context["undo_offer"] = undo_offered(request, "resources")
    return render_page(request, "resources/list.html", context, fragment="results")


def shows_ours(request: HttpRequest) -> bool:
    """Whether the list is that of one's own structures: always, for a welcome body."""
    return request.GET.get("vue") == OURS or not may(request.user, "resources.browse")


def _rows_in_view(
    request: HttpRequest, resources: QuerySet[Resource], *, ours: bool
) -> QuerySet[Resource]:
    if ours:
        return permitted(request.user, "resources.edit", resources)
    return shared_now(resources, on=timezone.localdate())


def _views(request: HttpRequest, *, ours: bool) -> list[Tab]:
    if not may(request.user, "resources.browse"):
        return []
    coordinates = may(request.user, "campaigns.run")
    keeping = _("Toutes, par état") if coordinates else _("Les nôtres")
    # The states are those of one's own rows: neither view keeps the one chosen in the other.
    query = request.GET.copy()
    query.pop("etat", None)
    return [
        Tab(_("Partagées sur le territoire"), address(query, vue=""), None, not ours),
        Tab(keeping, address(query, vue=OURS), None, ours),
    ]


def _states(request: HttpRequest, counts: Mapping[ResourceStatus, int]) -> list[Tab]:
    return state_tabs(request.GET, counts, request.GET.get("etat", ""), every=_("Toutes"))
