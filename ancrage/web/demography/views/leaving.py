"""Who will have left in five years, and which patients look for somebody else."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.demography.services.leaving import Outlook, TooFew, outlook
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import Asked, asked_of, page_context
from ancrage.web.demography.departure import DepartureForm, may_suppose
from ancrage.web.demography.forms import CareForm
from ancrage.web.demography.leaving_forms import LeavingForm
from ancrage.web.demography.leaving_words import (
    band_label,
    curves_chart,
    hypothesis_label,
    leaving_columns,
    leaving_lines,
    years,
)
from ancrage.web.demography.words import NOT_OPPOSABLE, sector_text
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Territory, "demography.view")
def leaving(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Three hypotheses on a curve, how many have which age, each sector, its patients."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    form, found, are_too_few = _outlook(request, asked)
    context = page_context(request, asked) | {
        "are_too_few": are_too_few,
        "form": form,
        "found": found,
        "care_form": CareForm(asked=asked),
        "departure_form": DepartureForm(asked=asked) if may_suppose(request, asked) else None,
        "not_opposable": NOT_OPPOSABLE,
    }
    if found is not None:
        context |= {
            "chart": curves_chart(found),
            "years": years(found),
            "hypotheses": [hypothesis_label(one.hypothesis.value) for one in found.curves],
            "bands": [(band_label(band), band.count) for band in found.bands],
            "sectors": [(row, sector_text(asked.model, row.sector)) for row in found.sectors],
        }
    return render_page(request, "demography/leaving.html", context)


@require_safe
@acts_on(Territory, "demography.view")
def leaving_csv(request: HttpRequest, territories: QuerySet[Territory]) -> StreamingHttpResponse:
    """What the page shows and what it supposes, to be redone by hand."""
    asked = asked_of(request, territories)
    if asked is None:
        raise Http404
    form, found, _are_too_few = _outlook(request, asked)
    if found is None:
        raise Http404
    name = f"{_('departs-a-cinq-ans')}-{asked.care}-{asked.territory.slug}"
    return as_csv(name, leaving_columns(), leaving_lines(asked.model, form.assumed, found))


def _outlook(request: HttpRequest, asked: Asked) -> tuple[LeavingForm, Outlook | None, bool]:
    """What is asked, what follows, and whether too few work there to say anything."""
    form = LeavingForm(request.GET, asked=asked)
    if "patients" not in request.GET:
        form = LeavingForm(_initial(form), asked=asked)
    try:
        return form, outlook(asked.model, form.assumed), False
    except TooFew:
        return form, None, True


def _initial(form: LeavingForm) -> dict[str, Any]:
    return {
        name: field.initial for name, field in form.fields.items() if field.initial is not None
    }
