"""XLS, the binary format of Excel 97 to 2003, read by calamine.

The file is scanned first: an encrypted one is named, and one whose cells lie so far apart that
the grid between them would fill the memory is refused. The format keeps formulas in a compiled
form that nobody would recognise: such a cell is marked, with the value last shown.
"""

import datetime as dt
import struct
from collections.abc import Iterator
from typing import BinaryIO

import python_calamine

from ancrage.kit.tabular.cells import CellValue, FormulaText, whole
from ancrage.kit.tabular.errors import (
    DamagedFile,
    EncryptedFile,
    TooManyCells,
    TooManySheets,
)
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.reading import ole
from ancrage.kit.tabular.reading.base import Sheet, Table
from ancrage.kit.tabular.reading.formats import Format

# The grid between the cells costs about 32 bytes a place, empty or not.
_GRID_PLACES_PER_CELL = 4


class XlsTable(Table):
    """A workbook of Excel 97 to 2003."""

    format = Format.XLS

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        super().__init__(limits)
        shapes = _scan(stream, limits)
        stream.seek(0)
        try:
            self._workbook = python_calamine.CalamineWorkbook.from_filelike(stream)
        except python_calamine.PasswordError as problem:
            raise EncryptedFile from problem
        except python_calamine.CalamineError as problem:
            raise DamagedFile from problem
        found = [
            sheet
            for sheet in self._workbook.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        if len(found) > limits.sheets:
            raise TooManySheets(count=len(found), limit=limits.sheets)
        if not found:
            raise DamagedFile
        visible = python_calamine.SheetVisibleEnum.Visible
        self.sheets = tuple(Sheet(sheet.name, sheet.visible == visible) for sheet in found)
        self._formulas = {
            sheet.name: shape.formulas for sheet, shape in zip(found, shapes, strict=False)
        }

    def close(self) -> None:
        self._workbook.close()

    def _raw_rows(self, sheet: Sheet) -> Iterator[tuple[int, list[CellValue]]]:
        formulas = self._formulas.get(sheet.name, frozenset())
        try:
            grid = self._workbook.get_sheet_by_name(sheet.name)
            rows = grid.to_python(skip_empty_area=False)
        except python_calamine.CalamineError as problem:
            raise DamagedFile from problem
        for number, cells in enumerate(rows):
            values = [_value(cell) for cell in cells]
            for column, value in enumerate(values):
                if (number, column) in formulas:
                    values[column] = FormulaText("=…", value)
            yield number + 1, values
            self.progress = number / len(rows)


def _scan(stream: BinaryIO, limits: Limits) -> tuple[ole.SheetShape, ...]:
    stream.seek(0)
    try:
        container = ole.CompoundFile(stream.read())
        name = "Workbook" if "Workbook" in container.streams else "Book"
        workbook = ole.scan_workbook(container.read(name))
    except (struct.error, KeyError) as problem:
        raise DamagedFile from problem
    if workbook.encrypted:
        raise EncryptedFile
    places = sum(shape.rows * shape.columns for shape in workbook.sheets)
    if places > limits.cells * _GRID_PLACES_PER_CELL:
        raise TooManyCells(limit=limits.cells)
    return workbook.sheets


def _value(cell: object) -> CellValue:
    if cell == "":
        return None
    if isinstance(cell, float):
        return whole(cell)
    if isinstance(cell, dt.datetime):
        return cell if cell.time() else cell.date()
    if isinstance(cell, dt.timedelta):
        hours, rest = divmod(int(cell.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}"
    if isinstance(cell, str | int | bool | dt.date | dt.time):
        return cell
    return None
