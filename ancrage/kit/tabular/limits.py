"""How much a table file may hold before it is refused."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings on one table file. Sizes in bytes, the others in units.

    The unpacked size, the number of entries and the ratio concern the formats that are ZIP
    archives (XLSX, ODS): they are read in the archive's directory, before anything is unpacked.
    A small archive may shrink well without harm, so the ratio only counts above
    ``ratio_from_bytes`` unpacked.
    """

    file_bytes: int = 10 * MEBIBYTE
    rows: int = 50_000
    columns: int = 200
    cells: int = 2_000_000
    cell_characters: int = 32_767
    characters: int = 50_000_000
    sheets: int = 50
    unpacked_bytes: int = 200 * MEBIBYTE
    archive_entries: int = 1_000
    ratio: int = 250
    ratio_from_bytes: int = 4 * MEBIBYTE


DEFAULT_LIMITS = Limits()
