"""Spans of the calendar: a month, a quarter, a half-year, a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS_OF_YEAR = 12


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The days from `starts` to `ends`, both included."""

    starts: date
    ends: date

    def holds(self, day: date) -> bool:
        """Say whether `day` is one of these."""
        return self.starts <= day <= self.ends


def span_of(day: date, months: int) -> Span:
    """Return the span of so many months (1, 3, 6 or 12) of the calendar that holds `day`.

    >>> span_of(date(2026, 8, 15), 6)
    Span(starts=datetime.date(2026, 7, 1), ends=datetime.date(2026, 12, 31))

    Raises:
        ValueError: a year is not made of whole such spans.
    """
    if months <= 0 or _MONTHS_OF_YEAR % months:
        message = f"a year is not made of spans of {months} months"
        raise ValueError(message)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    index = first.year * _MONTHS_OF_YEAR + first.month - 1 + months
    following = date(index // _MONTHS_OF_YEAR, index % _MONTHS_OF_YEAR + 1, 1)
    return Span(first, following - timedelta(days=1))


def span_before(span: Span, months: int) -> Span:
    """Return the span of so many months that ends on the day before `span`."""
    return span_of(span.starts - timedelta(days=1), months)


def last_ended(day: date, months: int) -> Span:
    """Return the last span of so many months that is over on `day`."""
    return span_before(span_of(day, months), months)


def spans_within(first: date, last: date, months: int) -> Iterator[Span]:
    """Yield the spans of so many months that touch these days, in order."""
    span = span_of(first, months)
    while span.starts <= last:
        yield span
        span = span_of(span.ends + timedelta(days=1), months)
