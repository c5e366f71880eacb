"""A study of where to put posts on paper: in the order of the page, to be redone by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.demography.enums import Care
from ancrage.demography.models import SitingStudy
from ancrage.demography.services.model import TerritoryModel, facts_of
from ancrage.demography.services.siting import parameters_in
from ancrage.kit.pdf import PACKAGE
from ancrage.web.demography.set_words import parameter_lines
from ancrage.web.demography.siting_words import (
    Gain,
    Plan,
    file_label,
    inputs_of,
    maps_of,
    names_in,
    plans_of,
    side_by_side,
)
from ancrage.web.demography.words import (
    NOT_OPPOSABLE,
    number,
    sentences_on,
    unit_of,
)
from ancrage.web.maps import printed_map
from ancrage.web.templatetags.dates import date_in_words

TEMPLATE = PACKAGE / "web" / "templates" / "demography" / "study.typ"


def heading_of(study: SitingStudy) -> str:
    """« Médecins généralistes : où placer 3 postes »."""
    text = ngettext(
        "%(care)s : où placer %(posts)d poste",
        "%(care)s : où placer %(posts)d postes",
        study.posts,
    )
    return text % {"care": Care(study.care).label, "posts": study.posts}


def paper_of(
    study: SitingStudy, model: TerritoryModel, *, version: str, now: datetime
) -> Mapping[str, Any]:
    """Return what the template prints: all that redoing the study takes."""
    care = Care(study.care)
    names = names_in(study)
    plans = plans_of(study, names)
    facts = facts_of(parameters_in(study))
    is_old = study.digest != model.digest
    return {
        "heading": heading_of(study),
        "overline": f"{study.territory.name} · {care.label}",
        "mark": str(NOT_OPPOSABLE),
        "question": _question(study),
        "old": _("Les fichiers ont changé depuis cette étude.") if is_old else "",
        "plans": [_plan(plan) for plan in plans],
        "columns": [_("Mesure"), _("Aujourd’hui"), *(plan.short for plan in plans)],
        "measures": [[label, *values] for label, values in side_by_side(study, plans)],
        "maps": [printed_map(one) for one in maps_of(study, plans[0], names)],
        "gain_columns": [_("Commune"), _("Aujourd’hui"), *(plan.short for plan in plans)],
        "gains": _gains(plans),
        "inputs": [list(pair) for pair in inputs_of(study)],
        "parameters": [list(pair) for pair in parameter_lines(facts)],
        "sources": [file_label(row) for row in study.used],
        # Those of today: they are of other files once these have changed.
        "notes": [] if is_old else [one.text for one in sentences_on(model)],
        "made": _("Étude du %(day)s, par Ancrage %(version)s ; imprimée le %(today)s.")
        % {
            "day": date_in_words(localtime(study.asked_at), "j F Y"),
            "version": version,
            "today": date_in_words(localtime(now), "j F Y"),
        },
        "words": {
            "unit": unit_of(care),
            "answers": _("Les trois réponses"),
            "table": _("Les trois réponses, côte à côte"),
            "where": _("Avant et après : %(goal)s") % {"goal": plans[0].goal.label},
            "gains": _("Communes qui gagnent"),
            "gains_note": _(
                "L’accès aujourd’hui, puis avec les postes de chaque réponse ; en gras, ce qui "
                "change. Personne n’y perd."
            ),
            "nobody": _("Aucune commune ne gagne."),
            "proved": _("Prouvé"),
            "not_proved": _("Écart possible"),
            "inputs": _("Ce qui a été demandé"),
            "parameters": _("Paramètres"),
            "what": _("Paramètre"),
            "value": _("Valeur"),
            "sources": _("Fichiers"),
            "notes": _("Ce qu’il faut savoir"),
            "unprintable": _("lettre qu’aucune police ne dessine ici"),
        },
    }


def _question(study: SitingStudy) -> str:
    text = ngettext(
        "Où placer %(posts)d poste dans le territoire %(name)s, pour trois objectifs ; lu "
        "d’abord : « %(goal)s ».",
        "Où placer %(posts)d postes dans le territoire %(name)s, pour trois objectifs ; lu "
        "d’abord : « %(goal)s ».",
        study.posts,
    )
    return text % {
        "posts": study.posts,
        "name": study.territory.name,
        "goal": study.get_goal_display(),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "goal": str(plan.goal.label),
        "posts": [
            ngettext("%(name)s : %(posts)d poste", "%(name)s : %(posts)d postes", one.posts)
            % {"name": one.name, "posts": one.posts}
            for one in plan.placed
        ],
        "answer": plan.answer,
        "proof": plan.proof,
        "proved": plan.proved,
        "remarks": list(plan.remarks),
    }


def _gaining(one: Gain) -> str:
    if one.is_computed:
        return _("%(name)s (calculé)") % {"name": one.name}
    return one.name if one.inside else _("%(name)s (autour)") % {"name": one.name}


def _gains(plans: Sequence[Plan]) -> list[list[Any]]:
    """One line by commune that gains somewhere, most first; each value, and whether it moved."""
    found: dict[str, dict[int, float]] = {}
    known = {one.code: one for plan in plans for one in plan.gains}
    for rank, plan in enumerate(plans):
        for one in plan.gains:
            found.setdefault(one.code, {})[rank] = one.after
    order = sorted(
        known.values(),
        key=lambda one: (not one.inside, one.before - max(found[one.code].values()), one.name),
    )
    return [
        [
            _gaining(one),
            number(one.before, 2),
            *(
                [number(found[one.code].get(rank, one.before), 2), rank in found[one.code]]
                for rank in range(len(plans))
            ),
        ]
        for one in order
    ]
