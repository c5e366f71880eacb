"""The figures of the page as lines of a file."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from ancrage.kit.tabular.cells import CellValue
from ancrage.web.overview.page import OverviewPage, Row


def overview_lines(page: OverviewPage) -> tuple[list[str], Iterable[Sequence[CellValue]]]:
    """Return the header and the lines: communes, then professions with their months."""
    header = [
        _("Tableau"),
        _("Code"),
        _("Nom"),
        _("Postes"),
        _("ETP"),
        _("Ancienneté médiane (jours)"),
        *page.heat.columns,
    ]
    width = len(page.heat.columns)
    return header, [
        *(_line(_("Communes"), row, width) for row in page.communes),
        *(_line(_("Métiers"), row, width) for row in page.professions),
    ]


def _line(table: str, row: Row, width: int) -> list[CellValue]:
    """One line as wide as the header: the months, after what is awaited already if it is shown."""
    months = row.by_month or (0,) * width
    counts = months if len(months) == width else (row.overdue, *months)
    fte = row.fte_hundredths / 100
    return [table, row.code, row.name, row.positions, fte, row.age_days, *counts]
