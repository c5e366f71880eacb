"""Cell values, as every reader gives them and every writer takes them.

A cell is ``None`` (empty), a text, a number, a boolean, a date or a time of day. Whole numbers
are ``int`` whatever the file says (an INSEE code kept as ``62053.0`` is 62053). Two kinds of text
are marked: a formula, kept as it is written and never evaluated, and an error of the spreadsheet
such as ``#REF!``.
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any

from django.utils import timezone

CellValue = str | int | float | bool | dt.date | dt.datetime | dt.time | None
"""What a reader may give for a cell. ``FormulaText`` and ``CellError`` are kinds of ``str``."""


class FormulaText(str):
    """A formula as written, starting with ``=``. ``shown`` is what the spreadsheet displayed."""

    __slots__ = ("shown",)
    shown: CellValue

    def __new__(cls, text: str, shown: CellValue = None) -> "FormulaText":
        self = super().__new__(cls, text)
        self.shown = shown
        return self


class CellError(str):
    """An error written by the spreadsheet itself: ``#REF!``, ``#N/A``, ``#DIV/0!``…"""

    __slots__ = ()


def whole(number: float) -> int | float:
    """The same number, as an ``int`` when it has no fractional part."""
    if isinstance(number, float) and math.isfinite(number) and number.is_integer():
        return int(number)
    return number


def on_the_clock(value: CellValue) -> CellValue:
    """A moment that knows its zone, as the clocks of the territory show it; the rest as it is."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value


def as_text(value: CellValue) -> str:
    """The value as a French spreadsheet shows it: ``0,75``, ``01/12/2026``, ``oui``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return repr(whole(value)).replace(".", ",")
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value)


def is_empty(value: CellValue) -> bool:
    """Whether nothing is written in the cell, spaces included."""
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\xa0\u202f\ufeff"))


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def encode_cell(value: CellValue) -> Any:
    """The value for a JSON field, without loss; read back by ``decode_cell``."""
    if isinstance(value, FormulaText):
        return {"formula": storable(value), "shown": encode_cell(value.shown)}
    if isinstance(value, CellError):
        return {"error": storable(value)}
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dt.datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"time": value.isoformat()}
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def decode_cell(stored: Any) -> CellValue:
    """The cell value that ``encode_cell`` stored."""
    if not isinstance(stored, dict):
        plain: CellValue = stored
        return plain
    if "formula" in stored:
        return FormulaText(stored["formula"], decode_cell(stored.get("shown")))
    ((kind, value),) = stored.items()
    return _DECODERS[kind](value)


def storable(text: str) -> str:
    """The text without what PostgreSQL refuses (NUL, lone surrogates), each made visible."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


_DECODERS: dict[str, Callable[[str], CellValue]] = {
    "error": CellError,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
}
