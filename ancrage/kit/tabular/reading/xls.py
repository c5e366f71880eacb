"""XLS, the binary format of Excel 97 to 2003.

The format keeps formulas in a compiled form: such a cell is marked, with the value last shown.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.errors import DamagedFile, TooManyCells, TooManySheets
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.reading.base import Sheet, Table
from ancrage.kit.tabular.reading.biff import Cell, LegacySheet, LegacyWorkbook
from ancrage.kit.tabular.reading.formats import Format
from ancrage.kit.tabular.reading.ole import CompoundFile

_ROWS = 65_536
_MALFORMED = (struct.error, IndexError, KeyError)


class XlsTable(Table):
    """A workbook of Excel 97 to 2003."""

    format = Format.XLS

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        super().__init__(limits)
        stream.seek(0)
        try:
            streams = CompoundFile(stream.read())
            name = "Workbook" if "Workbook" in streams.streams else "Book"
            self._workbook = LegacyWorkbook(streams.read(name))
        except _MALFORMED as problem:
            raise DamagedFile from problem
        found = self._workbook.sheets
        if not 0 < len(found) <= limits.sheets:
            self.close()
            if found:
                raise TooManySheets(count=len(found), limit=limits.sheets)
            raise DamagedFile
        self.sheets = tuple(Sheet(sheet.name, sheet.visible) for sheet in found)

    def close(self) -> None:
        self._workbook.texts.close()

    def _raw_rows(self, sheet: Sheet) -> Iterator[tuple[int, list[CellValue]]]:
        wanted = self._workbook.sheets[self.sheets.index(sheet)]
        columns = self.limits.columns + 1
        current = -1
        cells: list[CellValue] = []
        try:
            for row, column, value in self._in_order(wanted):
                if row != current:
                    if cells:
                        yield current + 1, cells
                    current, cells = row, []
                    self.progress = row / _ROWS
                # One more column than allowed is enough to know that there are too many.
                position = min(column, columns - 1)
                cells.extend([None] * (position + 1 - len(cells)))
                cells[position] = value
        except _MALFORMED as problem:
            raise DamagedFile from problem
        if cells:
            yield current + 1, cells

    def _in_order(self, sheet: LegacySheet) -> Iterator[Cell]:
        """The cells row by row. Programs write them so; nothing obliges a file to."""
        last = -1
        for row, _column, _value in self._workbook.cells(sheet):
            if row < last:
                return iter(self._sorted(sheet))
            last = row
        return self._workbook.cells(sheet)

    def _sorted(self, sheet: LegacySheet) -> list[Cell]:
        cells: list[Cell] = []
        for cell in self._workbook.cells(sheet):
            cells.append(cell)
            if len(cells) > self.limits.cells:
                raise TooManyCells(limit=self.limits.cells)
        return sorted(cells, key=lambda cell: cell[:2])
