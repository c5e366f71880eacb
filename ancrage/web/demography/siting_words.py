"""Studies of where to put posts, in words: the answer, the proof, who gains."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.demography.enums import Among, Care, Dataset, SitingGoal
from ancrage.demography.models import SitingStudy
from ancrage.demography.services.model import facts_of
from ancrage.demography.services.siting import NATIONAL_MEANS, NEARER_MINUTES, parameters_in
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.territory.models import Commune
from ancrage.web.demography.drawing import siting_map
from ancrage.web.demography.set_words import parameter_lines, set_line
from ancrage.web.demography.words import NOT_OPPOSABLE, number, people_text, signed
from ancrage.web.maps import MapDrawing

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Placed:
    """A commune that receives posts."""

    name: str
    code: str
    posts: int


@dataclass(frozen=True)
class Gain:
    """A commune that gains, inside or around, and the posts it receives."""

    name: str
    code: str
    before: float
    after: float
    inside: bool
    posts: int = 0
    target: float = 0.0
    is_computed: bool = False

    @property
    def rises(self) -> bool:
        """Whether it was under the threshold, and no longer is."""
        return not self.is_computed and self.before < self.target <= self.after

    @property
    def stays_under(self) -> bool:
        """Whether it is under the threshold, even so."""
        return not self.is_computed and self.after < self.target

    @property
    def more(self) -> str:
        """« +0,31 »."""
        return signed(self.after - self.before)


@dataclass(frozen=True)
class Plan:
    """The answer to one objective.

    Attributes:
        goal: the objective.
        placed: where posts go, most first.
        answer: what it changes, in a sentence.
        proof: how good that is, in a sentence.
        proved: whether no plan does better.
        remarks: what else must be known.
        measures: the territory with these posts.
        gains: who gains, most first.
        posts: how many are placed.
    """

    goal: SitingGoal
    placed: tuple[Placed, ...]
    answer: str
    proof: str
    proved: bool
    remarks: tuple[str, ...]
    measures: Row
    gains: tuple[Gain, ...]
    posts: int

    @property
    def short(self) -> str:
        """The objective in a word or two, above a column."""
        return {
            SitingGoal.DEFICIT: _("Réduire le manque"),
            SitingGoal.WORST_OFF: _("Relever la moins bien servie"),
            SitingGoal.COVER: _("Couvrir"),
        }[self.goal]


def plans_of(study: SitingStudy, names: Mapping[str, str] | None = None) -> list[Plan]:
    """Return the answers of a study, the objective it was asked for first."""
    names = names_in(study) if names is None else names
    inside = frozenset(study.territory.communes.values_list("insee", flat=True))
    plans = [_plan(study, row, names, inside) for row in study.plans]
    return sorted(plans, key=lambda plan: plan.goal != study.goal)


def names_in(study: SitingStudy) -> dict[str, str]:
    """Return the names of the communes a study speaks of, by code."""
    codes = {code for row in study.plans for code, _before, _after in row["gains"]}
    codes |= {code for row in study.plans for code, _count in row["posts"]}
    codes |= {code for row in study.plans for code in row["stuck"]}
    codes |= {*study.candidates, *study.alone, *study.access}
    return dict(Commune.objects.filter(insee__in=codes).values_list("insee", "name"))


def others_in(study: SitingStudy, plan: Plan, names: Mapping[str, str]) -> list[Gain]:
    """Return the communes of the territory that a plan brings nothing, by name."""
    gained = {one.code for one in plan.gains}
    return sorted(
        (
            Gain(names.get(code, code), code, value, value, inside=True, target=study.target)
            for code, value in study.access.items()
            if code not in gained
        ),
        key=lambda one: (one.name, one.code),
    )


def maps_of(study: SitingStudy, plan: Plan, names: Mapping[str, str]) -> list[MapDrawing]:
    """Return the territory today and with the posts of a plan; nothing where none can be drawn."""
    if not study.access:
        return []
    after = study.access | {one.code: one.after for one in plan.gains if one.code in study.access}
    posts = {one.code: one.posts for one in plan.placed}
    draw = partial(siting_map, study.territory, names=names, target=study.target)
    drawn = [draw(access=study.access), draw(access=after, posts=posts, goal=str(plan.goal.label))]
    return [one for one in drawn if one is not None]


def side_by_side(study: SitingStudy, plans: Sequence[Plan]) -> list[tuple[str, list[str]]]:
    """The measures of today and of each plan, one row by measure."""
    columns = [study.today, *(plan.measures for plan in plans)]
    lack = _("Ce qui manque sous le seuil (%(unit)s)") % {"unit": unit_of_lack(study.care)}
    near = _("Habitants qui ont quelqu’un à %(minutes)d minutes") % {"minutes": study.near}
    farthest = _("Au plus loin, quelqu’un est à (minutes)")
    return [
        (lack, [lack_text(study, one["lack"]) for one in columns]),
        (_("Habitants sous le seuil"), [number(one["people_under"], 0) for one in columns]),
        (_("Communes sous le seuil"), [str(one["communes_under"]) for one in columns]),
        (_("La moins bien servie"), [number(one["worst"], 2) for one in columns]),
        (near, [number(one["covered"], 0) for one in columns]),
        (farthest, [number(one["farthest"], 0) for one in columns]),
    ]


def unit_of_lack(care: str) -> str:
    """What people lack is counted in."""
    return _("consultations par an") if care == Care.GP else _("postes à plein temps")


def lack_text(study: SitingStudy, value: float) -> str:
    """« 12 300 », or « 1,3 » where posts are counted."""
    if study.care == Care.GP:
        return number_format(round(value), 0, use_l10n=True, force_grouping=True)
    return number(value, 1)


def file_label(row: Row) -> str:
    """« Professionnels par commune, 2017 : Insee… (Licence Ouverte 2.0) »."""
    return _("%(what)s, %(year)d : %(source)s (%(licence)s)") % {
        "what": Dataset(row["dataset"]).label,
        "year": row["year"],
        "source": row["source"],
        "licence": row["licence"],
    }


def csv_columns() -> list[ColumnToWrite]:
    """The columns of the file of a study."""
    return [
        ColumnToWrite(_("Rubrique"), 24),
        ColumnToWrite(_("Objectif"), 30),
        ColumnToWrite(_("Code INSEE"), 10),
        ColumnToWrite(_("Commune, ou intitulé"), 40),
        ColumnToWrite(_("Postes"), 8),
        ColumnToWrite(_("Avant"), 12),
        ColumnToWrite(_("Après"), 12),
        ColumnToWrite(_("Précision"), 60),
    ]


def csv_lines(study: SitingStudy, plans: Sequence[Plan]) -> Iterator[Sequence[CellValue]]:
    """What was asked, from which files, the posts, who gains: all that it takes to redo it."""
    for label, value in inputs_of(study):
        yield (_("Demande"), "", "", label, None, None, None, value)
    for label, value in parameter_lines(facts_of(parameters_in(study))):
        yield (_("Paramètre"), "", "", label, None, None, None, value)
    for row in study.used:
        yield (_("Fichier"), "", "", file_label(row), None, None, None, row["url"])
    names, computed = names_in(study), _("calculé : pas de valeur publiée")
    for code in study.candidates:
        yield (_("Commune possible"), "", code, names.get(code, code), None, None, None, "")
    for plan in plans:
        goal = str(plan.goal.label)
        yield (_("Preuve"), goal, "", plan.answer, None, None, None, plan.proof)
        for one in plan.placed:
            yield (_("Poste"), goal, one.code, one.name, one.posts, None, None, "")
        for gain in plan.gains:
            before, after = round(gain.before, 4), round(gain.after, 4)
            told = computed if gain.is_computed else ""
            yield (_("Commune qui gagne"), goal, gain.code, gain.name, None, before, after, told)


def asked_again(study: SitingStudy) -> str:
    """Return the query that begins another study with what this one asked."""
    asked: dict[str, Any] = {
        "postes": study.posts,
        "seuil": number(study.target, 2),
        "minutes": study.near,
        "objectif": study.goal,
        "parmi": study.among,
    }
    if study.most < study.posts:
        asked["au_plus"] = study.most
    if study.among == Among.CHOSEN:
        asked["communes"] = study.candidates
    if study.version is not None:
        asked["parametres"] = study.version.of.ref
    return urlencode(asked, doseq=True)


def inputs_of(study: SitingStudy) -> list[tuple[str, str]]:
    """What was asked, as pairs."""
    facts = facts_of(parameters_in(study))
    return [
        (_("Profession"), str(Care(study.care).label)),
        (_("Postes à placer"), str(study.posts)),
        (_("Dans une même commune, au plus"), str(study.most)),
        (_("Seuil"), number(study.target, 2)),
        (_("Communes possibles"), study.get_among_display()),
        (_("« Tout près », en minutes"), str(study.near)),
        (_("Paramètres"), set_line(facts)),
        (_("Empreinte des données"), study.digest[:12]),
        (_("Nature"), str(NOT_OPPOSABLE)),
    ]


def _plan(study: SitingStudy, row: Row, names: Mapping[str, str], inside: frozenset[str]) -> Plan:
    goal = SitingGoal(row["objective"])
    placed = tuple(
        Placed(names.get(code, code), code, count)
        for code, count in sorted(row["posts"], key=lambda one: (-one[1], one[0]))
    )
    gains = tuple(
        Gain(
            names.get(code, code),
            code,
            before,
            after,
            code in inside,
            next((one.posts for one in placed if one.code == code), 0),
            study.target,
            code in inside and bool(study.access) and code not in study.access,
        )
        for code, before, after in sorted(row["gains"], key=lambda one: (one[1] - one[2], one[0]))
    )
    total = sum(one.posts for one in placed)
    return Plan(
        goal=goal,
        placed=placed,
        answer=_answer(study, goal, row, total),
        proof=_proof(study, goal, row),
        proved=bool(row["searched"] or row["gap"] == 0),
        remarks=tuple(_remarks(study, goal, row, total, names)),
        measures=row["measures"],
        gains=gains,
        posts=total,
    )


def _answer(study: SitingStudy, goal: SitingGoal, row: Row, total: int) -> str:
    if goal == SitingGoal.DEFICIT and row["before"] <= 0:
        return _("Personne n’est sous le seuil : aucun poste n’est nécessaire pour cet objectif.")
    if goal == SitingGoal.COVER and not total and not row["stuck"]:
        return _("Tout le monde a déjà quelqu’un à %(minutes)d minutes.") % {"minutes": study.near}
    if not total:
        return _("Aucun poste n’apporterait quoi que ce soit à cet objectif.")
    if goal == SitingGoal.DEFICIT:
        return _(
            "Ce qui manque aux habitants sous le seuil passe de %(before)s à %(after)s %(unit)s, "
            "soit %(share)s %% de moins."
        ) % {
            "before": lack_text(study, row["before"]),
            "after": lack_text(study, row["value"]),
            "unit": unit_of_lack(study.care),
            "share": number(100 * (1 - row["value"] / row["before"]), 0),
        }
    if goal == SitingGoal.WORST_OFF:
        return _("La commune la moins bien servie passe de %(before)s à %(after)s.") % {
            "before": number(row["before"], 2),
            "after": number(row["value"], 2),
        }
    return _("%(after)s ont quelqu’un à %(minutes)d minutes, au lieu de %(before)s.") % {
        "after": people_text(row["value"]),
        "before": people_text(row["before"]),
        "minutes": study.near,
    }


def _proof(study: SitingStudy, goal: SitingGoal, row: Row) -> str:
    if row["searched"] or row["gap"] == 0:
        return _(
            "On ne peut pas faire mieux : aucune autre façon de placer ces postes n’y arrive."
        )
    if row["bound"] is None:
        return _("La meilleure réponse n’a pas été cherchée : chaque poste a été placé au mieux.")
    shown = {
        SitingGoal.DEFICIT: lambda: lack_text(study, row["bound"]),
        SitingGoal.WORST_OFF: lambda: number(row["bound"], 2),
        SitingGoal.COVER: lambda: people_text(row["bound"]),
    }[goal]()
    gap = number(100 * row["gap"], 1)
    if goal == SitingGoal.DEFICIT:
        text = _(
            "On ne peut pas descendre sous %(bound)s : il manque au plus %(gap)s %% de ce que "
            "gagnerait la meilleure réponse."
        )
    else:
        text = _(
            "On ne peut pas dépasser %(bound)s : il manque au plus %(gap)s %% de ce que "
            "gagnerait la meilleure réponse."
        )
    return text % {"bound": shown, "gap": gap}


def _higher(study: SitingStudy) -> str:
    mean = NATIONAL_MEANS.get(Care(study.care))
    if mean and mean[0] > study.target:
        return _(
            "Plus personne n’est sous %(target)s. Un seuil plus haut dirait ce qui manque "
            "encore : l’accès moyen en France était de %(mean)s en %(year)d."
        ) % {"target": number(study.target, 2), "mean": number(mean[0]), "year": mean[1]}
    return _(
        "Plus personne n’est sous %(target)s. Un seuil plus haut dirait ce qui manque encore."
    ) % {"target": number(study.target, 2)}


def _closer(study: SitingStudy) -> str:
    farthest = study.today.get("farthest")
    if not farthest:
        return _("Cet objectif ne départage rien : chaque commune a déjà quelqu’un chez elle.")
    return _(
        "Cet objectif ne départage donc rien : au plus loin, on a quelqu’un à %(farthest)d "
        "minutes. Cherchez avec moins de minutes, %(proposed)d par exemple."
    ) % {
        "farthest": math.ceil(farthest),
        "proposed": max(1, min(NEARER_MINUTES, math.ceil(farthest) - 1)),
    }


def _remarks(
    study: SitingStudy, goal: SitingGoal, row: Row, total: int, names: Mapping[str, str]
) -> Iterator[str]:
    if goal == SitingGoal.DEFICIT and row["before"] > 0 >= row["value"]:
        yield _higher(study)
    if goal == SitingGoal.COVER and not total and not row["stuck"]:
        yield _closer(study)
    if 0 < total < study.posts:
        yield ngettext(
            "%(count)d poste suffit : les autres n’apporteraient rien de plus à cet objectif.",
            "%(count)d postes suffisent : les autres n’apporteraient rien de plus à cet objectif.",
            total,
        ) % {"count": total}
    if row["stuck"]:
        listed = ", ".join(names.get(code, code) for code in row["stuck"])
        yield {
            SitingGoal.COVER: _("Qu’aucune commune possible ne peut couvrir : %(names)s."),
        }.get(
            goal, _("Sous le seuil, et qu’aucune commune possible ne peut aider : %(names)s.")
        ) % {"names": listed}
