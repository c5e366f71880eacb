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
        _("Ancienneté médiane"),
        *page.heat.columns,
    ]
    return header, [
        *(_line(_("Communes"), row, []) for row in page.communes),
        *(
            _line(_("Métiers"), row, [int(cell.value) for cell in heat.cells])
            for row, heat in zip(page.professions, page.heat.rows, strict=True)
        ),
    ]


def _line(table: str, row: Row, months: list[int]) -> list[CellValue]:
    return [table, row.code, row.name, row.positions, row.fte, row.age, *months]
