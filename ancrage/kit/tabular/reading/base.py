"""What every reader offers."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from ancrage.kit.tabular.cells import CellValue, is_empty
from ancrage.kit.tabular.errors import (
    CellTooLong,
    DamagedFile,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    TooMuchText,
    UnknownSheet,
)
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.reading.formats import Format

# Ten times what a spreadsheet can number: only a forged file goes further.
_LAST_LINE = 10_485_760


@dataclass(frozen=True, slots=True)
class Row:
    """One line that holds something. `number` is the one the spreadsheet shows, from 1.

    `cells` stops at the last cell that holds something.
    """

    number: int
    cells: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; a text file has one sheet without a name."""

    name: str
    visible: bool = True


class Table(ABC):
    """A file opened as a table. Rows can be read again from the start, sheet by sheet."""

    format: Format
    sheets: tuple[Sheet, ...]

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.progress = 0.0
        """How far the last `rows` has read, from 0 to 1."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Forget what was opened. The stream itself belongs to the caller."""

    def sheet_called(self, name: str | None) -> Sheet:
        """The sheet of that name, or the first visible one for None. Raises UnknownSheet."""
        if name is None:
            return next((sheet for sheet in self.sheets if sheet.visible), self.sheets[0])
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        names = ", ".join(
            f"«\N{NO-BREAK SPACE}{sheet.name}\N{NO-BREAK SPACE}»" for sheet in self.sheets
        )
        raise UnknownSheet(sheet=name, sheets=names)

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """The lines that hold something, in order, within the limits.

        Raises UnknownSheet, DamagedFile, ForbiddenXml and the errors of the limits.
        """
        self.progress = 0.0
        limits = self.limits
        count = cells_seen = characters = last = 0
        for number, cells in self._raw_rows(self.sheet_called(sheet)):
            if not last < number <= _LAST_LINE:
                raise DamagedFile
            last = number
            while cells and is_empty(cells[-1]):
                cells.pop()
            filled = sum(not is_empty(cell) for cell in cells)
            if not filled:
                continue
            count += 1
            cells_seen += filled
            if count > limits.rows:
                raise TooManyRows(limit=limits.rows)
            if len(cells) > limits.columns:
                raise TooManyColumns(line=number, limit=limits.columns)
            if cells_seen > limits.cells:
                raise TooManyCells(limit=limits.cells)
            for cell in cells:
                if isinstance(cell, str):
                    characters += len(cell)
                    if len(cell) > limits.cell_characters:
                        raise CellTooLong(line=number, limit=limits.cell_characters)
            # A text shared by many cells takes little room in the file, and much once read.
            if characters > limits.characters:
                raise TooMuchText(limit=limits.characters)
            yield Row(number, tuple(cells))
        self.progress = 1.0

    @abstractmethod
    def _raw_rows(self, sheet: Sheet) -> Iterator[tuple[int, list[CellValue]]]:
        """Line numbers and cells as they come; blank lines may be given or left out."""
