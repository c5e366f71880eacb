"""A scenario on paper: texts in the reader's language, in the order of the page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ancrage.demography.enums import Care
from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios as services
from ancrage.demography.services.model import TerritoryModel, facts_of
from ancrage.kit.pdf import PACKAGE
from ancrage.web.demography.drawing import scenario_map
from ancrage.web.demography.scenario_words import (
    crossings,
    headline,
    shown_effects,
    sources_of,
    step_text,
)
from ancrage.web.demography.set_words import parameter_lines
from ancrage.web.demography.words import (
    NOT_OPPOSABLE,
    number,
    sentences_on,
    signed,
    unit_of,
)
from ancrage.web.maps import printed_map
from ancrage.web.templatetags.dates import date_in_words

TEMPLATE = PACKAGE / "web" / "templates" / "demography" / "scenario.typ"


def paper_of(
    scenario: Scenario, model: TerritoryModel, *, version: str, now: datetime
) -> Mapping[str, Any]:
    """Return what the template prints: all that redoing the computation takes."""
    outcome = services.outcome_of(scenario)
    care = Care(scenario.care)
    facts = facts_of(services.parameters_in(scenario))
    is_old = scenario.digest != model.digest
    drawing = scenario_map(scenario, outcome)
    return {
        "heading": scenario.name,
        "overline": f"{scenario.territory.name} · {care.label}",
        "mark": str(NOT_OPPOSABLE),
        "note": scenario.note,
        "headline": headline(outcome),
        "crossings": crossings(outcome),
        "old": _("Les fichiers ont changé depuis ce calcul.") if is_old else "",
        "steps": [step_text(step) for step in services.steps_of(scenario)],
        "map": printed_map(drawing) if drawing else None,
        "columns": [
            _("Commune"),
            _("Habitants"),
            _("Accès publié"),
            _("Ce qui change"),
            _("Ensemble"),
        ],
        "rows": [
            [
                one.name if one.inside else _("%(name)s (autour)") % {"name": one.name},
                number(one.people, 0),
                number(one.published, 2),
                signed(one.change),
                number(one.anchored, 2),
            ]
            for one in shown_effects(outcome)
        ],
        "patients": [_patients(one) for one in outcome.patients],
        "parameters": [list(pair) for pair in parameter_lines(facts)],
        "sources": [f"{one.text} [{one.digest}]" for one in sources_of(scenario)],
        # Those of today: they are of another computation once the files have changed.
        "notes": [] if is_old else [one.text for one in sentences_on(model)],
        "made": _("Calculé le %(day)s par Ancrage %(version)s ; imprimé le %(today)s.")
        % {
            "day": date_in_words(localtime(scenario.computed_at), "j F Y"),
            "version": version,
            "today": date_in_words(localtime(now), "j F Y"),
        },
        "words": {
            "unit": unit_of(care),
            "steps": _("Ce qui est supposé"),
            "where": _("Ce que chaque commune gagne ou perd"),
            "communes": _("Communes qui gagnent ou perdent"),
            "nobody": _("Aucune commune ne gagne ni ne perd."),
            "patients": _("Patients à placer"),
            "parameters": _("Paramètres"),
            "what": _("Paramètre"),
            "value": _("Valeur"),
            "sources": _("Fichiers"),
            "notes": _("Ce qu’il faut savoir"),
            "unprintable": _("lettre qu’aucune police ne dessine ici"),
        },
    }


def _patients(one: services.ToPlace) -> list[str]:
    """Whom one commune leaves, then whose lists would grow."""
    said = (
        _("%(name)s : %(count)s patients à placer, dont %(nowhere)s sans personne à portée.")
        if round(one.nowhere)
        else _("%(name)s : %(count)s patients à placer.")
    )
    told = said % {
        "name": one.name,
        "count": number(one.looking, 0),
        "nowhere": number(one.nowhere, 0),
    }
    receivers = [
        _("%(name)s : %(more)s de plus") % {"name": name, "more": number(more, 0)}
        for name, more in one.receivers
    ]
    return [told, *receivers]
