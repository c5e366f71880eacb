"""The result of a scenario as a file: a table, or a paper to redo it by hand."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage import __version__
from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios as services
from ancrage.kit.pdf import print_pdf
from ancrage.web.access import acts_on
from ancrage.web.demography.paper import TEMPLATE, paper_of
from ancrage.web.demography.scenario_page import asked_for, scenario_for
from ancrage.web.demography.scenario_words import columns, lines
from ancrage.web.life.files import as_csv
from ancrage.web.throttling import throttled


@require_safe
@acts_on(Scenario, "scenarios.view")
def scenario_csv(
    request: HttpRequest, scenarios: QuerySet[Scenario], pk: int
) -> StreamingHttpResponse:
    """The communes that gain or lose, with what was supposed and read."""
    scenario = scenario_for(scenarios, pk)
    outcome, steps = services.outcome_of(scenario), services.steps_of(scenario)
    name = slugify(scenario.name) or _("scenario")
    return as_csv(name, columns(), lines(scenario, outcome, steps, __version__))


@require_safe
@throttled("scenario_pdf", per="user", rate="60/h")
@acts_on(Scenario, "scenarios.view")
def scenario_pdf(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """The same on paper."""
    scenario = scenario_for(scenarios, pk)
    now = timezone.now()
    printed = print_pdf(
        TEMPLATE,
        paper_of(scenario, asked_for(request, scenario).model, version=__version__, now=now),
        title=scenario.name,
        now=now,
    )
    name = slugify(scenario.name) or _("scenario")
    response = HttpResponse(printed.content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
