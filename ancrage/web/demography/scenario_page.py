"""What the page of a scenario prints."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ancrage.accounts.policy import may, permitted
from ancrage.demography.enums import Care
from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios as services
from ancrage.demography.services.model import facts_of
from ancrage.territory.models import Territory
from ancrage.web.demography.asked import Asked, page_context
from ancrage.web.demography.drawing import scenario_map
from ancrage.web.demography.scenario_forms import StepForm
from ancrage.web.demography.scenario_words import (
    crossings,
    headline,
    mean_change,
    shown_effects,
    sources_of,
    step_text,
    under_change,
)
from ancrage.web.demography.set_words import parameter_lines, set_line

# Past these, a page only repeats the file.
SHOWN = 60


def scenario_for(scenarios: QuerySet[Scenario], pk: int) -> Scenario:
    """Return one scenario with its territory, or answer 404."""
    return get_object_or_404(scenarios.select_related("territory", "version__of"), pk=pk)


def asked_for(request: HttpRequest, scenario: Scenario) -> Asked:
    """Return the territory and the profession of a scenario, among those of the reader."""
    mine = permitted(request.user, "demography.view", Territory.objects.all())
    return Asked(
        scenario.territory,
        Care(scenario.care),
        tuple(mine.order_by("name", "pk")[:2]),
        counted=services.parameters_in(scenario),
    )


def scenario_context(
    request: HttpRequest, scenario: Scenario, *, form: StepForm | None = None
) -> dict[str, Any]:
    """Return what the page prints; `form` is a step that was not taken."""
    asked = asked_for(request, scenario)
    outcome, steps = services.outcome_of(scenario), services.steps_of(scenario)
    effects = shown_effects(outcome)
    edits = may_edit(request, scenario)
    newer = services.newer_set(scenario)
    further: dict[str, Any] = {}
    if edits:
        fresh = {"form": form, "preview": None}
        further = fresh if form else step_asked(request, asked, steps)
    return (
        page_context(request, asked)
        | {
            "scenario": scenario,
            "outcome": outcome,
            "headline": headline(outcome),
            "crossings": crossings(outcome),
            "under_change": under_change(outcome),
            "mean_change": mean_change(outcome),
            "steps": [(rank, step_text(step)) for rank, step in enumerate(steps)],
            "effects": effects[:SHOWN],
            "more": max(len(effects) - SHOWN, 0),
            "map": scenario_map(scenario, outcome),
            "is_old": scenario.digest != asked.model.digest,
            "unknown": services.unknown_in(asked.model, steps),
            "parameters": parameter_lines(facts_of(asked.model.parameters)),
            "newer": set_line(facts_of(newer.parameters)) if newer else "",
            "read_from": sources_of(scenario),
            "may_edit": edits,
        }
        | further
    )


def may_edit(request: HttpRequest, scenario: Scenario) -> bool:
    """Say whether the reader may change that scenario."""
    if not may(request.user, "scenarios.edit"):
        return False
    mine = permitted(request.user, "scenarios.edit", Scenario.objects.all())
    return mine.filter(pk=scenario.pk).exists()


def step_asked(
    request: HttpRequest, asked: Asked, steps: tuple[services.Step, ...]
) -> dict[str, Any]:
    """Return the form of a further step as the address fills it, and what it would do.

    What is missing is said to whoever asked to see, not to whoever is still choosing.
    """
    sent = StepForm(request.GET if "kind" in request.GET else None, model=asked.model)
    preview = preview_of(asked, steps, sent)
    if "voir" in request.GET:
        return {"form": sent, "preview": preview}
    shown = StepForm(initial=request.GET.dict(), model=asked.model)
    return {"form": shown, "preview": preview}


def preview_of(
    asked: Asked, steps: tuple[services.Step, ...], form: StepForm
) -> dict[str, Any] | None:
    """Return what the step being typed would do, or why it cannot be; None until it is told."""
    if not form.is_valid():
        return None
    try:
        outcome = services.preview(asked.model, steps, form.step)
    except services.StepRefused as refusal:
        return {"refused": refusal.messages}
    return {
        "text": step_text(form.step),
        "headline": headline(outcome),
        "crossings": crossings(outcome),
        "effects": shown_effects(outcome)[:6],
    }
