"""Where access is worst: the map, the table, its file."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.demography.services.model import means_beside, summary_of
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import Asked, asked_of, page_context
from ancrage.web.demography.drawing import access_map, zone_map
from ancrage.web.demography.forms import ZONES, CommunesForm
from ancrage.web.demography.table import (
    columns_of,
    default_sort,
    lines_of,
    rows_of,
    sorted_rows,
)
from ancrage.web.demography.words import published_label
from ancrage.web.demography.zones import OfficialZones, official_zones
from ancrage.web.life.files import as_csv
from ancrage.web.maps import MapDrawing, standalone_svg
from ancrage.web.rendering import render_page

PER_PAGE = 50


@require_safe
@acts_on(Territory, "demography.view")
def communes(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Published access commune by commune, on a map and in a table."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    form = CommunesForm(_filled(request, asked), asked=asked)
    sort = request.GET.get("tri") or default_sort(asked.model)
    zones = official_zones(asked.model, on=timezone.localdate())
    found = sorted_rows(rows_of(asked.model, form, zones), sort)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = page_context(request, asked) | {
        "form": form,
        "sort": sort,
        "page": page,
        "rows": [(row, _href(asked, row.place.code)) for row in page],
        "map": _map(asked, form, zones, _hrefs(asked)),
        "shows_zones": form.value("carte") == ZONES,
        "zones": zones,
        "summary": summary_of(asked.model),
        "beside": means_beside(asked.territory, asked.care),
        "published_label": published_label(asked.model),
    }
    return render_page(request, "demography/communes.html", context, fragment="results")


@require_safe
@acts_on(Territory, "demography.view")
def communes_csv(request: HttpRequest, territories: QuerySet[Territory]) -> StreamingHttpResponse:
    """What the filters show, with its sources on each line."""
    asked = _asked_or_404(request, territories)
    form = CommunesForm(_filled(request, asked), asked=asked)
    sort = request.GET.get("tri") or default_sort(asked.model)
    zones = official_zones(asked.model, on=timezone.localdate())
    rows = sorted_rows(rows_of(asked.model, form, zones), sort)
    name = f"{_('acces-aux-soins')}-{asked.care}-{asked.territory.slug}"
    return as_csv(name, columns_of(asked.model), lines_of(asked.model, rows, zones))


@require_safe
@acts_on(Territory, "demography.view")
def communes_map(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The map alone, with its colours inside: for a report or a slide."""
    asked = _asked_or_404(request, territories)
    zones = official_zones(asked.model, on=timezone.localdate())
    form = CommunesForm(_filled(request, asked), asked=asked)
    drawing = _map(asked, form, zones, {})
    if drawing is None:
        raise Http404
    told = [f"{one.source} ({one.licence})" for one in asked.model.used]
    told += [f"{source} ({licence})" for source, licence, _since in zones.lists]
    source = " ; ".join(told)
    name = f"{_('carte-acces-aux-soins')}-{asked.care}-{asked.territory.slug}.svg"
    return HttpResponse(
        standalone_svg(drawing, source=_("Sources : %(sources)s.") % {"sources": source}),
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _map(
    asked: Asked, form: CommunesForm, zones: OfficialZones, hrefs: dict[str, str]
) -> MapDrawing | None:
    drawn = zone_map if form.value("carte") == ZONES else access_map
    return drawn(asked.territory, asked.model, hrefs, zones)


def _asked_or_404(request: HttpRequest, territories: QuerySet[Territory]) -> Asked:
    asked = asked_of(request, territories)
    if asked is None:
        raise Http404
    return asked


def _filled(request: HttpRequest, asked: Asked) -> Any:
    """The filters of the address; what is shown stands in its field even when not asked."""
    data = request.GET.copy()
    data["profession"] = asked.care.value
    if len(asked.choices) > 1:
        data["territoire"] = asked.territory.slug
    return data


def _hrefs(asked: Asked) -> dict[str, str]:
    return {place.code: _href(asked, place.code) for place in asked.model.places if place.inside}


def _href(asked: Asked, code: str) -> str:
    query = f"?{urlencode(asked.kept)}" if asked.kept else ""
    return reverse("demography:commune", args=[code]) + query
