"""Scenarios: the list, a new one, a copy, one less."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may_on, permitted
from ancrage.demography.enums import Care
from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios as services
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.acting import press, who
from ancrage.web.demography.asked import asked_of, page_context, row_named
from ancrage.web.demography.departure import departure_in, proposed_name
from ancrage.web.demography.scenario_forms import NewScenarioForm, ScenariosForm
from ancrage.web.demography.scenario_page import asked_for, scenario_for
from ancrage.web.demography.scenario_words import crossings, headline, step_text
from ancrage.web.demography.tabs import address
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page, wants_fragment
from ancrage.web.undo import offer_undo, undo_offered

PER_PAGE = 25


@require_safe
@acts_on(Territory, "demography.view")
def scenarios(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """The scenarios of a territory that the reader may see."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    form = ScenariosForm(request.GET)
    mine = permitted(request.user, "scenarios.view", Scenario.objects.all())
    found = _matching(mine.filter(territory=asked.territory), form)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = page_context(request, asked) | {
        "form": form,
        "page": page,
        "rows": [_line(scenario) for scenario in page],
        "may_make": may_on(request.user, "demography.simulate", asked.territory),
        "new_href": address("demography:scenario_new", asked.kept),
        "may_compare": page.paginator.count > 1,
    }
    if not wants_fragment(request):
        context["undo_offer"] = undo_offered(request, "scenarios")
    return render_page(request, "demography/scenarios.html", context, fragment="results")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "demography.simulate")
def scenario_new(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Name a scenario; what it supposes comes on its own page."""
    asked = asked_of(request, territories)
    if asked is None:
        raise Http404
    begun = departure_in(request, asked)
    initial = {"care": asked.care.value, "name": proposed_name(begun) if begun else ""}
    form = NewScenarioForm(sent_form(request), initial=initial, territory=asked.territory)
    if form.is_valid():
        try:
            made = services.make_scenario(
                territory=asked.territory,
                care=Care(form.cleaned_data["care"]),
                description=form.description,
                steps=[begun] if begun else [],
                **who(request),
            )
            return redirect("demography:scenario", pk=made.pk)
        except (services.NameTaken, services.StepRefused) as refusal:
            form.add_error("name" if isinstance(refusal, services.NameTaken) else None, refusal)
    context = page_context(request, asked) | {
        "form": form,
        "begun": step_text(begun) if begun else "",
        "back": address("demography:scenarios", asked.kept),
    }
    status = 422 if form.errors else 200
    return render_page(request, "demography/scenario_new.html", context, status=status)


@require_POST
@acts_on(Scenario, "scenarios.edit")
def scenario_copy(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """Begin another one from this one."""
    copy = services.copy_scenario(
        scenario=scenario_for(scenarios, pk), by=request.user, now=timezone.now()
    )
    messages.success(request, _("Copié : voici la copie, à changer sans toucher au premier."))
    return redirect("demography:scenario", pk=copy.pk)


@require_POST
@acts_on(Scenario, "scenarios.edit")
def scenario_delete(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """Put it away; the bar of the next page brings it back."""
    scenario = scenario_for(scenarios, pk)
    services.delete_scenario(scenario=scenario, by=request.user, now=timezone.now())
    said = _("Scénario « %(name)s » supprimé.") % {"name": scenario.name}
    back = reverse("demography:scenario_restore")
    offer_undo(request, "scenarios", said, [pk], url=back)
    return redirect(address("demography:scenarios", asked_for(request, scenario).kept))


@require_POST
@acts_on(Territory, "demography.simulate")
def scenario_restore(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Bring back the scenario that the bar names."""
    scenario = get_object_or_404(
        Scenario, pk=row_named(request), territory__in=territories, removed_at__isnull=False
    )
    return press(
        request,
        lambda: services.restore_scenario(scenario=scenario, **who(request)),
        _("Le scénario est de nouveau là."),
        reverse("demography:scenarios"),
    )


def _matching(scenarios: QuerySet[Scenario], form: ScenariosForm) -> QuerySet[Scenario]:
    text, care = form.value("q"), form.value("profession")
    if text:
        scenarios = scenarios.filter(Q(name__icontains=text) | Q(note__icontains=text))
    if care:
        scenarios = scenarios.filter(care=care)
    order = ("name", "pk") if form.value("par") == "nom" else ("-updated_at", "-pk")
    return scenarios.order_by(*order)


def _line(scenario: Scenario) -> dict[str, Any]:
    outcome = services.outcome_of(scenario)
    return {
        "scenario": scenario,
        "steps": len(scenario.steps),
        "headline": headline(outcome),
        "crossings": crossings(outcome),
    }
