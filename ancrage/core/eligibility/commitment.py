"""The time owed in return for an aid, and what leaving earlier would cost.

Days are counted whole: the first day of a commitment is served, its last day is the eve of the
same day of the month when it ends. Amounts in cents.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ancrage.core.eligibility.calendar import add_months


class Repayment(Enum):
    """What is paid back by someone who leaves before the end."""

    NONE = "none"
    PRO_RATA = "pro_rata"
    WHOLE = "whole"
    UNKNOWN = "unknown"


class UnknownLength(ValueError):
    """A commitment that depends on the length of a course, which nobody gave."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long one commits: so many months, or so many times the length of a course.

    `factor` in hundredths (300: three times); `least` and `most` bound the result, in months.
    """

    months: int = 0
    factor: int = 0
    least: int = 0
    most: int | None = None
    repayment: Repayment = Repayment.NONE


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a commitment stands on a day."""

    ends_on: date
    days: int
    served: int
    # None where nobody knows what is paid back.
    repayable_cents: int | None

    @property
    def left(self) -> int:
        """Days still owed."""
        return self.days - self.served


def months_owed(terms: Terms, course_months: int | None = None) -> int:
    """Return the length of a commitment, in months; a part of a month counts for one.

    Raises:
        UnknownLength: it depends on the length of a course, which is not given.
    """
    months = terms.months
    if terms.factor:
        if course_months is None:
            raise UnknownLength
        months += -(-terms.factor * course_months // 100)
    months = max(months, terms.least)
    return months if terms.most is None else min(months, terms.most)


def clock(terms: Terms, *, start: date, months: int, received_cents: int, on: date) -> Clock:
    """Return where a commitment begun on `start` stands at the end of a day.

    Leaving that day, one repays nothing, all (`WHOLE`), or the share of the days not served
    (`PRO_RATA`, rounded to the nearest cent, a half upwards); nothing once all is served.
    """
    ends_on = add_months(start, months) - timedelta(days=1)
    days = (ends_on - start).days + 1
    served = min(max((on - start).days + 1, 0), days)
    repayable: int | None = 0
    if terms.repayment is Repayment.UNKNOWN and served < days:
        repayable = None
    elif terms.repayment is Repayment.WHOLE and served < days:
        repayable = received_cents
    elif terms.repayment is Repayment.PRO_RATA and days:
        repayable = (2 * received_cents * (days - served) + days) // (2 * days)
    return Clock(ends_on, days, served, repayable)
