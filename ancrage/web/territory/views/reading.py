"""Territories found, exported, read in full."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, may_on
from ancrage.kit.models import AuditLine
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.partners.models import Partner
from ancrage.territory.models import Commune, Territory, TerritoryRole
from ancrage.territory.queries import holders_of, living_areas_of, with_commune_counts
from ancrage.territory.services.territories import scope_of
from ancrage.web.access import acts_on
from ancrage.web.journal import words_of
from ancrage.web.rendering import render_page
from ancrage.web.territory.forms import AppointForm, TerritorySearchForm

PER_PAGE = 25
LINES_SHOWN = 10


@require_safe
@acts_on(Territory, "territory.steer")
def territory_list(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The territories that the reader steers."""
    form = TerritorySearchForm(request.GET)
    found = with_commune_counts(territories, form.text())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    structures = _structures(page)
    holders = _holders(page)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, structures.get(one.pk, 0), holders.get(one.pk, 0)) for one in page],
        "query": query.urlencode(),
        "may_create": may(request.user, "territory.edit"),
    }
    return render_page(request, "territories/list.html", context, fragment="results")


@require_safe
@acts_on(Territory, "territory.steer")
def territories_csv(
    request: HttpRequest, territories: QuerySet[Territory]
) -> StreamingHttpResponse:
    """The communes of the territories found, one a line."""
    found = with_commune_counts(territories, TerritorySearchForm(request.GET).text())
    header = [
        *(_("Identifiant"), _("Territoire"), _("Code INSEE"), _("Commune")),
        *(_("SIREN de l’EPCI"), _("EPCI"), _("Habitants")),
    ]
    return StreamingHttpResponse(
        csv_lines(header, _lines(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="territoires.csv"'},
    )


@require_safe
@acts_on(Territory, "territory.steer")
def sheet(request: HttpRequest, territories: QuerySet[Territory], slug: str) -> HttpResponse:
    """One territory: its communes, its living areas, who coordinates it."""
    return sheet_page(request, get_object_or_404(territories, slug=slug))


def sheet_page(
    request: HttpRequest, territory: Territory, form: AppointForm | None = None
) -> HttpResponse:
    """Render the page of a territory; `form` is the one sent back with its errors."""
    rows = territory.communes.select_related("epci").defer("contour")
    communes = list(rows.order_by("search_name", "pk"))
    rights = _rights_on(request.user, territory)
    context = {
        "territory": territory,
        "communes": communes,
        "population": sum(one.population or 0 for one in communes),
        "structures": _structures([territory]).get(territory.pk, 0),
        "areas": living_areas_of(territory),
        "holders": holders_of(territory),
        "rights": rights,
        "form": form or (AppointForm() if rights["appoint"] else None),
        "lines": _last_lines(territory),
    }
    return render_page(
        request, "territories/sheet.html", context, status=422 if form is not None else 200
    )


def _rights_on(user: Any, territory: Territory) -> dict[str, bool]:
    return {
        name: may(user, f"territory.{name}") and may_on(user, f"territory.{name}", territory)
        for name in ("describe", "edit", "appoint")
    }


def _last_lines(territory: Territory) -> list[tuple[AuditLine, Any]]:
    lines = AuditLine.objects.filter(scope=scope_of(territory)).order_by("-at", "-pk")
    return [(line, words_of(line.action)) for line in lines[:LINES_SHOWN]]


def _structures(territories: Any) -> dict[int, int]:
    rows = Partner.objects.filter(territory__in=list(territories), left_at__isnull=True)
    counted = rows.order_by().values("territory").annotate(total=Count("pk"))
    return {row["territory"]: row["total"] for row in counted}


def _holders(territories: Any) -> dict[int, int]:
    rows = TerritoryRole.objects.filter(territory__in=list(territories), ended_at__isnull=True)
    counted = rows.order_by().values("territory").annotate(total=Count("pk"))
    return {row["territory"]: row["total"] for row in counted}


def _lines(found: QuerySet[Territory]) -> Iterator[list[CellValue]]:
    for territory in found:
        rows = Commune.objects.filter(territories=territory).select_related("epci")
        for one in rows.defer("contour").order_by("insee"):
            yield [
                *(territory.slug, territory.name, one.insee, one.name),
                *(one.epci.siren if one.epci else "", one.epci.name if one.epci else ""),
                one.population,
            ]
