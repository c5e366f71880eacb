"""When the demo's needs begin: eighteen months, with the summers everybody dreads."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.utils import timezone

MONTHS_BEFORE = 4
MONTHS_AFTER = 13
SUMMER = frozenset({6, 7, 8})
_SATURDAY, _SUNDAY = 5, 6
# In minutes: when an office opens, and for how long.
_OPENS, _OPEN_FOR = 9 * 60, 8 * 60 + 30


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


def at_work(moment: datetime, *, latest: datetime | None = None) -> datetime:
    """Return a moment of office hours near `moment`: a weekday, from 9 to 5.30 p.m.

    The later in the day, the later at work; a weekend is put off to Monday, or brought back to
    the last working day where that would be after `latest`. Keeps the order of moments that are
    whole days apart.
    """
    # In UTC, where days that are whole days apart stay so when the clocks change.
    told = moment.astimezone(UTC)
    minutes = _OPENS + (told.hour * 60 + told.minute) * _OPEN_FOR // (24 * 60) // 5 * 5
    days = (told.date() + timedelta(days=ahead) for ahead in range(3))
    day = next(one for one in days if one.weekday() < _SATURDAY)
    found = _at(day, minutes)
    while latest is not None and (found > latest or day.weekday() >= _SATURDAY):
        day -= timedelta(days=1)
        found = _at(day, minutes)
    return found


def _at(day: date, minutes: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(minutes // 60, minutes % 60)))


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


def easter(year: int) -> date:
    """Return Easter Sunday, by the anonymous Gregorian computation (Meeus, 1991).

    >>> easter(2026), easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - shift + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


# Month and day of the public holidays (Code du travail, L. 3133-1), and the two eves at home.
_AT_HOME = frozenset(
    {
        (1, 1),
        (5, 1),
        (5, 8),
        (7, 14),
        (8, 15),
        (11, 1),
        (11, 11),
        (12, 24),
        (12, 25),
        (12, 31),
    }
)
_AFTER_EASTER = frozenset({1, 39, 50})


def people_stay_home(day: date) -> bool:
    """Say whether no evening is held that day: a Sunday, a public holiday, the two eves."""
    is_moveable = (day - easter(day.year)).days in _AFTER_EASTER
    return day.weekday() == _SUNDAY or (day.month, day.day) in _AT_HOME or is_moveable
