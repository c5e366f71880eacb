"""Table files: opened safely, read as typed cells with their true line numbers, written back."""

from ancrage.kit.tabular.cells import CellError, CellValue, FormulaText, as_text
from ancrage.kit.tabular.errors import TableError
from ancrage.kit.tabular.headers import Header, Located, find_header, locate
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.problems import Guess, Level, Problem
from ancrage.kit.tabular.reading.base import Row, Sheet, Table
from ancrage.kit.tabular.reading.formats import Format
from ancrage.kit.tabular.reading.opening import open_table

__all__ = [
    "CellError",
    "CellValue",
    "Format",
    "FormulaText",
    "Guess",
    "Header",
    "Level",
    "Limits",
    "Located",
    "Problem",
    "Row",
    "Sheet",
    "Table",
    "TableError",
    "as_text",
    "find_header",
    "locate",
    "open_table",
]
