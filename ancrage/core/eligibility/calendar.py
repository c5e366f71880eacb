"""Days counted in months, as contracts and conventions count them."""

from calendar import monthrange
from datetime import date, timedelta

from ancrage.core.eligibility.values import Today


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where it has fewer days.

    Raises:
        OverflowError: no calendar goes so far.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        message = f"{day} + {months} months is out of the calendar"
        raise OverflowError(message)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted(today: date, by: Today) -> date:
    """Return the day that `by` stands for when the question is asked on `today`.

    A shift beyond the calendar stops at its edge: « less than 9,000 years ago » is always true.
    """
    try:
        return add_months(today, by.months) + timedelta(days=by.days)
    except OverflowError:
        return date.max if by.months > 0 or by.days > 0 else date.min
