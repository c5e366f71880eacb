"""Two scenarios side by side."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import permitted
from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios as services
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on
from ancrage.web.demography.asked import Asked, asked_of, page_context
from ancrage.web.demography.drawing import change_map
from ancrage.web.demography.scenario_words import crossings, headline, step_text
from ancrage.web.demography.words import people_text
from ancrage.web.rendering import render_page

MOST_OFFERED = 200


@dataclass(frozen=True)
class Pair:
    """What two scenarios do to one commune; 0 where one does nothing."""

    code: str
    name: str
    inside: bool
    people: float
    first: float
    second: float

    @property
    def living(self) -> str:
        """« 4 500 habitants »."""
        return people_text(self.people)

    @property
    def gap(self) -> float:
        """What the second brings more than the first."""
        return self.second - self.first


class CompareForm(forms.Form):
    """Which two."""

    a = forms.TypedChoiceField(label=_("Premier scénario"), required=False, empty_value=None)
    b = forms.TypedChoiceField(label=_("Second scénario"), required=False, empty_value=None)

    def __init__(self, *args: Any, scenarios: list[Scenario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = {str(one.pk): one for one in scenarios}
        choices = [("", _("Choisir")), *((key, one.name) for key, one in self._rows.items())]
        for name in ("a", "b"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].coerce = self._rows.__getitem__  # type: ignore[attr-defined]

    @property
    def pair(self) -> tuple[Scenario, Scenario] | None:
        """The two, once both are chosen."""
        if not self.is_valid() or not (self.cleaned_data["a"] and self.cleaned_data["b"]):
            return None
        return self.cleaned_data["a"], self.cleaned_data["b"]


@require_safe
@acts_on(Territory, "demography.view")
def compare(request: HttpRequest, territories: QuerySet[Territory]) -> HttpResponse:
    """Two scenarios of one territory and one profession."""
    asked = asked_of(request, territories)
    if asked is None:
        return render_page(request, "demography/nowhere.html")
    form = CompareForm(request.GET, scenarios=_offered(request, asked))
    context = page_context(request, asked) | {"form": form, "kept": asked.kept}
    if form.pair is not None:
        first, second = form.pair
        context |= {"is_same": True} if first == second else _compared(first, second)
    return render_page(request, "demography/compare.html", context, fragment="results")


def _offered(request: HttpRequest, asked: Asked) -> list[Scenario]:
    mine = permitted(request.user, "scenarios.view", Scenario.objects.all())
    rows = mine.filter(territory=asked.territory, care=asked.care.value)
    return list(rows.order_by("name", "pk")[:MOST_OFFERED])


def _compared(first: Scenario, second: Scenario) -> dict[str, Any]:
    outcomes = [services.outcome_of(one) for one in (first, second)]
    effects = [{one.code: one for one in outcome.effects} for outcome in outcomes]
    pairs = []
    for code in sorted({*effects[0], *effects[1]}):
        known = effects[0].get(code) or effects[1][code]
        changes = [found[code].change if code in found else 0.0 for found in effects]
        if max(abs(one) for one in changes) >= services.NOTHING:
            pairs.append(Pair(code, known.name, known.inside, known.people, *changes))
    return {
        "map": change_map(
            first.territory,
            _everywhere(first.territory, pairs),
            {one.code: one.name for one in pairs},
            label=gettext("Ce que le second apporte de plus que le premier"),
        )
        if pairs
        else None,
        "sides": [
            {
                "rank": rank,
                "scenario": scenario,
                "headline": headline(outcome),
                "crossings": crossings(outcome),
                "steps": [step_text(step) for step in services.steps_of(scenario)],
                "under": outcome.under,
                "mean": outcome.mean,
            }
            for rank, scenario, outcome in zip(
                (_("Premier"), _("Second")), (first, second), outcomes, strict=True
            )
        ],
        "pairs": sorted(pairs, key=lambda one: (-abs(one.gap), one.name)),
        "differ": first.digest != second.digest and first.parameters == second.parameters,
        "count_otherwise": first.parameters != second.parameters,
    }


def _everywhere(territory: Territory, pairs: list[Pair]) -> dict[str, float]:
    """What differs in each commune of the territory: nothing where neither moves anything."""
    gaps = {one.code: one.gap for one in pairs}
    codes = territory.communes.values_list("insee", flat=True)
    return {code: gaps.get(code, 0.0) for code in codes}
