"""The soft score: named parts from 0 to 100, each of its own weight.

A part that cannot be told for want of a fact counts for `NEUTRAL`, for everybody alike: were it
left out, its weight would move to the other parts, and raising the weight of what somebody is
good at could send them down the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from ancrage.core.fit.conditions import Journey, bridges_by_source
from ancrage.core.fit.facts import Need, Person

NEUTRAL = 50
"""What an unknown part counts for."""

BY_LICENCE, OTHER_SPECIALTY, DIRECT_BRIDGE, TRAINING = 80, 70, 60, 50
"""What other ways to the profession are worth, itself being worth 100; training, less a point a
month."""

NEAR_MINUTES, FAR_MINUTES = 10, 90
NEAR_KM, FAR_KM = 5, 60
"""Journeys worth 100 and 0; in between, proportionally (40 km/h makes the two scales meet)."""

LATEST_DAYS = 180
"""A start that late is worth 0."""


class Part(Enum):
    """What the score is made of, in the order in which it is shown."""

    PROFESSION = "profession"
    PROXIMITY = "proximity"
    TIMING = "timing"
    FTE = "fte"
    HOURS = "hours"
    EXPERIENCE = "experience"
    SKILLS = "skills"


PARTS = tuple(Part)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts. They need not add up to 100.

    Raises:
        ValueError: a weight is negative, or all are 0.
    """

    profession: int = 25
    proximity: int = 25
    timing: int = 15
    fte: int = 15
    hours: int = 10
    experience: int = 5
    skills: int = 5

    def __post_init__(self) -> None:
        if min(self.values) < 0:
            raise ValueError("a weight is negative")
        if not self.total:
            raise ValueError("all the weights are 0")

    @property
    def values(self) -> tuple[int, ...]:
        """The weights in the order of the parts."""
        return (
            self.profession,
            self.proximity,
            self.timing,
            self.fte,
            self.hours,
            self.experience,
            self.skills,
        )

    @property
    def total(self) -> int:
        """What a perfect fit is divided by."""
        return sum(self.values)


class PartScore(NamedTuple):
    """One part: its value from 0 to 100, its weight, and whether the facts were known."""

    part: Part
    value: int
    weight: int
    is_known: bool


def parts_of(
    person: Person, need: Need, weights: Weights, journeys: Sequence[Journey]
) -> tuple[PartScore, ...]:
    """Return every part, in the order of the parts.

    The journeys are those of the zones of the person, in their order.
    """
    values = (
        _profession(person, need),
        _proximity(journeys),
        _timing(person, need),
        _fte(person, need),
        _hours(person, need),
        _experience(person, need),
        _skills(person, need),
    )
    return tuple(map(_score, PARTS, values, weights.values))


def _score(part: Part, value: int | None, weight: int) -> PartScore:
    if value is None:
        return PartScore(part, NEUTRAL, weight, False)
    return PartScore(part, value, weight, True)


def _profession(person: Person, need: Need) -> int | None:
    if person.practices is None:
        return None
    bridges = bridges_by_source(need)
    worth = 0
    for practice in person.practices:
        if practice.profession == need.profession:
            good = not need.specialty or practice.specialty == need.specialty
            worth = max(worth, 100 if good else OTHER_SPECIALTY)
        elif practice.profession in bridges:
            bridge = bridges[practice.profession]
            worth = max(worth, DIRECT_BRIDGE if bridge.direct else TRAINING - bridge.months)
    for licence in person.licences or ():
        if licence.profession == need.profession and licence.kind in need.licences:
            worth = max(worth, BY_LICENCE)
    return worth


def _proximity(journeys: Sequence[Journey]) -> int | None:
    worths = []
    for time, far in journeys:
        if time is not None:
            worths.append(_falling(time, NEAR_MINUTES, FAR_MINUTES))
        elif far is not None:
            worths.append(_falling(far, NEAR_KM, FAR_KM))
    return max(worths, default=None)


def _falling(value: float, near: int, far: int) -> int:
    """100 up to `near`, 0 from `far` on, a straight line in between."""
    return min(100, max(0, int(100 * (far - value) / (far - near))))


def _timing(person: Person, need: Need) -> int | None:
    if person.available_from is None or need.starts_on is None:
        return None
    late = max(0, (person.available_from - need.starts_on).days)
    return 100 * max(0, LATEST_DAYS - late) // LATEST_DAYS


def _fte(person: Person, need: Need) -> int | None:
    """The share of the post that the person covers, or of their wish that the post covers."""
    if person.fte_min is None or person.fte_max is None:
        return None
    return 100 * min(need.fte, person.fte_max) // max(need.fte, person.fte_min)


def _hours(person: Person, need: Need) -> int | None:
    """Each hour and day asked: agreed 100, refused 0, not said in between."""
    if need.hours is None or need.days is None:
        return None
    asked = len(need.hours) + len(need.days)
    if not asked:
        return 100
    refused = need.hours & person.hours_refused
    worth = 100 * len((need.hours & person.hours_accepted) - refused)
    worth += NEUTRAL * len(need.hours - person.hours_accepted - refused)
    if person.days is None:
        worth += NEUTRAL * len(need.days)
    else:
        worth += 100 * len(need.days & person.days)
    return worth // asked


def _experience(person: Person, need: Need) -> int | None:
    asked = need.years_of_experience
    if not asked:
        return 100
    if person.years_of_experience is None:
        return None
    return 100 * min(person.years_of_experience, asked) // asked


def _skills(person: Person, need: Need) -> int | None:
    if not need.skills:
        return 100
    if person.skills is None:
        return None
    return 100 * len(need.skills & person.skills) // len(need.skills)
