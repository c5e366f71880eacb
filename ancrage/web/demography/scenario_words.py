"""Scenarios in words: steps, what follows from them, what they were read from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.demography.enums import Dataset, StepKind
from ancrage.demography.models import Scenario
from ancrage.demography.services.model import facts_of
from ancrage.demography.services.scenarios import Effect, Outcome, Step, parameters_in
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.web.demography.set_words import parameter_lines, set_line
from ancrage.web.demography.words import NOT_OPPOSABLE, number, people_text, signed


@dataclass(frozen=True)
class Source:
    """A file that a scenario was read from, as it was called then."""

    label: str
    year: int
    source: str
    licence: str
    digest: str

    @property
    def text(self) -> str:
        """« Professionnels par commune, 2024 : Insee (Licence Ouverte) »."""
        return _("%(label)s, %(year)d : %(source)s (%(licence)s)") % {
            "label": self.label,
            "year": self.year,
            "source": self.source,
            "licence": self.licence,
        }


def step_text(step: Step) -> str:
    """« 1 professionnel s’installe à Frossay »."""
    if step.kind is StepKind.PEOPLE:
        sign = "+" if step.people > 0 else "−"
        shown = number_format(abs(step.people), 0, use_l10n=True, force_grouping=True)
        return _("%(name)s : %(count)s habitants") % {"name": step.name, "count": sign + shown}
    names = {"name": step.name, "to": step.to_name, "count": posts_text(step.posts)}
    return {
        StepKind.ARRIVES: _("%(count)s de plus à %(name)s"),
        StepKind.LEAVES: _("%(count)s de moins à %(name)s"),
        StepKind.HALF: _("%(count)s à mi-temps à %(name)s"),
        StepKind.MOVES: _("%(count)s de %(name)s à %(to)s"),
    }[step.kind] % names


def posts_text(hundredths: int) -> str:
    """« 1 professionnel », « 0,5 professionnel »."""
    value = hundredths / 100
    digits = 0 if hundredths % 100 == 0 else 1 if hundredths % 10 == 0 else 2
    return ngettext("%(shown)s professionnel", "%(shown)s professionnels", int(value)) % {
        "shown": number(value, digits)
    }


def headline(outcome: Outcome) -> str:
    """Return what a scenario does, in one sentence."""
    gain = sum(one.people for one in outcome.gainers if one.inside)
    lose = sum(one.people for one in outcome.losers if one.inside)
    if not gain and not lose:
        return _("Rien ne bouge dans le territoire.")
    if gain and lose:
        return _("%(gain)s y gagnent, %(lose)s y perdent.") % {
            "gain": people_text(gain),
            "lose": people_text(lose),
        }
    if gain:
        return _("%(gain)s y gagnent, personne n’y perd.") % {"gain": people_text(gain)}
    return _("%(lose)s y perdent, personne n’y gagne.") % {"lose": people_text(lose)}


def crossings(outcome: Outcome) -> list[str]:
    """Return who falls under the threshold and who rises to it."""
    if outcome.threshold is None:
        return []
    told = []
    for found, text in (
        (outcome.fallen, _("Passent sous %(threshold)s : %(names)s (%(people)s).")),
        (outcome.risen, _("Repassent à %(threshold)s ou plus : %(names)s (%(people)s).")),
    ):
        inside = [one for one in found if one.inside]
        if inside:
            told.append(
                text
                % {
                    "threshold": number(outcome.threshold),
                    "names": ", ".join(one.name for one in inside),
                    "people": people_text(sum(one.people for one in inside)),
                }
            )
    if not told:
        told.append(
            _("Aucune commune du territoire ne passe le seuil de %(threshold)s.")
            % {"threshold": number(outcome.threshold)}
        )
    return told


def under_change(outcome: Outcome) -> str:
    """Return how many people more or fewer live under the threshold."""
    if outcome.under is None:
        return ""
    more = round(outcome.under[1]) - round(outcome.under[0])
    if not more:
        return _("autant qu’aujourd’hui")
    text = _("%(people)s de plus") if more > 0 else _("%(people)s de moins")
    return text % {"people": people_text(abs(more))}


def mean_change(outcome: Outcome) -> str:
    """Return what the mean inhabitant gains or loses."""
    if outcome.mean is None:
        return ""
    return _("%(change)s par rapport à aujourd’hui") % {
        "change": signed(outcome.mean[1] - outcome.mean[0])
    }


def sources_of(scenario: Scenario) -> list[Source]:
    """Return what a scenario was read from."""
    return [
        Source(
            str(Dataset(one["dataset"]).label),
            one["year"],
            one["source"],
            one["licence"],
            one["digest"][:12],
        )
        for one in scenario.used
    ]


def shown_effects(outcome: Outcome) -> list[Effect]:
    """Return the communes that gain or lose, the largest change first."""
    found = [*outcome.gainers, *outcome.losers]
    return sorted(found, key=lambda one: (-abs(one.change), one.name, one.code))


def columns() -> list[ColumnToWrite]:
    """Return the heads of the file of a result."""
    return [
        ColumnToWrite(_("Code INSEE"), 10),
        ColumnToWrite(_("Commune"), 28),
        ColumnToWrite(_("Du territoire"), 10),
        ColumnToWrite(_("Habitants"), 12),
        ColumnToWrite(_("Accès publié"), 12),
        ColumnToWrite(_("Ce qui change"), 12),
        ColumnToWrite(_("Accès publié et ce qui change"), 14),
        ColumnToWrite(_("Modèle, avant"), 14),
        ColumnToWrite(_("Modèle, après"), 14),
        ColumnToWrite(_("Scénario"), 60),
    ]


def lines(
    scenario: Scenario, outcome: Outcome, steps: Sequence[Step], version: str
) -> Iterable[list[CellValue]]:
    """Return the lines of a result, each with its assumptions, its parameters and its files."""
    facts = facts_of(parameters_in(scenario))
    told = " ; ".join(
        [
            f"{scenario.name} ({NOT_OPPOSABLE})",
            *(step_text(step) for step in steps),
            set_line(facts),
            *(f"{what} : {value}" for what, value in parameter_lines(facts)[2:]),
            *(f"{one.text} [{one.digest}]" for one in sources_of(scenario)),
            version,
        ]
    )
    for one in shown_effects(outcome):
        yield [
            one.code,
            one.name,
            _("oui") if one.inside else _("non"),
            one.people,
            one.published,
            one.change,
            one.anchored,
            one.before,
            one.after,
            told,
        ]
