"""ODS (LibreOffice), streamed: the memory used does not grow with the lines.

LibreOffice writes « this row, a million times » for the empty end of a sheet: repetitions are
counted, never spread, unless they hold something. Layout: OASIS OpenDocument 1.3.
"""

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import BinaryIO

from ancrage.kit.tabular.cells import CellValue, FormulaText, whole
from ancrage.kit.tabular.errors import DamagedFile, TooManySheets
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.reading.archive import open_archive, open_entry, translated_zip_errors
from ancrage.kit.tabular.reading.base import Sheet, Table
from ancrage.kit.tabular.reading.dates import from_iso
from ancrage.kit.tabular.reading.formats import Format
from ancrage.kit.tabular.reading.xml import feed, parse_all, parser_for

_CONTENT = "content.xml"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_NUMBERS = frozenset({"float", "currency", "percentage"})
_REFERENCE = re.compile(r"\[\.?([^\]]*)\]")
_DURATION = re.compile(r"PT(\d+)H(\d+)M([\d.,]+)S")


class OdsTable(Table):
    """A LibreOffice workbook."""

    format = Format.ODS

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        super().__init__(limits)
        self._archive = open_archive(stream, limits)
        self.sheets = self._read_sheets()
        if len(self.sheets) > limits.sheets:
            raise TooManySheets(count=len(self.sheets), limit=limits.sheets)
        if not self.sheets:
            raise DamagedFile

    def close(self) -> None:
        self._archive.close()

    def _read_sheets(self) -> tuple[Sheet, ...]:
        names: list[tuple[str, str]] = []
        hidden_styles: set[str] = set()
        style = ""
        depth = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal style, depth
            if tag == "table:table":
                depth += 1
                if depth == 1:
                    name = attributes.get("table:name", "")
                    names.append((name, attributes.get("table:style-name", "")))
            elif tag == "style:style":
                style = attributes.get("style:name", "")
            elif tag == "style:table-properties" and attributes.get("table:display") == "false":
                hidden_styles.add(style)

        def end(tag: str) -> None:
            nonlocal depth
            if tag == "table:table":
                depth -= 1

        with open_entry(self._archive, _CONTENT) as entry:
            parse_all(entry, start=start, end=end)
        return tuple(Sheet(name, style_name not in hidden_styles) for name, style_name in names)

    def _raw_rows(self, sheet: Sheet) -> Iterator[tuple[int, list[CellValue]]]:
        reader = _SheetReader(self.sheets.index(sheet), self.limits)
        with open_entry(self._archive, _CONTENT) as entry:
            total = max(1, self._archive.getinfo(_CONTENT).file_size)
            parser = parser_for(start=reader.start, end=reader.end, text=reader.text)
            pieces = feed(parser, entry)
            while not reader.finished:
                with translated_zip_errors():
                    done = next(pieces, None)
                if done is None:
                    return
                for number, cells, times in reader.take():
                    for repeated in range(times):
                        yield number + repeated, list(cells)
                self.progress = done / total


class _SheetReader:
    """Turns the elements of one sheet into rows: first number, cells, number of repetitions."""

    def __init__(self, index: int, limits: Limits) -> None:
        self.finished = False
        self._wanted = index
        self._seen = -1
        self._depth = 0
        self._inside = False
        self._columns = limits.columns + 1
        self._longest = limits.cell_characters + 1
        self._rows: list[tuple[int, list[CellValue], int]] = []
        self._next_number = 1
        self._row_times = 1
        self._cells: list[CellValue] = []
        self._gap = 0
        self._cell: dict[str, str] = {}
        self._in_cell = False
        self._annotation = 0
        self._paragraph = 0
        self._paragraphs: list[str] = []
        self._pieces: list[str] = []

    def take(self) -> list[tuple[int, list[CellValue], int]]:
        """The rows completed since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._seen += 1
                self._inside = self._seen == self._wanted
        if not self._inside:
            return
        if tag == "table:table-row":
            self._row_times = _times(attributes.get("table:number-rows-repeated"))
            self._cells = []
            self._gap = 0
        elif tag in _CELLS:
            self._cell = attributes
            self._in_cell = True
            self._paragraphs = []
        elif tag == "office:annotation":
            self._annotation += 1
        elif self._in_cell and not self._annotation:
            self._start_text(tag, attributes)

    def _start_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "text:p":
            self._paragraph += 1
            self._pieces = []
        elif tag == "text:s":
            self._pieces.append(" " * min(self._longest, _times(attributes.get("text:c"))))
        elif tag == "text:tab":
            self._pieces.append("\t")
        elif tag == "text:line-break":
            self._pieces.append("\n")

    def end(self, tag: str) -> None:
        if tag == "table:table":
            self._depth -= 1
            if self._depth == 0 and self._inside:
                self._inside = False
                self.finished = True
        if not self._inside:
            return
        if tag == "text:p" and self._in_cell and not self._annotation:
            self._paragraph -= 1
            self._paragraphs.append("".join(self._pieces))
        elif tag in _CELLS:
            self._in_cell = False
            self._end_cell()
        elif tag == "office:annotation":
            self._annotation -= 1
        elif tag == "table:table-row":
            if self._cells:
                self._rows.append((self._next_number, self._cells, self._row_times))
            self._next_number += self._row_times

    def text(self, piece: str) -> None:
        if self._paragraph and not self._annotation:
            self._pieces.append(piece)

    def _end_cell(self) -> None:
        times = _times(self._cell.get("table:number-columns-repeated"))
        value = self._value()
        if value is None:
            self._gap += times
            return
        # One more column than allowed is enough to know that there are too many.
        room = max(0, self._columns - len(self._cells))
        self._cells.extend([None] * min(self._gap, room))
        self._gap = 0
        room = max(0, self._columns - len(self._cells))
        self._cells.extend([value] * min(times, room))

    def _value(self) -> CellValue:
        shown = self._shown()
        formula = self._cell.get("table:formula")
        return shown if formula is None else FormulaText(_plain_formula(formula), shown)

    def _shown(self) -> CellValue:
        kind = self._cell.get("office:value-type")
        text = "\n".join(self._paragraphs)
        if kind in _NUMBERS:
            number = _number(self._cell.get("office:value", ""))
            return text or None if number is None else number
        if kind == "date":
            return from_iso(self._cell.get("office:date-value", "")) or text or None
        if kind == "time":
            return _clock(self._cell.get("office:time-value", ""), text)
        if kind == "boolean":
            return self._cell.get("office:boolean-value") == "true"
        return text or self._cell.get("office:string-value") or None


def _number(text: str) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return whole(number) if math.isfinite(number) else None


def _times(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 10 else 1


def _clock(duration: str, shown: str) -> CellValue:
    found = _DURATION.fullmatch(duration)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return shown or None
    return dt.time(int(found[1]), int(found[2]))


def _plain_formula(formula: str) -> str:
    """`of:=SUM([.D6:.D15])` → `=SUM(D6:D15)`."""
    start = formula.find("=")
    text = formula[start:] if start >= 0 else f"={formula}"
    return _REFERENCE.sub(lambda found: found[1].replace(":.", ":"), text)
