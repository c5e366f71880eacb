"""Studies of where to put posts, in words: the answer, the proof, who gains."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.demography.enums import Care, Dataset, SitingGoal
from ancrage.demography.models import SitingStudy
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.territory.models import Commune
from ancrage.web.demography.words import NOT_OPPOSABLE, number, people_text, signed

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Placed:
    """A commune that receives posts."""

    name: str
    code: str
    posts: int


@dataclass(frozen=True)
class Gain:
    """A commune that gains, inside or around."""

    name: str
    code: str
    before: float
    after: float
    inside: bool

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


def plans_of(study: SitingStudy) -> list[Plan]:
    """Return the answers of a study, the objective it was asked for first."""
    names = names_in(study)
    inside = frozenset(study.territory.communes.values_list("insee", flat=True))
    plans = [_plan(study, row, names, inside) for row in study.plans]
    return sorted(plans, key=lambda plan: plan.goal != study.goal)


def names_in(study: SitingStudy) -> dict[str, str]:
    """Return the names of the communes a study speaks of, by code."""
    codes = {code for row in study.plans for code, _before, _after in row["gains"]}
    codes |= {code for row in study.plans for code, _count in row["posts"]}
    codes |= {code for row in study.plans for code in row["stuck"]}
    codes |= {*study.candidates, *study.alone}
    return dict(Commune.objects.filter(insee__in=codes).values_list("insee", "name"))


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
    for row in study.used:
        yield (_("Fichier"), "", "", file_label(row), None, None, None, row["url"])
    names = names_in(study)
    for code in study.candidates:
        yield (_("Commune possible"), "", code, names.get(code, code), None, None, None, "")
    for plan in plans:
        goal = str(plan.goal.label)
        yield (_("Preuve"), goal, "", plan.answer, None, None, None, plan.proof)
        for one in plan.placed:
            yield (_("Poste"), goal, one.code, one.name, one.posts, None, None, "")
        for gain in plan.gains:
            before, after = round(gain.before, 4), round(gain.after, 4)
            yield (_("Commune qui gagne"), goal, gain.code, gain.name, None, before, after, "")


def inputs_of(study: SitingStudy) -> list[tuple[str, str]]:
    """What was asked, as pairs."""
    return [
        (_("Profession"), str(Care(study.care).label)),
        (_("Postes à placer"), str(study.posts)),
        (_("Dans une même commune, au plus"), str(study.most)),
        (_("Seuil"), number(study.target, 2)),
        (_("Communes possibles"), study.get_among_display()),
        (_("« Tout près », en minutes"), str(study.near)),
        (_("Paramètres"), study.parameters),
        (_("Empreinte des données"), study.digest[:12]),
        (_("Nature"), NOT_OPPOSABLE),
    ]


def _plan(study: SitingStudy, row: Row, names: Mapping[str, str], inside: frozenset[str]) -> Plan:
    goal = SitingGoal(row["objective"])
    placed = tuple(
        Placed(names.get(code, code), code, count)
        for code, count in sorted(row["posts"], key=lambda one: (-one[1], one[0]))
    )
    gains = tuple(
        Gain(names.get(code, code), code, before, after, code in inside)
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


def _remarks(
    study: SitingStudy, goal: SitingGoal, row: Row, total: int, names: Mapping[str, str]
) -> Iterator[str]:
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
