"""CSV for French spreadsheets: `;`, decimal comma, mark of UTF-8, formulas made harmless."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from ancrage.kit.tabular.cells import CellValue, as_text, on_the_clock
from ancrage.kit.tabular.writing.escaping import escape_formula

CONTENT_TYPE = "text/csv; charset=utf-8"
_PIECE_CHARACTERS = 32 * 1024


def csv_lines(
    header: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    *,
    delimiter: str = ";",
    mark: bool = True,
) -> Iterator[bytes]:
    """The file in pieces, for a streamed answer. `mark` adds the BOM that Excel waits for.

    Numbers stay numbers (a negative one keeps its sign); texts that look like formulas are
    escaped.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    if mark:
        buffer.write("\ufeff")
    writer.writerow([escape_formula(label) for label in header])
    for row in rows:
        writer.writerow([_shown(value) for value in row])
        if buffer.tell() > _PIECE_CHARACTERS:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def write_csv(
    stream: BinaryIO,
    header: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    *,
    delimiter: str = ";",
    mark: bool = True,
) -> None:
    """Write the whole file to a byte stream; see `csv_lines`."""
    for piece in csv_lines(header, rows, delimiter=delimiter, mark=mark):
        stream.write(piece)


def _shown(value: CellValue) -> str:
    return escape_formula(value) if isinstance(value, str) else as_text(on_the_clock(value))
