"""Table files written for people: XLSX and CSV, with formulas made harmless."""

from ancrage.kit.tabular.writing.delimited import csv_lines, write_csv
from ancrage.kit.tabular.writing.escaping import escape_formula, unescape_formula
from ancrage.kit.tabular.writing.workbook import ColumnToWrite, SheetToWrite, write_xlsx

__all__ = [
    "ColumnToWrite",
    "SheetToWrite",
    "csv_lines",
    "escape_formula",
    "unescape_formula",
    "write_csv",
    "write_xlsx",
]
