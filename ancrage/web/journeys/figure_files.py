"""The figures as a file. Small numbers stay behind for everybody: a file goes further than its
reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ancrage.journeys.queries.figures import FigureFilter
from ancrage.journeys.services.figures import Figures
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite
from ancrage.web.journeys import counting


@dataclass(frozen=True)
class FigureTable:
    """One table of the page: its title, its columns, its lines; None is hidden."""

    title: str
    columns: Sequence[str]
    lines: Sequence[Sequence[CellValue]]


def tables_of(search: FigureFilter, figures: Figures) -> list[FigureTable]:
    """Return what the page shows, in its order, after what it is about. Two queries."""
    steps = counting.steps_of(figures.funnel)
    whole = [str(step.label) for step in steps]
    people, months = _("Personnes"), _("Mois")
    return [
        FigureTable(_("Critères"), [_("Critère"), _("Valeur")], _criteria(search)),
        FigureTable(
            _("Entonnoir"),
            [_("Étape"), people],
            [[str(step.label), step.count] for step in steps],
        ),
        FigureTable(
            _("Restées"),
            [months, _("Embauches"), _("Restées"), _("Parties"), _("Sans nouvelles")],
            [
                [kept.months, kept.due, kept.kept, kept.left, kept.unknown]
                for kept in figures.funnel.kept
            ],
        ),
        FigureTable(
            _("Délais"),
            [_("Délai"), _("Jours (médiane)"), people],
            [
                [str(line.label), line.days, line.people]
                for line in counting.delays_in_words(figures)
            ],
        ),
        FigureTable(
            _("Fidélisation"),
            [months, _("Encore là (%)"), _("Au moins (%)"), _("Au plus (%)"), _("Suivies")],
            [
                [line.months, line.share, line.low, line.high, line.at_risk]
                for line in counting.readings_of(figures.retention)
            ],
        ),
        FigureTable(
            _("Départs"), [_("Raison"), _("Départs")], _counted(counting.reasons_in_words(figures))
        ),
        FigureTable(
            _("Par métier"),
            [_("Métier"), *whole],
            _counted(counting.lines_by_profession(figures.by_profession)),
        ),
        FigureTable(
            _("Par origine"),
            [_("Origine"), *whole],
            _counted(counting.lines_by_origin(figures.by_origin)),
        ),
        FigureTable(
            _("Par structure"),
            # Before the introduction, nobody belongs to one.
            [_("Structure"), *whole[2:]],
            _counted(counting.lines_by_partner(figures.by_partner)),
        ),
    ]


def flat_lines(tables: Sequence[FigureTable]) -> Iterator[list[CellValue]]:
    """Return one line a number: its table, its row, what it counts, and the number."""
    for table in tables:
        for line in table.lines:
            for label, value in zip(table.columns[1:], line[1:], strict=True):
                yield [table.title, line[0], label, _shown(value)]


def sheets_of(tables: Sequence[FigureTable]) -> list[SheetToWrite]:
    """Return one sheet a table."""
    return [
        SheetToWrite(
            table.title,
            [ColumnToWrite(label, 16 if rank else 36) for rank, label in enumerate(table.columns)],
            ([line[0], *(_shown(value) for value in line[1:])] for line in table.lines),
        )
        for table in tables
    ]


def _shown(value: CellValue) -> CellValue:
    return _("masqué") if value is None else value


def _counted(lines: Sequence[counting.Line]) -> list[list[CellValue]]:
    return [[line.label, *line.counts] for line in lines]


def _criteria(search: FigureFilter) -> list[list[CellValue]]:
    every = _("Toutes")
    return [
        [_("Territoire"), search.territory.name],
        [_("Personnes connues en"), search.year or every],
        [_("Métier"), str(search.profession) if search.profession else _("Tous")],
        [_("Origine"), counting.origin_in_words(search.origin) if search.origin else every],
        [_("Structure"), str(search.partner) if search.partner else every],
        [_("Règle"), _("Les nombres de moins de cinq personnes sont masqués.")],
    ]
