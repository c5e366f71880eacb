"""The report of an event as tables of words and figures: the page, the workbook, the paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.events.enums import ContactOutcome
from ancrage.events.queries import EventReport, Horizon
from ancrage.kit.tabular.cells import CellValue


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table: its title, what its figures mean, its columns, its lines (the first cell names)."""

    title: str
    note: str
    columns: Sequence[str]
    lines: Sequence[Sequence[CellValue]]


def tables_of(report: EventReport) -> list[ReportTable]:
    """Return the tables of a report, in the order of the evening."""
    tables = [
        ReportTable(
            title=_("Participation"),
            note=_("Personnes qui avaient une place, puis celles qui sont venues."),
            columns=[_("Côté"), _("Inscrits"), _("Venus"), _("Absents"), _("Désistements")],
            lines=[
                [capfirst(side.name), side.registered, side.came, side.missing, side.gave_up]
                for side in report.sides
            ],
        )
    ]
    if report.horizons:
        tables.append(_became(report.horizons))
    return tables


def _became(horizons: Sequence[Horizon]) -> ReportTable:
    lines: list[list[CellValue]] = [
        [str(outcome.label), *(one.outcomes.get(outcome, 0) for one in horizons)]
        for outcome in ContactOutcome
    ]
    return ReportTable(
        title=_("Ce que deviennent les contacts"),
        note=_(
            "Contacts selon la réponse la plus engagée des deux côtés. La dernière ligne compte"
            " les contacts dont au moins un côté a répondu."
        ),
        columns=[_("Suite"), *(month_words(one.months) for one in horizons)],
        lines=[*lines, [_("Contacts renseignés"), *(one.told for one in horizons)]],
    )


def month_words(months: int) -> str:
    """Return « 3 mois »."""
    return ngettext("%(n)d mois", "%(n)d mois", months) % {"n": months}


def figures_of(report: EventReport) -> list[tuple[str, str, str]]:
    """Return the four figures at the head of the report: label, figure, what it is out of."""
    latest = report.latest
    lasting = latest.lasting if latest else 0
    return [
        (
            _("Personnes venues"),
            number_format(report.came, use_l10n=True),
            _("sur %(total)d inscrites") % {"total": report.registered},
        ),
        (
            _("Rencontres tenues"),
            number_format(report.held, use_l10n=True),
            _("sur %(total)d prévues") % {"total": report.planned},
        ),
        (
            _("Contacts ouverts"),
            number_format(report.contacts, use_l10n=True),
            _("oui des deux côtés"),
        ),
        (
            _("Installations et embauches"),
            number_format(lasting, use_l10n=True),
            _("à %(months)s") % {"months": month_words(latest.months)}
            if latest
            else _("pas encore de réponse"),
        ),
    ]


def sentence_of(report: EventReport) -> str:
    """Return what to remember, in a sentence."""
    if not report.contacts:
        return _("Pas encore de contact ouvert.")
    opened = ngettext("%(n)d contact ouvert", "%(n)d contacts ouverts", report.contacts) % {
        "n": report.contacts
    }
    latest = report.latest
    if latest is None:
        return _("%(opened)s ; les premières suites seront demandées un mois après.") % {
            "opened": opened
        }
    became = ngettext("%(n)d a abouti", "%(n)d ont abouti", latest.results) % {"n": latest.results}
    return _("%(opened)s ; à %(months)s, %(became)s.") % {
        "opened": opened,
        "months": month_words(latest.months),
        "became": became,
    }


def opinion_words(report: EventReport) -> str:
    """Return the mean of the opinions in words, or why it is not given."""
    given = report.opinions
    if given.mean is None:
        return _("Les avis paraissent à partir de cinq, pour que personne ne soit reconnu.")
    return _("%(mean)s sur 5, %(count)d avis") % {
        "mean": number_format(given.mean, decimal_pos=1),
        "count": given.count,
    }
