"""The parts of compatibility: each from 0 to 100, each of its own weight."""

from dataclasses import dataclass
from enum import Enum

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.affinity.sheets import Sheet

NEUTRAL = 50
"""What a part counts for when one side did not say: the same for everybody."""

NEAR_KM, FAR_KM = 5.0, 60.0
"""Distances worth 100 and 0 when the visitor gave no limit; proportionally in between."""

BEYOND_REACH = 0.5
"""Past half as much again as the limit the visitor gave, the distance is worth 0."""

LATEST_DAYS = 365
"""Dates a year apart are worth 0."""


class Part(Enum):
    """What compatibility is made of, in the order in which it is shown."""

    MODE = "mode"
    DISTANCE = "distance"
    START = "start"
    DAYS = "days"
    SPECIALTY = "specialty"
    TOGETHER = "together"


PARTS = tuple(Part)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts. They need not add up to anything.

    Raises:
        ValueError: a weight is negative, or all are 0.
    """

    mode: int = 10
    distance: int = 8
    start: int = 4
    days: int = 3
    specialty: int = 3
    together: int = 2

    def __post_init__(self) -> None:
        if min(self.values) < 0:
            raise ValueError("a weight is negative")
        if not any(self.values):
            raise ValueError("all the weights are 0")

    @property
    def values(self) -> tuple[int, ...]:
        """The weights in the order of the parts."""
        return (
            self.mode,
            self.distance,
            self.start,
            self.days,
            self.specialty,
            self.together,
        )


def part_values(host: Sheet, visitor: Sheet) -> tuple[int | None, ...]:
    """Return each part of a pair, from 0 to 100, in order; None where one side did not say."""
    return (
        _shared(host.modes, visitor.modes),
        _distance(host, visitor),
        _start(host, visitor),
        _shared(host.days, visitor.days),
        _any_of(host.specialties, visitor.specialties),
        _together(host, visitor),
    )


def distance_between(host: Sheet, visitor: Sheet) -> float | None:
    """Return how far the two are, in km as the crow flies; None when one is nowhere."""
    if (
        host.latitude is None
        or host.longitude is None
        or visitor.latitude is None
        or visitor.longitude is None
    ):
        return None
    return float(haversine_km(host.latitude, host.longitude, visitor.latitude, visitor.longitude))


def _shared(one: frozenset[str], other: frozenset[str]) -> int | None:
    """Return how much of the shorter list is in the other: who asks for one thing is content."""
    if not one or not other:
        return None
    return round(100 * len(one & other) / min(len(one), len(other)))


def _any_of(sought: frozenset[str], held: frozenset[str]) -> int | None:
    if not sought or not held:
        return None
    return 100 if sought & held else 0


def _distance(host: Sheet, visitor: Sheet) -> int | None:
    far = distance_between(host, visitor)
    if far is None:
        return None
    if visitor.reach_km is None:
        return round(100 * _fall(far, NEAR_KM, FAR_KM))
    if far <= visitor.reach_km:
        # Within what was accepted, nearer is a little better.
        return round(100 - 30 * far / visitor.reach_km) if visitor.reach_km else 100
    most = visitor.reach_km * (1 + BEYOND_REACH)
    return round(70 * _fall(far, visitor.reach_km, most))


def _start(host: Sheet, visitor: Sheet) -> int | None:
    if host.start is None or visitor.start is None:
        return None
    # A visitor who is free before the post begins waits for it: that costs nothing.
    late = max((visitor.start - host.start).days, 0)
    return round(100 * _fall(late, 0, LATEST_DAYS))


def _together(host: Sheet, visitor: Sheet) -> int | None:
    if not visitor.together:
        return None
    return None if host.together is None else 100 * host.together


def _fall(value: float, full: float, none: float) -> float:
    """Return 1 up to `full`, 0 from `none`, a straight line in between."""
    if value <= full:
        return 1.0
    return 0.0 if value >= none else (none - value) / (none - full)
