"""XLSX, streamed: the memory used does not grow with the lines.

Each sheet is parsed as it is unpacked; shared texts wait in a temporary file. Formulas are kept
as they are written. Layout: ECMA-376 part 1.
"""

import math
import posixpath
import re
from collections.abc import Iterator
from typing import BinaryIO

from ancrage.kit.tabular.cells import CellError, CellValue, FormulaText, whole
from ancrage.kit.tabular.errors import DamagedFile, TooManySheets
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.reading.archive import open_archive, open_entry, translated_zip_errors
from ancrage.kit.tabular.reading.base import Sheet, Table
from ancrage.kit.tabular.reading.dates import (
    BUILT_IN_DATE_FORMATS,
    from_iso,
    from_serial,
    is_date_format,
)
from ancrage.kit.tabular.reading.formats import Format
from ancrage.kit.tabular.reading.texts import SharedTexts
from ancrage.kit.tabular.reading.xml import feed, local, parse_all, parser_for

_ESCAPED_CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape_text(text: str) -> str:
    """Undo the `_x000D_` notation of characters that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPED_CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)


class XlsxTable(Table):
    """A workbook of Excel 2007 or later, or of any program that writes the same."""

    format = Format.XLSX

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        super().__init__(limits)
        self._archive = open_archive(stream, limits)
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._date1904 = False
        self._parts: dict[str, str] = {}
        self._related: dict[str, str] = {}
        workbook = self._main_part()
        self.sheets = self._read_workbook(workbook)
        if len(self.sheets) > limits.sheets:
            raise TooManySheets(count=len(self.sheets), limit=limits.sheets)
        if not self.sheets:
            raise DamagedFile
        self._date_styles = self._read_styles(self._related.get("styles"))
        self._texts: SharedTexts | None = None

    def close(self) -> None:
        if self._texts is not None:
            self._texts.close()
            self._texts = None
        self._archive.close()

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """{id: (kind, part)} of the parts that a part points to."""
        folder, name = posixpath.split(part)
        source = self._names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, self._names.get(path.lower(), path))

        if source is not None:
            with open_entry(self._archive, source) as entry:
                parse_all(entry, start=start)
        return found

    def _main_part(self) -> str:
        for kind, part in self._relations("").values():
            if kind == "officeDocument":
                return part
        return "xl/workbook.xml"

    def _read_workbook(self, workbook: str) -> tuple[Sheet, ...]:
        relations = self._relations(workbook)
        self._related = dict(relations.values())
        sheets: list[Sheet] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            tag = local(tag)
            if tag == "workbookPr":
                self._date1904 = attributes.get("date1904") in ("1", "true")
            elif tag == "sheet":
                relation = next(
                    (value for key, value in attributes.items() if key.endswith(":id")), ""
                )
                kind, part = relations.get(relation, ("", ""))
                # Chart and dialog sheets hold no cell.
                if kind == "worksheet":
                    name = attributes.get("name", "")
                    visible = attributes.get("state", "visible") == "visible"
                    sheets.append(Sheet(name, visible))
                    self._parts[name] = part

        with open_entry(self._archive, workbook) as entry:
            parse_all(entry, start=start)
        return tuple(sheets)

    def _read_styles(self, part: str | None) -> frozenset[int]:
        """Numbers of the cell styles that show a date."""
        date_formats = set(BUILT_IN_DATE_FORMATS)
        styles: list[int] = []
        inside_cell_styles = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside_cell_styles
            tag = local(tag)
            if tag == "numFmt":
                number = _integer(attributes.get("numFmtId"))
                date_formats.discard(number)
                if is_date_format(attributes.get("formatCode", "")):
                    date_formats.add(number)
            elif tag == "cellXfs":
                inside_cell_styles = True
            elif tag == "xf" and inside_cell_styles:
                styles.append(_integer(attributes.get("numFmtId")))

        def end(tag: str) -> None:
            nonlocal inside_cell_styles
            if local(tag) == "cellXfs":
                inside_cell_styles = False

        if part is not None and part in self._archive.namelist():
            with open_entry(self._archive, part) as entry:
                parse_all(entry, start=start, end=end)
        return frozenset(
            number for number, number_format in enumerate(styles) if number_format in date_formats
        )

    def _shared_texts(self) -> SharedTexts:
        if self._texts is not None:
            return self._texts
        texts = SharedTexts()
        part = self._related.get("sharedStrings")
        pieces: list[str] = []
        depth_text = depth_phonetic = 0

        def start(tag: str, _attributes: dict[str, str]) -> None:
            nonlocal depth_text, depth_phonetic
            tag = local(tag)
            if tag == "t":
                depth_text += 1
            elif tag == "rPh":
                depth_phonetic += 1

        def end(tag: str) -> None:
            nonlocal depth_text, depth_phonetic
            tag = local(tag)
            if tag == "si":
                texts.append(unescape_text("".join(pieces)))
                pieces.clear()
            elif tag == "t":
                depth_text -= 1
            elif tag == "rPh":
                depth_phonetic -= 1

        def text(piece: str) -> None:
            if depth_text and not depth_phonetic:
                pieces.append(piece)

        self._texts = texts
        if part is not None and part in self._archive.namelist():
            with open_entry(self._archive, part) as entry:
                parse_all(entry, start=start, end=end, text=text)
        return texts

    def _raw_rows(self, sheet: Sheet) -> Iterator[tuple[int, list[CellValue]]]:
        part = self._parts[sheet.name]
        reader = _SheetReader(self._shared_texts(), self._date_styles, self._date1904, self.limits)
        with translated_zip_errors():
            entry = self._archive.open(part)
            total = max(1, self._archive.getinfo(part).file_size)
        parser = parser_for(start=reader.start, end=reader.end, text=reader.text)
        with entry:
            pieces = feed(parser, entry)
            while True:
                with translated_zip_errors():
                    done = next(pieces, None)
                if done is None:
                    return
                yield from reader.take()
                self.progress = done / total


class _SheetReader:
    """Turns the elements of one sheet into rows."""

    def __init__(
        self, texts: SharedTexts, date_styles: frozenset[int], date1904: bool, limits: Limits
    ) -> None:
        self._texts = texts
        self._date_styles = date_styles
        self._date1904 = date1904
        # One more column than allowed is enough to know that there are too many.
        self._columns = limits.columns + 1
        self._rows: list[tuple[int, list[CellValue]]] = []
        self._number = 0
        self._cells: list[CellValue] = []
        self._column = 0
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._listening = False
        self._phonetic = False
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None

    def take(self) -> list[tuple[int, list[CellValue]]]:
        """The rows completed since the last call."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag in ("v", "t", "f"):
            self._pieces.clear()
            self._listening = not self._phonetic
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "v":
            self._value = "".join(self._pieces)
            self._listening = False
        elif tag == "t":
            if self._listening:
                self._inline = (self._inline or "") + "".join(self._pieces)
            self._listening = False
        elif tag == "f":
            self._formula = "".join(self._pieces)
            self._listening = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._rows.append((self._number, self._cells))
        elif tag == "rPh":
            self._phonetic = False

    def text(self, piece: str) -> None:
        if self._listening:
            self._pieces.append(piece)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._number = _integer(attributes.get("r")) or self._number + 1
        self._cells = []
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = column_number(reference) if reference else self._column + 1
        self._attributes = attributes
        self._value = self._inline = self._formula = None

    def _end_cell(self) -> None:
        value = self._cell_value()
        if value is None or self._column < 1:
            return
        position = min(self._column, self._columns)
        missing = position - len(self._cells) - 1
        if missing >= 0:
            self._cells.extend([None] * missing)
            self._cells.append(value)
        else:
            self._cells[position - 1] = value

    def _cell_value(self) -> CellValue:
        if self._value is None and self._inline is None and self._formula is None:
            return None
        value = self._stored_value(self._attributes.get("t", "n"))
        if self._formula is None:
            return value
        # A formula shared by a block of cells is written out in the first one only.
        return FormulaText(f"={self._formula}" if self._formula else "=…", value)

    def _stored_value(self, kind: str) -> CellValue:
        if kind == "inlineStr":
            return None if self._inline is None else unescape_text(self._inline)
        raw = self._value
        if raw is None or (raw == "" and kind != "str"):
            return None
        if kind == "s":
            return self._texts[_integer(raw, -1)]
        if kind == "str":
            return unescape_text(raw)
        if kind == "b":
            return raw.strip() in ("1", "true")
        if kind == "e":
            return CellError(raw)
        if kind == "d":
            return from_iso(raw) or raw
        try:
            number = float(raw)
        except ValueError:
            return raw
        if not math.isfinite(number):
            return raw
        if _integer(self._attributes.get("s")) in self._date_styles:
            return from_serial(number, date1904=self._date1904)
        # Beyond 2**53 a float has already lost digits; the text still has them all.
        return int(raw) if len(raw) < 20 and raw.isdecimal() else whole(number)


def column_number(reference: str) -> int:
    """The column, from 1, of a cell reference: `A1` → 1, `AB12` → 28."""
    number = 0
    for char in reference:
        if not "A" <= char <= "Z":
            break
        number = number * 26 + ord(char) - 64
    return number


def column_letter(number: int) -> str:
    """The letters of a column counted from 1: 1 → `A`, 28 → `AB`."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _integer(text: str | None, default: int = 0) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
