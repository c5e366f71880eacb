"""Hours of a week, as a whole number whose bits are its five-minute slots.

Bit 0 is Monday from 0:00 to 0:05, the last bit Sunday from 23:55 to midnight; a night that ends
on Monday morning comes back to bit 0. What is common to two weeks is `a & b`, what one lacks of
the other `a & ~b`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

SLOT_MINUTES = 5
DAY_MINUTES = 24 * 60
_SLOTS = 7 * DAY_MINUTES // SLOT_MINUTES

Week = int

NO_HOURS: Week = 0
ALL_HOURS: Week = (1 << _SLOTS) - 1


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Hours on one day: `day` from 0 (Monday) to 6, minutes from its midnight.

    A span that ends after 24 × 60 goes on in the next day: a night from 20:45 to 6:45 is
    `Span(day, 1245, 1845)`. It lasts at most a day.

    Raises:
        ValueError: the day is not one of the week, or the end does not come after the beginning.
    """

    day: int
    begins: int
    ends: int

    def __post_init__(self) -> None:
        if not 0 <= self.day <= 6:
            raise ValueError("a day is not between 0 (Monday) and 6")
        if not 0 <= self.begins < DAY_MINUTES or not 0 < self.ends - self.begins <= DAY_MINUTES:
            raise ValueError("hours do not end after they begin, within a day")


def hours_needed(spans: Iterable[Span], *, before: int = 0, after: int = 0) -> Week:
    """Return the hours to be covered, each span widened by the minutes of the way there and back.

    A slot that is touched is needed whole.

    Raises:
        ValueError: a margin is negative.
    """
    if min(before, after) < 0:
        raise ValueError("a margin is negative")
    week = NO_HOURS
    for span in spans:
        start = span.day * DAY_MINUTES + span.begins - before
        end = span.day * DAY_MINUTES + span.ends + after
        week |= _slots(start // SLOT_MINUTES, -(-end // SLOT_MINUTES))
    return week


def hours_offered(spans: Iterable[Span]) -> Week:
    """Return the hours that are offered; a slot that is not offered whole does not count.

    Spans that touch are joined first: 7:00 to 7:02 then 7:02 to 7:05 offers the slot of 7:00.
    """
    week = NO_HOURS
    for begins, ends in _joined(spans):
        week |= _slots(-(-begins // SLOT_MINUTES), ends // SLOT_MINUTES)
    return week


def minutes_in(week: Week) -> int:
    """Return how many minutes a week holds."""
    return week.bit_count() * SLOT_MINUTES


def spans_of(week: Week) -> list[Span]:
    """Return the hours as spans, in the order of the week, cut at each midnight."""
    found = []
    per_day = DAY_MINUTES // SLOT_MINUTES
    for day in range(7):
        begins = None
        for slot in range(per_day + 1):
            is_in = slot < per_day and bool(week >> (day * per_day + slot) & 1)
            if is_in and begins is None:
                begins = slot
            elif not is_in and begins is not None:
                found.append(Span(day, begins * SLOT_MINUTES, slot * SLOT_MINUTES))
                begins = None
    return found


def _joined(spans: Iterable[Span]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for span in sorted(spans):
        begins, ends = (span.day * DAY_MINUTES + minute for minute in (span.begins, span.ends))
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined


def _slots(first: int, past: int) -> Week:
    """The slots from one to the one before another, coming back to Monday after Sunday."""
    count = min(max(0, past - first), _SLOTS)
    run = ((1 << count) - 1) << (first % _SLOTS)
    return (run & ALL_HOURS) | (run >> _SLOTS)
