"""One commune: its access, where its people go, who else comes to those who work there."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.demography.services.model import TerritoryModel, ages_told, comes_from, goes_to
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import asked_of, page_context
from ancrage.web.demography.departure import departure_href, may_suppose
from ancrage.web.demography.tabs import address
from ancrage.web.demography.words import number, post_of, published_label, sector_text
from ancrage.web.demography.zones import official_zones
from ancrage.web.rendering import render_page

# Past these, a part is under a hundredth of the whole.
SHOWN = 12


@require_safe
@acts_on(Territory, "demography.view")
def commune(request: HttpRequest, territories: QuerySet[Territory], code: str) -> HttpResponse:
    """A commune of the territory or of its ring."""
    asked = asked_of(request, territories)
    if asked is None or code not in asked.model.ranks:
        raise Http404
    model = asked.model
    rank = model.ranks[code]
    context = (
        page_context(request, asked)
        | _zone(model, code)
        | {
            "place": model.places[rank],
            "published_label": published_label(model),
            "capped": sorted(model.places[rank].capped.items(), reverse=True),
            "computed": float(model.computed[rank]) if model.has_supply else None,
            "standardised": float(model.state.people[rank]),
            "goes": goes_to(model, code)[:SHOWN],
            "comes": comes_from(model, code)[:SHOWN],
            "post": post_of(asked.care),
            "old_in_sector": _old_in_sector(model, rank),
            "threshold": model.parameters.threshold,
            "leaving_href": address("demography:leaving", asked.kept),
            "departure_href": departure_href(asked, code) if may_suppose(request, asked) else "",
        }
    )
    return render_page(request, "demography/commune.html", context)


def _zone(model: TerritoryModel, code: str) -> dict[str, object]:
    zones = official_zones(model, on=timezone.localdate())
    return {"zones": zones, "zone": zones.label(code)}


def _old_in_sector(model: TerritoryModel, rank: int) -> str:
    """« 12 sur 39 (Pornic, Préfailles et 4 autres) »; empty: not told."""
    told = ages_told(model)
    sector = None if told is None else told.by_rank.get(rank)
    if sector is None:
        return ""
    return _("%(old)s sur %(count)s (%(names)s)") % {
        "old": number(sector.old, 0),
        "count": number(sector.professionals, 0),
        "names": sector_text(model, sector),
    }
