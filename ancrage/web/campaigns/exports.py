"""The results as lines of a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ancrage.kit.tabular.cells import CellValue
from ancrage.needs.queries import FIGURES, CampaignResults, StructureResult
from ancrage.web.campaigns.words import LABELS, figure_number


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its header, its lines."""

    name: str
    labels: Sequence[str]
    rows: Sequence[Sequence[CellValue]]


def professions_sheet(results: CampaignResults) -> Sheet:
    """One line a profession: figures, then their changes with the last campaign."""
    return Sheet(
        _("Par métier"),
        [
            _("Identifiant du métier"),
            _("Métier"),
            _("Structures"),
            *(str(label) for label in LABELS.values()),
            *(_("Évolution : %(figure)s") % {"figure": label} for label in LABELS.values()),
        ],
        [
            [
                row.profession.code,
                row.profession.label,
                row.structures,
                *(figure_number(name, getattr(row.figures, name)) for name in FIGURES),
                *(figure_number(name, getattr(row.changes, name)) for name in FIGURES),
            ]
            for row in results.rows
        ],
    )


def structures_sheet(structures: Iterable[StructureResult]) -> Sheet:
    """One line a structure and profession."""
    return Sheet(
        _("Par structure"),
        [_("Structure"), _("Métier"), *(str(label) for label in LABELS.values())],
        [
            [
                result.answer.partner.name,
                line.profession.label,
                *(figure_number(name, getattr(line, name)) for name in FIGURES),
            ]
            for result in structures
            for line in result.lines
        ],
    )


def answers_sheet(structures: Iterable[StructureResult]) -> Sheet:
    """One line a structure and open question; comments last."""
    rows: list[list[CellValue]] = []
    for result in structures:
        name = result.answer.partner.name
        rows += [[name, text.question.text, text.text] for text in result.open_answers]
        if result.answer.comment:
            rows.append([name, _("Commentaire"), result.answer.comment])
    return Sheet(_("Réponses ouvertes"), [_("Structure"), _("Question"), _("Réponse")], rows)
