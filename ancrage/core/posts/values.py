"""What the composer of shared posts and its judge both speak of.

A fraction is a part of a post that one employer offers on one site; it is too small to live on.
Several of them, that one person can hold in the same week, make a shared post. FTE are counted
in hundredths, travel in minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum
from fractions import Fraction as Ratio
from typing import NamedTuple

DAYS = 7
# The least odd set of fractions that binds more than its fractions do one by one.
SMALLEST_CUT = 3
# Nobody drives for longer between two sites; nobody holds more parts of posts.
MOST_MINUTES, MOST_PARTS = 24 * 60, 6


class Shift(IntEnum):
    """A part of a day: 8:00 to 12:00, 13:00 to 18:00, 14:00 to 21:30, 21:00 to 7:00, or about.

    A night belongs to the day on which it begins. A day of twelve hours takes its
    morning, afternoon and evening.
    """

    MORNING = 0
    AFTERNOON = 1
    EVENING = 2
    NIGHT = 3


class Slot(NamedTuple):
    """A shift of a day of the week; Monday is 0."""

    day: int
    shift: Shift


@dataclass(frozen=True, slots=True)
class Holder:
    """Who already holds a fraction, would rather not leave, and what would make them stay.

    Attributes:
        person: who.
        least: the total FTE that they want, at least.
        most: the same, at most.
        travel: minutes between two sites, at most; None: as for everybody.
        off: when they work nowhere but where they do already.
    """

    person: str
    least: int = 80
    most: int = 100
    travel: int | None = None
    off: frozenset[Slot] = frozenset()


@dataclass(frozen=True, slots=True)
class Fraction:
    """A part of a post.

    Attributes:
        key: its identifier.
        fte: in hundredths, from 1 to 100.
        start: the first day.
        slots: when it may be worked; empty: whenever.
        needed: how many of these slots it takes; None: all of them.
        holder: the person who holds it already; None: nobody does.
    """

    key: str
    employer: str
    site: str
    profession: str
    fte: int
    start: date
    slots: frozenset[Slot] = frozenset()
    needed: int | None = None
    holder: Holder | None = None


class Trip(NamedTuple):
    """The minutes between two sites, either way."""

    first: str
    second: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What makes a shared post bearable.

    Attributes:
        least: its total FTE, at least, unless its holder wishes otherwise.
        most: the same, at most.
        travel: minutes between any two of its sites, at most.
        employers: how many, at most; there are at least two.
        parts: how many fractions, at most.
        wait: days between the first and the last start of its fractions, at most.
    """

    least: int = 80
    most: int = 100
    travel: int = 45
    employers: int = 3
    parts: int = 4
    wait: int = 92


@dataclass(frozen=True, slots=True)
class Instance:
    """What is asked.

    Attributes:
        trips: two sites that are not listed together are out of reach of one another.
        refused: sets of fractions that somebody refused: never proposed again.
    """

    fractions: tuple[Fraction, ...]
    trips: tuple[Trip, ...] = ()
    limits: Limits = Limits()
    refused: frozenset[frozenset[str]] = frozenset()


class Worth(NamedTuple):
    """What posts bring: FTE covered, in hundredths; then minutes between their sites."""

    fte: int
    travel: int


@dataclass(frozen=True, slots=True)
class Part:
    """A fraction in a post, and the slots of the week that it takes."""

    fraction: str
    week: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """Fractions that one person can hold.

    Attributes:
        parts: by key of fraction.
        travel: the minutes between its sites, two by two, added up.
        start: the day from which all the fractions are there.
        person: whom it keeps; None: whom it will attract.
    """

    parts: tuple[Part, ...]
    fte: int
    travel: int
    start: date
    person: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The fractions that make it."""
        return tuple(part.fraction for part in self.parts)


class Proof(Enum):
    """What is known of a plan."""

    # No plan is worth more: prices prove it.
    OPTIMAL = "optimal"
    # The same, by a complete search that leaves no price to check.
    SEARCHED = "searched"
    # No plan exceeds the bound.
    BOUNDED = "bounded"


class Cut(NamedTuple):
    """The price of an odd set of fractions: n of them make at most (n − 1) / 2 posts that take
    two or more of them."""

    fractions: tuple[str, ...]
    price: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices from which what no plan can exceed is computed, see `judge.upper_bound`.

    Attributes:
        scale: minutes that a hundredth of FTE outweighs; more than those of any plan.
        parts: in how many parts a minute is cut: prices are in such parts.
        prices: of the fractions, at least 0; one that is not there costs nothing.
        cuts: prices of odd sets of fractions, at least 0.
    """

    scale: int
    parts: int = 1
    prices: tuple[tuple[str, int], ...] = ()
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Posts that share no fraction, what they are worth, what is proved of them.

    Attributes:
        posts: by their first fraction.
        worth: what they bring.
        bound: no plan covers more FTE; none that covers as much has less travel.
        sets: how many sets of fractions were weighed.
        complete: whether these were all the compatible sets there are.
    """

    posts: tuple[Post, ...]
    worth: Worth
    bound: Worth
    proof: Proof
    certificate: Certificate
    sets: int
    complete: bool = True

    @property
    def gap(self) -> Ratio:
        """The share of the FTE of the bound that may be missing."""
        return Ratio(self.bound.fte - self.worth.fte, self.bound.fte or 1)


class FlawKind(Enum):
    """Why an instance is none; what follows is said with it, in that order."""

    KEY_TWICE = "key twice"  # fraction
    FTE = "fte"  # fraction, fte
    DAY = "day"  # fraction, day
    NEEDED = "needed"  # fraction, needed, slots
    PERSON_TWICE = "person twice"  # person
    WISH = "wish"  # person, least, most
    TRAVEL_WISH = "travel wish"  # person, minutes
    TRIP_TWICE = "trip twice"  # site, site
    TRIP_MINUTES = "trip minutes"  # site, site, minutes
    TOTAL = "total"  # least, most
    TRAVEL = "travel"  # minutes
    EMPLOYERS = "employers"  # employers
    PARTS = "parts"  # parts
    WAIT = "wait"  # days
    UNKNOWN_REFUSED = "unknown refused"  # fraction


class InvalidInstance(ValueError):
    """The instance is not one: what is wrong, and where."""

    def __init__(self, kind: FlawKind, *where: str | int) -> None:
        super().__init__(f"{kind.value}: {', '.join(map(str, where))}")
        self.kind = kind
        self.where = where


class ViolationKind(Enum):
    """What may be wrong with a plan."""

    UNKNOWN_FRACTION = "unknown fraction"
    FRACTION_TWICE = "fraction twice"
    PROFESSIONS = "several professions"
    EMPLOYERS = "too few or too many employers"
    PARTS = "too many parts"
    TRAVEL = "sites too far apart"
    TOTAL = "total out of bounds"
    WAIT = "starts too far apart"
    WEEK = "not the slots of the fraction"
    CLASH = "slots that clash"
    PEOPLE = "several people"
    REFUSED = "refused before"
    FIGURES = "figures that are not those of the post"
    WORTH = "worth that is not that of the posts"
    PRICES = "prices that prove nothing"
    NOT_PROVED = "not proved"


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong, and with what."""

    kind: ViolationKind
    where: tuple[str, ...] = field(default=())


def check(instance: Instance) -> None:
    """Make sure that an instance is one.

    Raises:
        InvalidInstance: it is not.
    """
    limits = instance.limits
    if not 0 < limits.least <= limits.most <= 100:
        raise InvalidInstance(FlawKind.TOTAL, limits.least, limits.most)
    for kind, number, smallest, largest in (
        (FlawKind.TRAVEL, limits.travel, 0, MOST_MINUTES),
        (FlawKind.EMPLOYERS, limits.employers, 2, None),
        (FlawKind.PARTS, limits.parts, 2, MOST_PARTS),
        (FlawKind.WAIT, limits.wait, 0, None),
    ):
        if number < smallest or (largest is not None and number > largest):
            raise InvalidInstance(kind, number)
    _check_once((one.key for one in instance.fractions), FlawKind.KEY_TWICE)
    holders = [one.holder for one in instance.fractions if one.holder is not None]
    _check_once((one.person for one in holders), FlawKind.PERSON_TWICE)
    for one in instance.fractions:
        _check_fraction(one)
    for holder in holders:
        if not 0 < holder.least <= holder.most <= 100:
            raise InvalidInstance(FlawKind.WISH, holder.person, holder.least, holder.most)
        if holder.travel is not None and not 0 <= holder.travel <= MOST_MINUTES:
            raise InvalidInstance(FlawKind.TRAVEL_WISH, holder.person, holder.travel)
    _check_trips(instance.trips)
    known = {one.key for one in instance.fractions}
    unknown = min((key for keys in instance.refused for key in keys - known), default=None)
    if unknown is not None:
        raise InvalidInstance(FlawKind.UNKNOWN_REFUSED, unknown)


def _check_once(names: Iterable[str], kind: FlawKind) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InvalidInstance(kind, name)
        seen.add(name)


def _check_fraction(one: Fraction) -> None:
    if not 0 < one.fte <= 100:
        raise InvalidInstance(FlawKind.FTE, one.key, one.fte)
    held = one.holder.off if one.holder else frozenset()
    for slot in sorted(one.slots | held):
        if not 0 <= slot.day < DAYS:
            raise InvalidInstance(FlawKind.DAY, one.key, slot.day)
    if one.needed is not None and not 0 <= one.needed <= len(one.slots):
        raise InvalidInstance(FlawKind.NEEDED, one.key, one.needed, len(one.slots))


def _check_trips(trips: Iterable[Trip]) -> None:
    seen: set[frozenset[str]] = set()
    for trip in trips:
        ends = frozenset(trip[:2])
        if ends in seen or len(ends) == 1:
            raise InvalidInstance(FlawKind.TRIP_TWICE, trip.first, trip.second)
        if trip.minutes < 0:
            raise InvalidInstance(FlawKind.TRIP_MINUTES, *trip)
        seen.add(ends)
