"""The results by profession as the page prints them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.needs.queries import FIGURES, CampaignResults, Figures
from ancrage.web.campaigns.words import (
    LABELS,
    change_text,
    figure_text,
    structures_text,
    trend_of,
)


@dataclass(frozen=True)
class Cell:
    """One figure, and how it has changed, in words."""

    name: str
    label: str
    text: str
    change: str
    trend: str


@dataclass(frozen=True)
class Row:
    """One profession."""

    name: str
    structures: str
    cells: tuple[Cell, ...]
    # Hundredths of FTE, for the bar.
    vacant: int


@dataclass(frozen=True)
class ResultsPage:
    """Everything the table and its panel print."""

    sentence: str
    rows: tuple[Row, ...]
    total: tuple[Cell, ...]
    largest: int
    before: str
    withheld: str


def build_page(results: CampaignResults, *, fewest: int) -> ResultsPage:
    """Put the results in words. `fewest` is what the note on professions withheld names."""
    rows = tuple(
        Row(
            row.profession.label,
            structures_text(row.structures),
            _cells(row.figures, row.changes),
            row.figures.vacant_fte or 0,
        )
        for row in results.rows
    )
    return ResultsPage(
        sentence=_sentence(results),
        rows=rows,
        total=_cells(results.total, results.changes),
        largest=max((row.vacant for row in rows), default=0),
        before=results.before.name if results.before else "",
        withheld=_withheld(results.withheld, fewest),
    )


def _cells(figures: Figures, changes: Figures) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            name,
            str(LABELS[name]),
            figure_text(name, getattr(figures, name)),
            change_text(name, getattr(changes, name)),
            trend_of(getattr(changes, name)),
        )
        for name in FIGURES
    )


def _sentence(results: CampaignResults) -> str:
    if not results.rows:
        return _("Aucun chiffre n’a encore été envoyé.")
    first = results.rows[0]
    vacant = first.figures.vacant_fte
    if not vacant:
        return _("Les structures ne déclarent aucun poste vacant.")
    facts = {
        "profession": first.profession.label,
        "fte": figure_text("vacant_fte", vacant),
        "total": figure_text("vacant_fte", results.total.vacant_fte),
    }
    return (
        _(
            "%(profession)s : c’est là qu’il manque le plus de monde, %(fte)s ETP sur "
            "%(total)s vacants."
        )
        % facts
    )


def _withheld(count: int, fewest: int) -> str:
    if not count:
        return ""
    text = ngettext(
        "%(count)d métier n’est pas montré : moins de %(fewest)d structures l’ont renseigné.",
        "%(count)d métiers ne sont pas montrés : moins de %(fewest)d structures les ont "
        "renseignés.",
        count,
    )
    return text % {"count": count, "fewest": fewest}
