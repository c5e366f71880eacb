"""XLSX written row by row: memory does not grow with the lines.

Frozen header, text format on identifiers, lists of allowed values; no macro, no merged cell.
Layout: ECMA-376 part 1. Written here and not by a library: see docs/adr.
"""

import datetime as dt
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax.saxutils import escape

from ancrage.kit.tabular.cells import CellValue, on_the_clock
from ancrage.kit.tabular.reading.dates import to_serial
from ancrage.kit.tabular.reading.xlsx import column_letter
from ancrage.kit.tabular.writing import parts
from ancrage.kit.tabular.writing.escaping import escape_formula

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PIECE_CHARACTERS = 64 * 1024
_MAX_TEXT = 32_767
_LAST_ROW = 1_048_576
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class ColumnToWrite:
    """A column: its header, width in characters, whether it holds identifiers (text format,
    so that leading zeros stay) and the values it allows, shown as a list in the spreadsheet."""

    label: str
    width: int = 18
    identifier: bool = False
    allowed: Sequence[str] = ()
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class SheetToWrite:
    """A sheet. Without `columns` it is plain text (instructions), one paragraph a row."""

    name: str
    columns: Sequence[ColumnToWrite]
    rows: Iterable[Sequence[CellValue]]
    # Rows below the header on which allowed values are enforced, in a template to fill in.
    list_rows: int = 1000
    filter: bool = True


def write_xlsx(stream: BinaryIO, sheets: Sequence[SheetToWrite]) -> None:
    """Write a workbook of these sheets, in order, to a byte stream.

    Texts that look like formulas are escaped, `None` leaves the cell empty, booleans become
    « oui » and « non ». Allowed values are gathered on a last sheet called « Listes ».
    """
    names = _unique_names([sheet.name for sheet in sheets])
    lists = _Lists()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for number, sheet in enumerate(sheets, start=1):
            _write_part(archive, f"xl/worksheets/sheet{number}.xml", _sheet(sheet, lists))
        if lists.columns:
            names.append(_unique_names([*names, "Listes"])[-1])
            _write_part(archive, f"xl/worksheets/sheet{len(names)}.xml", _list_sheet(lists))
        parts.write_common_parts(archive, names, list_ranges=lists.ranges(names[-1]))


@dataclass(slots=True)
class _Lists:
    """The lists of allowed values, one column each on the last sheet."""

    columns: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def add(self, label: str, values: Sequence[str]) -> str:
        """Keep a list; the same values are kept once. Return the name of its range."""
        for number, (_label, known) in enumerate(self.columns, start=1):
            if list(known) == list(values):
                return f"liste_{number}"
        self.columns.append((label, values))
        return f"liste_{len(self.columns)}"

    def ranges(self, sheet_name: str) -> dict[str, str]:
        """Defined names: {name: range}."""
        quoted = sheet_name.replace("'", "''")
        return {
            f"liste_{number}": (
                f"'{quoted}'!${column_letter(number)}$2:${column_letter(number)}${len(values) + 1}"
            )
            for number, (_label, values) in enumerate(self.columns, start=1)
        }


def _write_part(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as part:
        pending: list[str] = []
        size = 0
        for piece in pieces:
            pending.append(piece)
            size += len(piece)
            if size > _PIECE_CHARACTERS:
                part.write("".join(pending).encode())
                pending.clear()
                size = 0
        part.write("".join(pending).encode())


def _sheet(sheet: SheetToWrite, lists: _Lists) -> Iterator[str]:
    columns = sheet.columns
    yield parts.SHEET_START
    if columns:
        yield parts.FROZEN_HEADER
    yield '<sheetFormatPr defaultRowHeight="15"/>'
    yield "<cols>"
    if columns:
        for number, column in enumerate(columns, start=1):
            style = parts.TEXT if column.identifier else parts.WRAPPED if column.wrap else 0
            yield (
                f'<col min="{number}" max="{number}" width="{column.width}" '
                f'style="{style}" customWidth="1"/>'
            )
    else:
        yield f'<col min="1" max="1" width="100" style="{parts.WRAPPED}" customWidth="1"/>'
    yield "</cols><sheetData>"
    number = 0
    if columns:
        number = 1
        yield _row(1, [column.label for column in columns], [parts.HEADER] * len(columns))
    styles = [
        parts.TEXT if column.identifier else parts.WRAPPED if column.wrap else 0
        for column in columns
    ] or [parts.WRAPPED]
    for row in sheet.rows:
        number += 1
        yield _row(number, row, styles)
    yield "</sheetData>"
    if columns and sheet.filter:
        yield f'<autoFilter ref="A1:{column_letter(len(columns))}{max(1, number)}"/>'
    yield from _validations(sheet, lists)
    yield parts.SHEET_END


def _list_sheet(lists: _Lists) -> Iterator[str]:
    height = max(len(values) for _label, values in lists.columns)
    rows = [
        [values[row] if row < len(values) else None for _label, values in lists.columns]
        for row in range(height)
    ]
    columns = [ColumnToWrite(label, width=30) for label, _values in lists.columns]
    yield from _sheet(SheetToWrite("", columns, rows, filter=False), _Lists())


def _validations(sheet: SheetToWrite, lists: _Lists) -> Iterator[str]:
    limited = [
        (column_letter(number), lists.add(column.label, column.allowed))
        for number, column in enumerate(sheet.columns, start=1)
        if column.allowed
    ]
    if not limited:
        return
    yield f'<dataValidations count="{len(limited)}">'
    for letter, name in limited:
        # A warning, not a wall: the import says better than Excel what it cannot read.
        yield (
            '<dataValidation type="list" errorStyle="warning" allowBlank="1" '
            f'showErrorMessage="1" sqref="{letter}2:{letter}{sheet.list_rows + 1}">'
            f"<formula1>{name}</formula1></dataValidation>"
        )
    yield "</dataValidations>"


def _row(number: int, values: Sequence[CellValue], styles: Sequence[int]) -> str:
    if number > _LAST_ROW:
        message = f"a sheet holds {_LAST_ROW} rows"
        raise ValueError(message)
    cells = []
    for column, value in enumerate(values, start=1):
        if value is not None and value != "":
            style = styles[min(column, len(styles)) - 1]
            cells.append(_cell(f"{column_letter(column)}{number}", value, style))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(reference: str, value: CellValue, style: int) -> str:
    value = on_the_clock(value)
    if isinstance(value, bool):
        value = "oui" if value else "non"
    if isinstance(value, int | float) and math.isfinite(value) and style != parts.TEXT:
        return f'<c r="{reference}" s="{style}"><v>{value!r}</v></c>'
    if isinstance(value, dt.date) and value.year >= 1901:
        number_style = parts.MOMENT if isinstance(value, dt.datetime) else parts.DATE
        return f'<c r="{reference}" s="{number_style}"><v>{to_serial(value):.15g}</v></c>'
    text = value if isinstance(value, str) else _as_text(value)
    return (
        f'<c r="{reference}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{xml_text(escape_formula(text))}</t></is></c>'
    )


def _as_text(value: CellValue) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def xml_text(text: str) -> str:
    """The text as element content: what XML cannot hold takes the `_x0000_` notation."""
    written = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text[:_MAX_TEXT])
    return escape(written)


def _unique_names(names: Sequence[str]) -> list[str]:
    """Sheet names that Excel accepts: 31 characters, some forbidden, no two alike."""
    found: list[str] = []
    for name in names:
        base = _FORBIDDEN_IN_NAME.sub(" ", name).strip().strip("'")[:31] or "Feuille"
        unique, number = base, 1
        while unique.casefold() in {one.casefold() for one in found}:
            number += 1
            unique = f"{base[: 31 - len(str(number)) - 1]} {number}"
        found.append(unique)
    return found
