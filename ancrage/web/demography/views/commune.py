"""One commune: its access, where its people go, who else comes to those who work there."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.demography.services.model import comes_from, goes_to
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import asked_of, page_context
from ancrage.web.demography.words import post_of, published_label
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
    context = page_context(request, asked) | {
        "place": model.places[rank],
        "published_label": published_label(model),
        "capped": sorted(model.places[rank].capped.items(), reverse=True),
        "computed": float(model.computed[rank]) if model.has_supply else None,
        "standardised": float(model.state.people[rank]),
        "goes": goes_to(model, code)[:SHOWN],
        "comes": comes_from(model, code)[:SHOWN],
        "post": post_of(asked.care),
        "threshold": model.parameters.threshold,
    }
    return render_page(request, "demography/commune.html", context)
