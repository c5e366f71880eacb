"""What a household asks and what a partner offers: facts, each of which may be unknown.

Everywhere `None` means « nobody has said », and an empty collection « there is none ». Codes
(themes, communes) are plain words chosen by the caller. Prices are cents of euro a month.
"""

import itertools
import sys
from dataclasses import dataclass
from datetime import date, timedelta

from ancrage.core.welcome.weeks import NO_HOURS, Week

NEVER = date.max
"""The end of what does not end."""

ANY_PRICE = sys.maxsize
"""The price of who sets none."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere: a commune, and where it is in decimal degrees if that is known."""

    commune: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one would go: minutes, kilometres, both, or (neither) any distance."""

    minutes: int | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    `near` are the places that count for the journey (where one works, where one lives): the
    offer is to be within reach of one of them. `people` share each place. `hours` are those to be
    covered; `ages` the ages in months, on the first day, of the children to be looked after.

    Raises:
        ValueError: it ends before it begins, or asks for no place at all.
    """

    key: str
    theme: str
    starts_on: date | None = None
    ends_on: date | None = None
    places: int = 1
    people: int = 1
    near: tuple[Place, ...] | None = None
    reach: Reach | None = None
    hours: Week | None = NO_HOURS
    max_price: int | None = None
    ages: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("a request ends before it begins")
        if min(self.places, self.people) < 1:
            raise ValueError("a request asks for no place")


@dataclass(frozen=True, slots=True)
class Opening:
    """Places that are free from one day to another, both included.

    Raises:
        ValueError: it ends before it begins, or holds no place.
    """

    starts_on: date
    ends_on: date
    places: int = 1

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError("an opening ends before it begins")
        if self.places < 1:
            raise ValueError("an opening holds no place")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered.

    `openings` are what is still free, without overlap; `area` the communes it serves (none:
    everywhere); `place` where one goes (None with `comes_to_you`: nowhere); `hours` when it is
    open (None: nobody has said; a dwelling is open at `ALL_HOURS`); `holds` how many people a
    place is for; ages in months, both included.

    Raises:
        ValueError: two openings overlap.
    """

    key: str
    themes: frozenset[str]
    openings: tuple[Opening, ...] | None = None
    area: frozenset[str] | None = frozenset()
    place: Place | None = None
    comes_to_you: bool = False
    hours: Week | None = None
    price: int | None = None
    holds: int | None = None
    age_from: int | None = None
    age_to: int | None = None

    def __post_init__(self) -> None:
        ordered = sorted(self.openings or (), key=lambda opening: opening.starts_on)
        for one, other in itertools.pairwise(ordered):
            if other.starts_on <= one.ends_on:
                raise ValueError("two openings of an offer overlap")


Run = tuple[date, date]


def free_runs(openings: tuple[Opening, ...], places: int) -> list[Run]:
    """Return the longest stretches of days, without a gap, with so many places on each."""
    runs: list[Run] = []
    for opening in sorted(openings, key=lambda one: one.starts_on):
        if opening.places < places:
            continue
        if runs and runs[-1][1] + timedelta(days=1) == opening.starts_on:
            runs[-1] = (runs[-1][0], opening.ends_on)
        else:
            runs.append((opening.starts_on, opening.ends_on))
    return runs
