"""The one way to open a table file."""

from collections.abc import Callable
from typing import BinaryIO

from ancrage.kit.tabular.limits import DEFAULT_LIMITS, Limits
from ancrage.kit.tabular.reading.base import Table
from ancrage.kit.tabular.reading.delimited import DelimitedTable
from ancrage.kit.tabular.reading.formats import Format, detect_format
from ancrage.kit.tabular.reading.ods import OdsTable
from ancrage.kit.tabular.reading.xls import XlsTable
from ancrage.kit.tabular.reading.xlsx import XlsxTable

_READERS: dict[Format, Callable[[BinaryIO, Limits], Table]] = {
    Format.XLSX: XlsxTable,
    Format.XLS: XlsTable,
    Format.ODS: OdsTable,
    Format.TEXT: DelimitedTable,
}


def open_table(stream: BinaryIO, *, filename: str, limits: Limits = DEFAULT_LIMITS) -> Table:
    """Open a seekable byte stream as a table; use it in a `with` block.

    The content decides of the format and the name must agree with it. Raises a `TableError`,
    whose text is a sentence for people: see `ancrage.kit.tabular.errors`.
    """
    found = detect_format(stream, filename=filename, limits=limits)
    return _READERS[found](stream, limits)
