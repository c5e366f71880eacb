"""One scenario: what it supposes, what follows, who edits it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios as services
from ancrage.web.access import acts_on
from ancrage.web.conflicts import reconcile, seal
from ancrage.web.demography.asked import page_context
from ancrage.web.demography.scenario_forms import DescriptionForm, StepForm
from ancrage.web.demography.scenario_page import asked_for, scenario_context, scenario_for
from ancrage.web.demography.scenario_words import step_text
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Scenario, "scenarios.view")
def scenario(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """The result, and, for those who may, what to suppose next with its preview."""
    context = scenario_context(request, scenario_for(scenarios, pk))
    return render_page(request, "demography/scenario.html", context, fragment="step")


@require_POST
@acts_on(Scenario, "scenarios.edit")
def step_add(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """Suppose one more thing."""
    found = scenario_for(scenarios, pk)
    form = StepForm(request.POST, model=asked_for(request, found).model)
    if not form.is_valid():
        return _again(request, found, form)
    try:
        services.add_step(
            scenario=found,
            step=form.step,
            revision=_revision(request),
            by=request.user,
            now=timezone.now(),
        )
    except services.StepRefused as refusal:
        form.add_error(refusal.field, refusal)
        return _again(request, found, form)
    except services.ScenarioMoved as moved:
        return _moved(request, moved.current, form)
    messages.success(request, _("Ajouté : %(step)s.") % {"step": step_text(form.step)})
    return redirect("demography:scenario", pk=pk)


@require_POST
@acts_on(Scenario, "scenarios.edit")
def step_remove(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """Suppose one thing less."""
    found = scenario_for(scenarios, pk)
    rank = request.POST.get("rang", "")
    try:
        services.remove_step(
            scenario=found,
            rank=int(rank[:4]) if rank.isdecimal() else -1,
            revision=_revision(request),
            by=request.user,
            now=timezone.now(),
        )
    except services.StepRefused as refusal:
        messages.error(request, " ".join(refusal.messages))
    except services.ScenarioMoved as moved:
        return _moved(request, moved.current, None)
    return redirect("demography:scenario", pk=pk)


@require_POST
@acts_on(Scenario, "scenarios.edit")
def compute_again(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """Compute from the latest files; with what its set has become, where that is asked for."""
    try:
        services.compute_again(
            scenario=scenario_for(scenarios, pk),
            by=request.user,
            now=timezone.now(),
            with_newer="parametres" in request.POST,
        )
        messages.success(request, _("Recalculé avec ce qui est là aujourd’hui."))
    except services.StepRefused as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("demography:scenario", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Scenario, "scenarios.edit")
def describe(request: HttpRequest, scenarios: QuerySet[Scenario], pk: int) -> HttpResponse:
    """Its name, its note, who reads it."""
    found = scenario_for(scenarios, pk)
    data = sent_form(request)
    form = DescriptionForm.of(found, data)
    if not form.is_valid():
        sealed = seal([form]) if data is None else data.get("opened_on", "")
        return _description(request, found, form, sealed)
    try:
        services.describe_scenario(
            scenario=found,
            description=form.description,
            revision=_revision(request),
            by=request.user,
            now=timezone.now(),
        )
    except services.ScenarioMoved as moved:
        return _both(request, moved.current, form)
    except ValidationError as refusal:
        form.add_error("name" if isinstance(refusal, services.NameTaken) else None, refusal)
        return _description(request, found, form, request.POST.get("opened_on", ""))
    return redirect("demography:scenario", pk=pk)


def _again(request: HttpRequest, found: Scenario, form: StepForm) -> HttpResponse:
    context = scenario_context(request, found, form=form) | {"revision": _revision(request)}
    return render_page(request, "demography/scenario.html", context, status=422)


def _moved(request: HttpRequest, current: Scenario, form: StepForm | None) -> HttpResponse:
    """Show what the scenario has become; what was typed stays in its form."""
    context = scenario_context(request, current, form=form) | {"has_moved": True}
    return render_page(request, "demography/scenario.html", context, status=409)


def _both(request: HttpRequest, current: Scenario, form: DescriptionForm) -> HttpResponse:
    theirs = DescriptionForm.of(current)
    found = reconcile(
        typed=[form],
        current=[theirs],
        sealed=request.POST.get("opened_on", ""),
        data=request.POST or QueryDict(),
    )
    again = DescriptionForm.of(current, found.data)
    extra = {"is_conflict": True, "versions": found.versions}
    return _description(request, current, again, seal([theirs]), status=409, **extra)


def _description(
    request: HttpRequest,
    found: Scenario,
    form: DescriptionForm,
    sealed: str,
    *,
    status: int | None = None,
    **extra: Any,
) -> HttpResponse:
    moved = extra.get("is_conflict")
    context = page_context(request, asked_for(request, found)) | {
        "scenario": found,
        "form": form,
        "editor": {
            "revision": found.revision if moved else _revision(request) or found.revision,
            "opened_on": sealed,
            **extra,
        },
    }
    code = status or (422 if form.is_bound and form.errors else 200)
    return render_page(request, "demography/scenario_describe.html", context, status=code)


def _revision(request: HttpRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent[:9]) if sent.isdecimal() else 0
