"""Dates as spreadsheets count them: days since an origin, with the mistakes of history."""

import datetime as dt
import math
import re

from ancrage.kit.tabular.cells import CellValue

# Numbers of the formats that every workbook knows without describing them.
BUILT_IN_DATE_FORMATS = frozenset({*range(14, 23), 45, 47, *range(27, 37), *range(50, 59)})

_ORIGIN_1900 = dt.date(1899, 12, 30)
_ORIGIN_1904 = dt.date(1904, 1, 1)
# Lotus, then Excel, believe in a 29 February 1900: before it the count is one day off.
_LAST_WRONG_DAY = 60
_LAST_DAY = 2_958_465  # 31 December 9999


def from_serial(serial: float, *, date1904: bool = False) -> CellValue:
    """The date, moment or time of day that a serial number stands for.

    >>> from_serial(46357)
    datetime.date(2026, 12, 1)

    A number that no calendar holds is given back as it is.
    """
    if not math.isfinite(serial) or serial < 0 or serial > _LAST_DAY:
        return serial
    days = int(serial)
    seconds = round((serial - days) * 86_400)
    if seconds == 86_400:
        days, seconds = days + 1, 0
    clock = dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if days == 0:
        return clock if not date1904 or seconds else _ORIGIN_1904
    if date1904:
        day = _ORIGIN_1904 + dt.timedelta(days=days)
    else:
        shift = 1 if days < _LAST_WRONG_DAY else 0
        day = _ORIGIN_1900 + dt.timedelta(days=days + shift)
    return dt.datetime.combine(day, clock) if seconds else day


def from_iso(text: str) -> dt.date | None:
    """The date, or the moment, written `2026-12-01` or `2026-12-01T08:30:00`; else None."""
    try:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if moment.time() != dt.time() else moment.date()


def to_serial(value: dt.date) -> float:
    """The serial number, origin 1900, of a date or moment from 1 March 1900 on.

    >>> to_serial(datetime.date(2026, 12, 1))
    46357.0
    """
    day = value.date() if isinstance(value, dt.datetime) else value
    serial = float((day - _ORIGIN_1900).days)
    if isinstance(value, dt.datetime):
        serial += (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return serial


_LITERALS = re.compile(r'"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]')


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time, e.g. `dd/mm/yyyy` or `[$-40C]d mmm`.

    Elapsed hours such as `[h]:mm` are durations: they stay numbers.
    """
    shown = _LITERALS.sub("", code.lower()).split(";")[0]
    if "general" in shown or "[" in shown:
        return False
    return any(char in shown for char in "ymdhs")
