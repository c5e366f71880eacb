"""The records of a legacy Excel workbook (BIFF8, Excel 97 to 2003), without any promise kept.

Read here and not by a library: a damaged file of six kilobytes made the one we had chosen ask for
858 gigabytes and take the server down (docs/adr). Layout: [MS-XLS], published by Microsoft.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import CellError, CellValue, FormulaText, whole
from ancrage.kit.tabular.errors import DamagedFile, EncryptedFile, UnsupportedFile
from ancrage.kit.tabular.reading.dates import (
    BUILT_IN_DATE_FORMATS,
    from_serial,
    is_date_format,
)
from ancrage.kit.tabular.reading.texts import SharedTexts

_BEGIN, _END, _CONTINUE = 0x0809, 0x000A, 0x003C
_SHEET, _SHARED, _FORMAT, _STYLE = 0x0085, 0x00FC, 0x041E, 0x00E0
_DATE_MODE, _PASSWORD = 0x0022, 0x002F
_NUMBER, _RK, _RK_RUN = 0x0203, 0x027E, 0x00BD
_SHARED_TEXT, _TEXT, _RICH_TEXT = 0x00FD, 0x0204, 0x00D6
_BOOLEAN, _FORMULA, _FORMULA_TEXT = 0x0205, 0x0006, 0x0207
_BIFF8 = 0x0600
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

Cell = tuple[int, int, CellValue]
"""Row and column, both from 0, and value."""


@dataclass(frozen=True, slots=True)
class LegacySheet:
    """A worksheet: its name and where its records start."""

    name: str
    visible: bool
    start: int


class LegacyWorkbook:
    """A `Workbook` stream. Raises EncryptedFile, UnsupportedFile or DamagedFile when opened."""

    def __init__(self, records: bytes) -> None:
        self._records = records
        self.sheets: list[LegacySheet] = []
        self.texts = SharedTexts()
        self._date1904 = False
        self._date_styles: frozenset[int] = frozenset()
        try:
            self._read_globals()
        except BaseException:
            self.texts.close()
            raise

    def _read_globals(self) -> None:
        date_formats = set(BUILT_IN_DATE_FORMATS)
        styles: list[int] = []
        for position, kind, content in self._each(0):
            if position == 0:
                self._check_version(kind, content)
            elif kind == _PASSWORD:
                raise EncryptedFile
            elif kind == _SHEET:
                self._add_sheet(content)
            elif kind == _SHARED:
                self._read_shared(position)
            elif kind == _DATE_MODE:
                self._date1904 = content[:1] == b"\x01"
            elif kind == _FORMAT:
                (number,) = struct.unpack_from("<H", content)
                date_formats.discard(number)
                if is_date_format(_long_text(content[2:])):
                    date_formats.add(number)
            elif kind == _STYLE:
                styles.append(struct.unpack_from("<H", content, 2)[0])
        self._date_styles = frozenset(
            number for number, wanted in enumerate(styles) if wanted in date_formats
        )

    def cells(self, sheet: LegacySheet) -> Iterator[Cell]:
        """The cells of a sheet that hold something, in the order of the file."""
        awaited: tuple[int, int] | None = None
        for _position, kind, content in self._each(sheet.start):
            if kind == _FORMULA_TEXT and awaited is not None:
                yield (*awaited, FormulaText("=…", _long_text(content)))
                awaited = None
            elif kind == _RK_RUN:
                yield from self._run(content)
            elif kind == _FORMULA:
                row, column, style = struct.unpack_from("<HHH", content)
                if content[12:14] == b"\xff\xff" and content[6] == 0:
                    awaited = (row, column)
                else:
                    yield row, column, FormulaText("=…", self._result(content[6:14], style))
            else:
                value = self._value(kind, content)
                if value is not None:
                    row, column = struct.unpack_from("<HH", content)
                    yield row, column, value

    def _each(self, start: int) -> Iterator[tuple[int, int, bytes]]:
        """(position, kind, content) of the records of one part, parts inside it left out."""
        records = self._records
        position, depth = start, 0
        while position + 4 <= len(records):
            kind, size = struct.unpack_from("<HH", records, position)
            content = records[position + 4 : position + 4 + size]
            if len(content) < size:
                raise DamagedFile
            if kind == _BEGIN:
                depth += 1
            if depth <= 1:
                yield position, kind, content
            if kind == _END:
                depth -= 1
                if depth <= 0:
                    return
            position += 4 + size

    @staticmethod
    def _check_version(kind: int, content: bytes) -> None:
        if kind != _BEGIN:
            raise DamagedFile
        if struct.unpack_from("<H", content)[0] != _BIFF8:
            raise UnsupportedFile(found=_("Excel 95 ou plus ancien (XLS)"))

    def _add_sheet(self, content: bytes) -> None:
        start, visibility, kind = struct.unpack_from("<IBB", content)
        if kind == 0:
            name = _characters(content[8:], content[6], wide=bool(content[7] & 1))
            self.sheets.append(LegacySheet(name, visibility & 3 == 0, start))

    def _read_shared(self, position: int) -> None:
        source = _Continued(self._records, position)
        source.take(8)
        while not source.finished:
            self.texts.append(source.text())

    def _run(self, content: bytes) -> Iterator[Cell]:
        row, first = struct.unpack_from("<HH", content)
        for index in range((len(content) - 6) // 6):
            style, packed = struct.unpack_from("<HI", content, 4 + index * 6)
            yield row, first + index, self._number(_rk(packed), style)

    def _value(self, kind: int, content: bytes) -> CellValue:
        if kind == _NUMBER:
            style, number = struct.unpack_from("<Hd", content, 4)
            return self._number(number, style)
        if kind == _RK:
            style, packed = struct.unpack_from("<HI", content, 4)
            return self._number(_rk(packed), style)
        if kind == _SHARED_TEXT:
            return self.texts[struct.unpack_from("<I", content, 6)[0]] or None
        if kind in (_TEXT, _RICH_TEXT):
            return _long_text(content[6:]) or None
        if kind == _BOOLEAN:
            return _boolean(content[6], is_error=bool(content[7]))
        return None

    def _result(self, result: bytes, style: int) -> CellValue:
        if result[6:8] != b"\xff\xff":
            return self._number(struct.unpack("<d", result)[0], style)
        if result[0] in (1, 2):
            return _boolean(result[2], is_error=result[0] == 2)
        return None

    def _number(self, number: float, style: int) -> CellValue:
        if style in self._date_styles:
            return from_serial(number, date1904=self._date1904)
        return whole(number)


def _boolean(value: int, *, is_error: bool) -> CellValue:
    return CellError(_ERRORS.get(value, "#ERREUR!")) if is_error else bool(value)


def _rk(packed: int) -> float:
    """A number squeezed into 30 bits: a whole one or the top of a float, maybe in hundredths."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x8000_0000 else 0))
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFF_FFFC))
    return number / 100 if packed & 1 else number


def _characters(content: bytes, count: int, *, wide: bool) -> str:
    if wide:
        return content[: 2 * count].decode("utf-16-le", "replace")
    return content[:count].decode("latin-1")


def _long_text(content: bytes) -> str:
    """A text inside one record: its length, a byte that says how it is written, its characters."""
    count, written = struct.unpack_from("<HB", content)
    start = 3 + (2 if written & 8 else 0) + (4 if written & 4 else 0)
    return _characters(content[start:], count, wide=bool(written & 1))


class _Continued:
    """The content of a record and of the « continue » records after it, read from the start."""

    def __init__(self, records: bytes, position: int) -> None:
        self._records = records
        self._position = position
        self._at = 0
        (size,) = struct.unpack_from("<H", records, position + 2)
        self._piece = records[position + 4 : position + 4 + size]

    @property
    def finished(self) -> bool:
        return self._at >= len(self._piece) and not self._next()

    def _next(self) -> bool:
        """Go on to the next « continue » record; False when there is none."""
        self._position += 4 + len(self._piece)
        if self._position + 4 > len(self._records):
            return False
        kind, size = struct.unpack_from("<HH", self._records, self._position)
        if kind != _CONTINUE:
            self._position -= 4 + len(self._piece)
            return False
        self._piece = self._records[self._position + 4 : self._position + 4 + size]
        self._at = 0
        return True

    def take(self, size: int) -> bytes:
        """That many bytes, whatever records they stand in."""
        taken = b""
        while len(taken) < size:
            piece = self._piece[self._at : self._at + size - len(taken)]
            self._at += len(piece)
            taken += piece
            if len(taken) < size and not self._next():
                raise DamagedFile
        return taken

    def text(self) -> str:
        """One text; each record that its characters go on in says again how it is written."""
        count, written = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if written & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if written & 4 else 0
        parts: list[str] = []
        while count:
            if self._at >= len(self._piece):
                if not self._next():
                    raise DamagedFile
                written = self.take(1)[0]
            width = 2 if written & 1 else 1
            here = min(count, (len(self._piece) - self._at) // width)
            if here == 0:
                raise DamagedFile
            parts.append(_characters(self.take(here * width), here, wide=width == 2))
            count -= here
        self.take(4 * runs)
        self.take(extra)
        return "".join(parts)
