"""Zonings of communes, which begin and end: in which zones does a place lie on a day?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ancrage.core.eligibility.values import Members


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to another, both included; open on the side where none is named."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies within."""
        return (self.first is None or self.first <= day) and (
            self.last is None or day <= self.last
        )

    def meets(self, other: "Span") -> bool:
        """Tell whether the two share a day."""
        return not (
            (self.last is not None and other.first is not None and self.last < other.first)
            or (other.last is not None and self.first is not None and other.last < self.first)
        )


@dataclass(frozen=True, slots=True)
class ZonePeriod:
    """A place in a zone for a time. `whole`: all of it is, whatever the address."""

    zone: str
    span: Span
    whole: bool = True


def zones_on(
    periods: Iterable[ZonePeriod], lists: Mapping[str, Iterable[Span]], day: date
) -> Members:
    """Return what is known, on a day, of the zones in which a place lies.

    A zone that lists the place is held; one whose list is complete on that day (`lists`: zone →
    when its list was) and does not name it, is not; one that covers a part of the place, or
    whose list nobody has, is to check.
    """
    named = [one for one in periods if one.span.holds(day)]
    inside = frozenset(one.zone for one in named if one.whole)
    partly = frozenset(one.zone for one in named) - inside
    listed = frozenset(
        zone for zone, spans in lists.items() if any(span.holds(day) for span in spans)
    )
    return Members(inside, outside=listed - inside - partly)


def overlaps(periods: Iterable[ZonePeriod]) -> list[tuple[ZonePeriod, ZonePeriod]]:
    """Return the pairs of periods of one zone that share a day, in order of their beginning."""
    by_zone: dict[str, list[ZonePeriod]] = {}
    for one in periods:
        by_zone.setdefault(one.zone, []).append(one)
    found = []
    for zone in sorted(by_zone):
        rows = sorted(by_zone[zone], key=lambda one: one.span.first or date.min)
        for position, one in enumerate(rows):
            found += [(one, other) for other in rows[position + 1 :] if one.span.meets(other.span)]
    return found
