"""The old container of Microsoft Office (OLE, or « compound file »): just enough of it.

Needed before a legacy XLS goes to its reader: which document is inside, whether it is encrypted,
which cells hold formulas, and how large a grid its cells draw (one cell at the far corner makes a
reader allocate sixteen million). Layout: [MS-CFB] and [MS-XLS], published by Microsoft.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.kit.tabular.errors import DamagedFile

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")

_END_OF_CHAIN = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_HEADER_FAT_SLOTS = 109


class CompoundFile:
    """The streams of a compound file, by name. The whole file is in memory (it is bounded)."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise DamagedFile
        self._content = content
        sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if sector_shift not in (9, 12) or mini_shift > sector_shift:
            raise DamagedFile
        self._sector_size = 1 << sector_shift
        self._mini_size = 1 << mini_shift
        self._sectors = len(content) // self._sector_size
        (directory, self._mini_cutoff, mini_fat) = struct.unpack_from("<I4xII", content, 48)
        self._fat = self._read_fat()
        self._mini_fat = self._as_integers(self._chain(mini_fat))
        self.streams: dict[str, tuple[int, int]] = {}
        self._root_start = _END_OF_CHAIN
        self._read_directory(self._chain(directory))

    def read(self, name: str) -> bytes:
        """The bytes of a stream. Raises KeyError, DamagedFile."""
        start, size = self.streams[name]
        if size >= self._mini_cutoff:
            return self._chain(start)[:size]
        container = self._chain(self._root_start)
        pieces = []
        for sector in self._follow(start, self._mini_fat):
            pieces.append(container[sector * self._mini_size : (sector + 1) * self._mini_size])
        return b"".join(pieces)[:size]

    def _sector(self, index: int) -> bytes:
        start = (index + 1) * self._sector_size
        sector = self._content[start : start + self._sector_size]
        if not sector:
            raise DamagedFile
        return sector

    @staticmethod
    def _as_integers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _read_fat(self) -> list[int]:
        sectors = list(struct.unpack_from(f"<{_HEADER_FAT_SLOTS}I", self._content, 76))
        (next_table,) = struct.unpack_from("<I", self._content, 68)
        seen: set[int] = set()
        while next_table not in (_END_OF_CHAIN, _FREE):
            if next_table in seen:
                raise DamagedFile
            seen.add(next_table)
            *more, next_table = self._as_integers(self._sector(next_table))
            sectors += more
        sectors = [sector for sector in sectors if sector not in (_FREE, _END_OF_CHAIN)]
        if len(sectors) > self._sectors:
            raise DamagedFile
        fat: list[int] = []
        for sector in sectors:
            fat += self._as_integers(self._sector(sector))
        return fat[: self._sectors]

    def _follow(self, start: int, table: list[int]) -> Iterator[int]:
        steps = 0
        while start != _END_OF_CHAIN:
            if start >= len(table) or steps > len(table):
                raise DamagedFile
            yield start
            start = table[start]
            steps += 1

    def _chain(self, start: int) -> bytes:
        if start == _FREE:
            return b""
        return b"".join(self._sector(sector) for sector in self._follow(start, self._fat))

    def _read_directory(self, directory: bytes) -> None:
        for offset in range(0, len(directory) - 127, 128):
            name_size, kind = struct.unpack_from("<HB", directory, offset + 64)
            start, size = struct.unpack_from("<II", directory, offset + 116)
            name = directory[offset : offset + max(0, min(name_size, 64) - 2)]
            if kind == 5:
                self._root_start = start
            elif kind == 2:
                self.streams[name.decode("utf-16-le", "replace")] = (start, size)


@dataclass(frozen=True, slots=True)
class SheetShape:
    """One sheet of a legacy workbook: its extent (cells) and where its formulas are."""

    rows: int
    columns: int
    formulas: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class LegacyWorkbook:
    """What a scan of the records tells about a legacy workbook."""

    encrypted: bool
    sheets: tuple[SheetShape, ...]


_BEGIN = 0x0809
_END = 0x000A
_ENCRYPTION = 0x002F
_FORMULA = 0x0006
# Number, text, boolean or error, RK number, shared string, rich text, blank.
_SINGLE_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0201, _FORMULA})
# Runs of blank cells or of RK numbers: the last column stands at the end of the record.
_CELL_RUNS = frozenset({0x00BE, 0x00BD})
_WORKSHEET = 0x0010


def scan_workbook(records: bytes) -> LegacyWorkbook:
    """Read the records of a `Workbook` stream without building any cell."""
    sheets: list[SheetShape] = []
    encrypted = False
    inside = False
    depth = rows = columns = 0
    formulas: set[tuple[int, int]] = set()
    position = 0
    while position + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, position)
        start = position + 4
        position = start + size
        if position > len(records):
            break
        if kind == _BEGIN and size >= 4:
            depth += 1
            if depth == 1:
                inside = struct.unpack_from("<H", records, start + 2)[0] == _WORKSHEET
                rows = columns = 0
                formulas = set()
        elif kind == _END:
            if depth == 1 and inside:
                sheets.append(SheetShape(rows, columns, frozenset(formulas)))
            depth = max(0, depth - 1)
        elif kind == _ENCRYPTION:
            encrypted = True
        elif inside and size >= 6 and (kind in _SINGLE_CELLS or kind in _CELL_RUNS):
            row, column = struct.unpack_from("<HH", records, start)
            if kind in _CELL_RUNS:
                (column,) = struct.unpack_from("<H", records, position - 2)
            elif kind == _FORMULA:
                formulas.add((row, column))
            rows = max(rows, row + 1)
            columns = max(columns, column + 1)
    return LegacyWorkbook(encrypted, tuple(sheets))
