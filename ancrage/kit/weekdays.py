"""Days of the week as people write them: « lundi et mercredi matin », « du lundi au jeudi »."""

import re
from dataclasses import dataclass

from ancrage.kit.text import fold

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NUMBERS = {day: place for place, day in enumerate(DAYS)} | {
    day[:3]: place for place, day in enumerate(DAYS)
}
_DAY = f"({'|'.join(DAYS)}|{'|'.join(day[:3] for day in DAYS)})s?"
_RANGE = re.compile(rf"(?:du )?{_DAY} au {_DAY}")
_ONE = re.compile(rf"(?:le |les )?{_DAY}(?: (matin|apres-midi|apres midi|am|journee))?s?")
_COUNT = re.compile(r"(\d)(?:[.,](5))? jours?(?: (?:par|/) ?semaine| ?/ ?sem\w*| hebdomadaires?)?")
_BETWEEN = re.compile(r"\s*(?:[,;/+&\n]|\bet\b)\s*")
_MORNING, _AFTERNOON = 0, 1


@dataclass(frozen=True, slots=True)
class WeekRead:
    """What a text says of a week: half-days worked, and the lone words that are no day.

    `half_days` is None when something of the text was not understood: nothing may be counted.
    """

    half_days: int | None
    strangers: tuple[str, ...] = ()


def read_week(text: str) -> WeekRead:
    """Read the days of a week. A lone word is a stranger only beside a day that was understood.

    >>> read_week("lundi ; mercredi matin")
    WeekRead(half_days=3, strangers=())
    >>> read_week("lundi ; zorgdi")
    WeekRead(half_days=None, strangers=('zorgdi',))
    """
    counted = _COUNT.fullmatch(fold(text))
    if counted:
        half_days = 2 * int(counted[1]) + (1 if counted[2] else 0)
        return WeekRead(half_days if 0 < half_days <= 14 else None)
    halves: set[tuple[int, int]] = set()
    unread: list[str] = []
    for piece in (piece.strip(" .") for piece in _BETWEEN.split(text) if piece.strip(" .")):
        found = _halves_of(fold(piece))
        halves |= found
        if not found:
            unread.append(piece)
    if unread or not halves:
        strangers = tuple(piece for piece in unread if halves and piece.isalpha())
        return WeekRead(None, strangers)
    return WeekRead(len(halves))


def _halves_of(piece: str) -> set[tuple[int, int]]:
    span = _RANGE.fullmatch(piece)
    if span:
        first, last = _NUMBERS[span[1]], _NUMBERS[span[2]]
        days = range(first, last + 1)
        return {(day, half) for day in days for half in (_MORNING, _AFTERNOON)}
    one = _ONE.fullmatch(piece)
    if not one:
        return set()
    day = _NUMBERS[one[1]]
    if one[2] in (None, "journee"):
        return {(day, _MORNING), (day, _AFTERNOON)}
    return {(day, _MORNING if one[2] in ("matin", "am") else _AFTERNOON)}
