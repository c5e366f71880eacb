"""Terms counted in months, as the register of purposes gives them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Since(Enum):
    """The moment a term is counted from."""

    LAST_CONTACT = "last_contact"
    CREATION = "creation"
    END = "end"


@dataclass(frozen=True)
class Term:
    """How long data are kept: `months` counted from `since`."""

    months: int
    since: Since


def add_months(moment: datetime, months: int) -> datetime:
    """Return `moment` so many months later (or earlier), at most on the last day of the month.

    >>> add_months(datetime(2026, 1, 31), 1)
    datetime.datetime(2026, 2, 28, 0, 0)
    """
    count = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(count, 12)
    last = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def month_of(moment: datetime) -> datetime:
    """Return the first instant of the month of `moment`: what an anonymised row remembers."""
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
