"""The hours of an offer in an ordinary week, so that pages can say them in words."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, State

from ancrage.core.welcome import Span, Week, hours_offered, spans_of
from ancrage.core.welcome.weeks import DAY_MINUTES

# Days from 0 (Monday) that share the same hours, and these hours in minutes from midnight.
SameHours = tuple[tuple[int, ...], tuple[tuple[int, int], ...]]

_WEEK = timedelta(days=7)


def usual_hours(text: str, *, on: date) -> list[SameHours]:
    """Return the hours of the week of a day, days of the same hours together, in order.

    A night is cut at midnight. The text is one that `validate_opening_hours` accepts.
    """
    by_day: dict[int, list[tuple[int, int]]] = {}
    for span in spans_of(open_in_week(text, on - timedelta(days=on.weekday()))):
        by_day.setdefault(span.day, []).append((span.begins, span.ends))
    together: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day, hours in sorted(by_day.items()):
        together.setdefault(tuple(hours), []).append(day)
    return [(tuple(days), hours) for hours, days in together.items()]


@lru_cache(maxsize=8_192)
def open_in_week(text: str, monday: date) -> Week:
    """Return what is open in the week that begins on a Monday.

    Kept for the next time: the same weeks are asked for every project that a nursery could suit.
    """
    hours = _read(text)
    begins = datetime.combine(monday, time.min)
    spans = []
    for start, end, state, _comments in hours.intervals(begins, begins + _WEEK):
        if state != State.OPEN or end is None:
            continue
        minutes = int((start - begins).total_seconds() // 60)
        length = int((end - start).total_seconds() // 60)
        spans += _cut(minutes, length)
    return hours_offered(spans)


@lru_cache(maxsize=256)
def _read(text: str) -> OpeningHours:
    return OpeningHours(text)


def _cut(begins: int, length: int) -> list[Span]:
    """Cut what is open for longer than a day at each midnight."""
    spans = []
    while length > 0:
        day, minute = divmod(begins, DAY_MINUTES)
        part = min(length, DAY_MINUTES - minute)
        spans.append(Span(day, minute, minute + part))
        begins, length = begins + part, length - part
    return spans
