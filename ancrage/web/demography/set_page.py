"""What the pages of parameter sets print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ancrage.accounts.policy import permitted
from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterSet, ParameterVersion, Scenario, SitingStudy
from ancrage.demography.queries import with_uses
from ancrage.demography.services.model import (
    Parameters,
    facts_of,
    known_sets,
    models_with,
    parameters_of,
)
from ancrage.demography.services.quality import nearest_agreement
from ancrage.demography.services.sets import read_version
from ancrage.territory.models import Territory
from ancrage.web.demography.asked import Asked
from ancrage.web.demography.quality_words import Mark, mark_of
from ancrage.web.demography.set_drawing import decay_chart
from ancrage.web.demography.set_words import parameter_lines, set_href, set_title
from ancrage.web.demography.tabs import tabs_for
from ancrage.web.demography.words import unit_of

SHOWN = 20
# Each is a model of its own.
MOST_COMPARED = 8


@dataclass(frozen=True)
class Kept:
    """A version in the history of a set: what it changed, as (what, before, after)."""

    version: ParameterVersion
    changes: tuple[tuple[str, str, str], ...]
    href: str
    is_shown: bool


@dataclass(frozen=True)
class Compared:
    """How close a set comes, and where to read it."""

    mark: Mark
    href: str


def set_for(sets: QuerySet[ParameterSet], pk: int) -> ParameterSet:
    """Return one set with its territory and whether it is used, or answer 404."""
    return get_object_or_404(with_uses(sets.select_related("territory")), pk=pk)


def asked_for(request: HttpRequest, territory: Territory, care: Care) -> Asked:
    """Return a territory and a profession, among the territories of the reader."""
    mine = permitted(request.user, "demography.view", Territory.objects.all())
    return Asked(territory, care, tuple(mine.order_by("name", "pk")[:2]))


def frame_of(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Return what the frame prints: these pages are about values, not about files."""
    return {
        "asked": asked,
        "territory": asked.territory,
        "tabs": tabs_for(request, asked.kept),
        "notes": (),
        "sources": (),
        "is_about_files": True,
        "unit": unit_of(asked.care),
    }


def values_context(asked: Asked, parameters: Parameters) -> dict[str, Any]:
    """Return what any set shows: its values, its decay, how close it comes, beside the other."""
    usual = parameters_of(asked.care, territory=asked.territory)
    is_usual = usual == parameters
    beside = parameters_of(asked.care) if is_usual else usual
    shown = [parameters] if beside == parameters else [parameters, beside]
    return {
        "facts": facts_of(parameters),
        "lines": parameter_lines(facts_of(parameters)),
        "chart": decay_chart(list(zip(_names(is_usual), map(facts_of, shown), strict=False))),
        "marks": _marks(asked, shown),
        "is_usual": is_usual,
    }


def compared_sets(asked: Asked) -> list[Compared]:
    """Return how close each set that may be chosen comes, the one in use first."""
    usual = asked.model.parameters
    others = [one.parameters for one in known_sets(asked.territory, asked.care)]
    sets = [usual, *(one for one in others if one != usual)][:MOST_COMPARED]
    return [
        Compared(mark, set_href(one)) for one, mark in zip(sets, _marks(asked, sets), strict=True)
    ]


def uses_of(request: HttpRequest, **which: Any) -> dict[str, Any]:
    """Return the results that were computed with a set, among those the reader may see."""
    scenarios = permitted(request.user, "scenarios.view", Scenario.objects.filter(**which))
    studies = permitted(request.user, "sitings.view", SitingStudy.objects.filter(**which))
    return {
        "scenarios": scenarios.select_related("version").order_by("-updated_at", "-pk")[:SHOWN],
        "studies": studies.defer("plans", "today")
        .select_related("version")
        .order_by("-asked_at", "-pk")[:SHOWN],
    }


def history_of(chosen: ParameterSet, shown: ParameterVersion) -> list[Kept]:
    """Return the versions of a set, the latest first, each with what it changed."""
    rows = list(chosen.versions.select_related("made_by").order_by("number"))
    for row in rows:
        row.of = chosen
    # The number of a version is no change: only what it is called is.
    facts = [replace(facts_of(read_version(row)), version=1) for row in rows]
    told = [dict(parameter_lines(one)) for one in facts]
    found = []
    for rank, row in enumerate(rows):
        before = told[rank - 1] if rank else told[rank]
        changes = tuple(
            (what, before.get(what, "—"), told[rank].get(what, "—"))
            for what in {**before, **told[rank]}
            if before.get(what) != told[rank].get(what) and rank
        )
        href = set_href(read_version(row))
        found.append(Kept(row, changes, href, row.pk == shown.pk))
    return found[::-1]


def back_to(chosen: ParameterSet) -> str:
    """Return the page of a set."""
    return reverse("demography:set", args=[chosen.pk])


def number_in(sent: str) -> int:
    """Return the number of a version as an address or a form sends it; 0: none."""
    return int(sent[:9]) if sent.isdecimal() else 0


def _names(is_usual: bool) -> tuple[str, str]:
    """What the lines of the drawing are called: names would not fit beside them."""
    return _("ce jeu"), _("plateforme") if is_usual else _("jeu en usage")


def _marks(asked: Asked, sets: Sequence[Parameters]) -> list[Mark]:
    models = models_with(sets, territory=asked.territory, care=asked.care)
    return [
        mark_of(set_title(facts_of(model.parameters)), nearest_agreement(model))
        for model in models
    ]
