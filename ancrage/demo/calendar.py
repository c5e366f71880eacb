"""When the demo's needs begin: eighteen months, with the summers everybody dreads."""

from datetime import date, datetime, timedelta
from random import Random

MONTHS_BEFORE = 4
MONTHS_AFTER = 13
SUMMER = frozenset({6, 7, 8})


def draw_start(today: date, *, summer: float, draws: Random) -> date:
    """Draw the first day of a post: the 1st or the 15th of a month around `today`.

    `summer` says how many times likelier June, July and August are.
    """
    months = [_month(today, offset) for offset in range(-MONTHS_BEFORE, MONTHS_AFTER + 1)]
    weights = [summer**1.7 if month.month in SUMMER else 1.0 for month in months]
    return draws.choices(months, weights)[0].replace(day=draws.choice((1, 1, 15)))


def draw_publication(start: date, *, now: datetime, draws: Random) -> datetime:
    """Draw the day a need was published: weeks or months before its start, never in the future."""
    ahead = timedelta(days=draws.randint(20, 150))
    latest = now - timedelta(days=draws.randint(0, 25), minutes=draws.randint(0, 500))
    wished = datetime(start.year, start.month, start.day, 9, tzinfo=now.tzinfo) - ahead
    return min(wished, latest)


def _month(today: date, offset: int) -> date:
    index = today.year * 12 + today.month - 1 + offset
    return date(index // 12, index % 12 + 1, 1)


def day_after_last(today: date, month: int, day: int) -> date:
    """Return the day after the last such day of the year (not 29 February) that is past.

    >>> day_after_last(date(2026, 11, 16), 11, 15), day_after_last(date(2026, 11, 15), 11, 15)
    (datetime.date(2026, 11, 16), datetime.date(2025, 11, 16))
    """
    after = date(today.year, month, day) + timedelta(days=1)
    return after if after <= today else date(today.year - 1, month, day) + timedelta(days=1)
