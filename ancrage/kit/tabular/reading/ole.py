"""The old container of Microsoft Office (OLE, or « compound file »): its streams, by name.

Every number of such a file may lie: chains are followed no further than the file is long.
Layout: [MS-CFB], published by Microsoft.
"""

import struct
from collections.abc import Iterator

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
