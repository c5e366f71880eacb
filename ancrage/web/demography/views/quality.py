"""How close our computation comes to the published one, and what would bring it closer."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.demography.services.quality import quality_of
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import asked_of, page_context
from ancrage.web.demography.forms import CareForm
from ancrage.web.demography.quality_words import marks_of, missing_in, verdict_on
from ancrage.web.demography.set_page import compared_sets
from ancrage.web.demography.tabs import address
from ancrage.web.demography.words import unit_of
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Territory, "demography.view")
def quality(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The marks of the reader's own territory, beside those of the country."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    found = quality_of(asked.model)
    context = page_context(request, asked) | {
        "found": found,
        "marks": marks_of(found, asked.care),
        "verdict": verdict_on(found),
        "missing": missing_in(asked.model),
        "sets": compared_sets(asked),
        "sets_href": address("demography:sets", asked.kept),
        "care_form": CareForm(asked=asked),
        "unit": unit_of(asked.care),
    }
    return render_page(request, "demography/quality.html", context)
