"""Dates as people write them: `01/12/2026`, `décembre 2026`, `dès que possible`.

A period is read as its first day, or its last one for an end; the remark says which. A date that
does not exist, and the placeholders that old software writes for « unknown », are refused.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import CellValue, as_text
from ancrage.kit.tabular.parsers.texts import written
from ancrage.kit.tabular.problems import Guess, Parsed, Problem, check, error, note
from ancrage.kit.tabular.reading.dates import from_serial
from ancrage.kit.tabular.wording import key_of


class Special(Enum):
    """What stands in a date column without being a date."""

    ASAP = "asap"


ASAP = Special.ASAP
Bound = Literal["start", "end"]

PLACEHOLDERS = frozenset(
    {
        dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1900, 1, 1), dt.date(1901, 1, 1),
        dt.date(1904, 1, 1), dt.date(1904, 4, 4), dt.date(1970, 1, 1), dt.date(2999, 12, 31),
        dt.date(9999, 12, 31), dt.date(1899, 12, 29), dt.date(1900, 1, 2),
    }
)  # fmt: skip
# Serial numbers of 1 January 2000 to 31 December 2099: a date whose format was lost.
_SERIALS = range(36_526, 73_051)
_ASAP = frozenset(
    {
        "des que possible", "asap", "immediat", "immediate", "immediatement", "de suite",
        "tout de suite", "au plus tot", "au plus vite", "le plus tot possible", "urgent",
        "sans delai", "prise de poste immediate", "a pourvoir immediatement", "des maintenant",
        "maintenant", "poste vacant", "vacant", "as soon as possible", "immediately",
    }
)  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march",
            "avril avr april apr", "mai may", "juin june jun", "juillet juil jul july",
            "aout august aug", "septembre sept sep september", "octobre oct october",
            "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# First month, and number of months, of what is not a month.
_SEASONS = {
    "hiver": (1, 3), "printemps": (4, 3), "ete": (7, 2), "rentree": (9, 1), "automne": (10, 3),
}  # fmt: skip
_ORDINALS = {"1er": 1, "premier": 1, "2e": 2, "2eme": 2, "2nd": 2, "second": 2, "deuxieme": 2,
             "3e": 3, "3eme": 3, "troisieme": 3, "4e": 4, "4eme": 4, "quatrieme": 4,
             "dernier": 0}  # fmt: skip
_WEEKDAYS = frozenset({"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"})
_FILLERS = frozenset(
    {
        "le", "la", "les", "l", "du", "de", "des", "d", "a", "au", "aux", "en", "partir", "vers",
        "courant", "dans", "pour", "prise", "poste", "jusqu", "jusque", "depuis",
    }
)  # fmt: skip

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ].*)?")
_TRAILING_TIME = re.compile(r"\s+\d{1,2}[:hH]\d{2}(?::\d{2})?$")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one call asks for."""

    bound: Bound
    asap: bool
    earliest: dt.date
    latest: dt.date


def date_parser(
    *,
    bound: Bound = "start",
    asap: bool = False,
    earliest: dt.date = dt.date(1950, 1, 1),
    latest: dt.date = dt.date(2100, 12, 31),
) -> Callable[[CellValue], Parsed[dt.date | Special]]:
    """A parser of dates; `asap` lets « dès que possible » through as `ASAP`.

    Problems have these codes: `placeholder`, `no_such_day`, `out_of_range`, `not_a_date`,
    `asap_refused`. A period or a bare year is a `Guess`.
    """
    asked = _Reading(bound, asap, earliest, latest)
    return lambda value: _parse(value, asked)


def _parse(value: CellValue, asked: _Reading) -> Parsed[dt.date | Special]:
    if isinstance(value, dt.datetime):
        return _accept(value.date(), asked)
    if isinstance(value, dt.date):
        return _accept(value, asked)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, asked)
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    return _from_figures(text, asked) or _from_words(text, asked)


def _accept(day: dt.date, asked: _Reading) -> dt.date | Problem:
    shown = as_text(day)
    if day in PLACEHOLDERS:
        return error(
            _(
                "%(date)s est une date de remplissage, que les logiciels écrivent quand la vraie "
                "date est inconnue. Saisissez la vraie date ou videz la cellule."
            ),
            code="placeholder",
            date=shown,
        )
    if not asked.earliest <= day <= asked.latest:
        return error(
            _("%(date)s est hors des dates possibles (du %(earliest)s au %(latest)s)."),
            code="out_of_range",
            date=shown,
            earliest=as_text(asked.earliest),
            latest=as_text(asked.latest),
        )
    return day


def _from_number(number: float, asked: _Reading) -> Parsed[dt.date | Special]:
    if not 0 < number < 10**8:
        return _not_a_date(as_text(number))
    if int(number) in _SERIALS:
        day = from_serial(float(int(number)))
        assert isinstance(day, dt.date)  # noqa: S101 - the range above leaves nothing else
        return _accept(day, asked)
    compact = _COMPACT.fullmatch(as_text(number))
    if compact:
        return _day(int(compact[1]), int(compact[2]), int(compact[3]), asked)
    if number in range(2000, 2100):
        return _period(int(number), 1, 12, as_text(number), asked)
    return _not_a_date(as_text(number))


def _from_figures(text: str, asked: _Reading) -> Parsed[dt.date | Special]:
    """A date written in figures only, or None when the text is not one."""
    figures = _TRAILING_TIME.sub("", text)
    if found := _YEAR_FIRST.fullmatch(figures):
        return _day(int(found[1]), int(found[2]), int(found[3]), asked)
    if found := _DAY_FIRST.fullmatch(figures):
        year = int(found[3])
        return _day(year + 2000 if year < 100 else year, int(found[2]), int(found[1]), asked)
    if found := _MONTH_YEAR.fullmatch(figures):
        month = int(found[1] or found[4])
        if 1 <= month <= 12:
            return _period(int(found[2] or found[3]), month, 1, text, asked)
        return _not_a_date(text)
    if figures.isdecimal() and len(figures) in (4, 5, 8):
        return _from_number(int(figures), asked)
    return None


def _day(year: int, month: int, day: int, asked: _Reading) -> Parsed[dt.date | Special]:
    try:
        return _accept(dt.date(year, month, day), asked)
    except ValueError:
        return _no_such_day(year, month, day)


def _no_such_day(year: int, month: int, day: int) -> Problem:
    shown = f"{day:02}/{month:02}/{year:04}"
    suggestion = ""
    if month > 12 and 1 <= day <= 12 and month <= 31:
        # Written in American order.
        suggestion = f"{month:02}/{day:02}/{year:04}"
    elif 1 <= month <= 12 and 28 < day <= 31 and 1 <= year <= 9999:
        last = calendar.monthrange(year, month)[1]
        suggestion = f"{last:02}/{month:02}/{year:04}"
    return error(
        _("Le %(date)s n’existe pas dans le calendrier."),
        suggestion,
        code="no_such_day",
        date=shown,
    )


def _from_words(text: str, asked: _Reading) -> Parsed[dt.date | Special]:
    key = key_of(text)
    if key in _ASAP:
        return _asap(text, asked)
    words = [word for word in key.split() if word not in _WEEKDAYS and word not in _FILLERS]
    years = [int(word) for word in words if re.fullmatch(r"20\d{2}", word)]
    month = next((_MONTHS[word] for word in words if word in _MONTHS), None)
    if len(years) != 1:
        short = re.fullmatch(r"(\d{2})", words[-1]) if words and month else None
        if short is None or years or len(words) < 2:
            return _not_a_date(text)
        years, words = [2000 + int(short[1])], words[:-1]
    return _from_year_and_words(years[0], month, words, text, asked)


def _from_year_and_words(
    year: int, month: int | None, words: list[str], text: str, asked: _Reading
) -> Parsed[dt.date | Special]:
    ordinal = next((_ORDINALS[word] for word in words if word in _ORDINALS), None)
    quarter = next((int(w[1]) for w in words if re.fullmatch(r"[tq][1-4]", w)), None)
    if month is not None:
        return _in_month(year, month, words, text, asked)
    if quarter or (ordinal is not None and {"trimestre", "trim"} & set(words)):
        number = quarter or ordinal or 4
        return _period(year, 3 * number - 2, 3, text, asked)
    if ordinal is not None and "semestre" in words and ordinal < 3:
        return _period(year, 6 * (ordinal or 2) - 5, 6, text, asked)
    for season, (first, length) in _SEASONS.items():
        if season in words:
            return _period(year, first, length, text, asked)
    if words == [str(year)]:
        return _period(year, 1, 12, text, asked)
    if "debut" in words:
        return _period(year, 1, 3, text, asked)
    if "fin" in words:
        return _period(year, 10, 3, text, asked)
    return _not_a_date(text)


def _in_month(
    year: int, month: int, words: list[str], text: str, asked: _Reading
) -> Parsed[dt.date | Special]:
    days = [int(word) for word in words if word.isdecimal() and len(word) <= 2]
    if "1er" in words:
        days.append(1)
    if len(days) == 1:
        return _day(year, month, days[0], asked)
    if days:
        return _not_a_date(text)
    last = calendar.monthrange(year, month)[1]
    if "mi" in words or "milieu" in words:
        return _guess(dt.date(year, month, 15), text, asked)
    if "fin" in words:
        return _guess(dt.date(year, month, last), text, asked)
    return _period(year, month, 1, text, asked)


def _period(
    year: int, first_month: int, months: int, text: str, asked: _Reading
) -> Parsed[dt.date | Special]:
    if asked.bound == "start":
        return _guess(dt.date(year, first_month, 1), text, asked)
    last_month = first_month + months - 1
    last_day = calendar.monthrange(year, last_month)[1]
    return _guess(dt.date(year, last_month, last_day), text, asked)


def _guess(day: dt.date, text: str, asked: _Reading) -> Parsed[dt.date | Special]:
    accepted = _accept(day, asked)
    if isinstance(accepted, Problem):
        return accepted
    shown = as_text(day)
    message = _("« %(text)s » est lu %(date)s.")
    return Guess(day, note(message, shown, code="read_as", text=text, date=shown))


def _asap(text: str, asked: _Reading) -> Parsed[dt.date | Special]:
    if asked.asap:
        return ASAP
    return check(
        _("« %(text)s » n’est pas une date. Indiquez-en une, par exemple 01/12/2026."),
        code="asap_refused",
        text=text,
    )


def _not_a_date(text: str) -> Problem:
    return error(
        _(
            "« %(text)s » n’est pas une date. Exemples acceptés : 01/12/2026, décembre 2026, "
            "1er trimestre 2027."
        ),
        code="not_a_date",
        text=text,
    )
