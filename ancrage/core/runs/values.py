"""What the planner of training runs and its judge both speak of.

A course may be given in several runs, each on a site, from a month on, for a group that is neither
too small nor too large. People wish for courses; the territory needs people trained by a month.
Months are counted from any origin; money is in euros.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

# Larger numbers are no cost of a run, no priority of a wish: a mistake, or another unit.
MOST_COST, MOST_POINTS, MOST_PEOPLE = 1_000_000, 100, 10_000


@dataclass(frozen=True, slots=True)
class Course:
    """What is taught: the profession that it leads to, if any, and how many months it takes."""

    key: str
    profession: str | None = None
    months: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A course that could be given: where, from which month on, to how many, for how much."""

    key: str
    course: str
    site: str
    month: int
    least: int
    most: int
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A person who would follow a course, on these sites, from one of these months on.

    `priority` is what it is worth to grant it, in points, at least 1.
    """

    person: str
    course: str
    sites: frozenset[str]
    months: frozenset[int]
    priority: int = 1


@dataclass(frozen=True, slots=True)
class Need:
    """How many people of a profession are needed by a month, and the points that each is worth."""

    profession: str
    month: int
    people: int
    worth: int = 1


@dataclass(frozen=True, slots=True)
class Instance:
    """What is asked.

    Attributes:
        budget: what all the runs that open may cost together; None: no limit.
    """

    courses: tuple[Course, ...]
    runs: tuple[Run, ...]
    wishes: tuple[Wish, ...]
    needs: tuple[Need, ...] = ()
    budget: int | None = None


class Worth(NamedTuple):
    """What a plan brings: points of wishes granted and needs covered; then what it costs."""

    points: int
    cost: int


class Cover(NamedTuple):
    """How many people of a run cover a need."""

    run: str
    profession: str
    month: int
    people: int


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that opens, and who goes, sorted."""

    run: str
    people: tuple[str, ...]


class Proof(Enum):
    """What is known of a plan."""

    # No plan is worth more: prices prove it.
    OPTIMAL = "optimal"
    # The same, by a complete search that leaves no price to check.
    SEARCHED = "searched"
    # No plan exceeds the bound.
    BOUNDED = "bounded"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices from which what no plan can exceed is computed, see `judge.upper_bound`.

    Attributes:
        scale: euros that a point outweighs; more than any plan costs.
        parts: in how many parts a euro is cut: prices are in such parts, at least 0.
        people: the price of sending a person.
        needs: the price of covering one of a need, by profession and month.
        budget: the price of a euro of the budget.
    """

    scale: int
    parts: int = 1
    people: tuple[tuple[str, int], ...] = ()
    needs: tuple[tuple[str, int, int], ...] = ()
    budget: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Which runs open, who goes where, which needs that covers; what is proved of it.

    Attributes:
        runs: by key.
        covers: by run, profession, month.
        bound: no plan has more points; none that has as many costs less.
    """

    runs: tuple[OpenRun, ...]
    covers: tuple[Cover, ...]
    worth: Worth
    bound: Worth
    proof: Proof
    certificate: Certificate

    @property
    def gap(self) -> Fraction:
        """The share of the points of the bound that may be missing."""
        return Fraction(self.bound.points - self.worth.points, self.bound.points or 1)


class FlawKind(Enum):
    """Why an instance is none; what follows is said with it, in that order."""

    COURSE_TWICE = "course twice"  # course
    COURSE_MONTHS = "course months"  # course, months
    RUN_TWICE = "run twice"  # run
    RUN_COURSE = "run of an unknown course"  # run, course
    RUN_SIZES = "run sizes"  # run, least, most
    RUN_COST = "run cost"  # run, cost
    WISH_TWICE = "wish twice"  # person, course
    WISH_COURSE = "wish for an unknown course"  # person, course
    PRIORITY = "priority"  # person, priority
    NEED_TWICE = "need twice"  # profession, month
    NEED_PEOPLE = "need people"  # profession, month, people
    NEED_WORTH = "need worth"  # profession, month, worth
    BUDGET = "budget"  # budget


class InvalidInstance(ValueError):
    """The instance is not one: what is wrong, and where."""

    def __init__(self, kind: FlawKind, *where: str | int) -> None:
        super().__init__(f"{kind.value}: {', '.join(map(str, where))}")
        self.kind = kind
        self.where = where


class ViolationKind(Enum):
    """What may be wrong with a plan."""

    UNKNOWN_RUN = "unknown run"
    RUN_TWICE = "run twice"
    GROUP_SIZE = "group too small or too large"
    NO_WISH = "a person who did not wish for it"
    PERSON_TWICE = "a person in two places"
    BUDGET = "over the budget"
    COVER = "a cover that is none"
    TOO_MANY_COVERED = "more people than the need"
    TOO_MANY_COVERING = "more people than the run"
    WORTH = "worth that is not that of the plan"
    PRICES = "prices that prove nothing"
    NOT_PROVED = "not proved"


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong, and with what."""

    kind: ViolationKind
    where: tuple[str | int, ...] = field(default=())


def check(instance: Instance) -> None:
    """Make sure that an instance is one.

    Raises:
        InvalidInstance: it is not.
    """
    courses = {one.key for one in instance.courses}
    _once(((one.key,) for one in instance.courses), FlawKind.COURSE_TWICE)
    _once(((one.key,) for one in instance.runs), FlawKind.RUN_TWICE)
    _once(((one.person, one.course) for one in instance.wishes), FlawKind.WISH_TWICE)
    _once(((one.profession, one.month) for one in instance.needs), FlawKind.NEED_TWICE)
    for course in instance.courses:
        if course.months < 0:
            raise InvalidInstance(FlawKind.COURSE_MONTHS, course.key, course.months)
    for run in instance.runs:
        if run.course not in courses:
            raise InvalidInstance(FlawKind.RUN_COURSE, run.key, run.course)
        if not 1 <= run.least <= run.most <= MOST_PEOPLE:
            raise InvalidInstance(FlawKind.RUN_SIZES, run.key, run.least, run.most)
        if not 0 <= run.cost <= MOST_COST:
            raise InvalidInstance(FlawKind.RUN_COST, run.key, run.cost)
    for wish in instance.wishes:
        if wish.course not in courses:
            raise InvalidInstance(FlawKind.WISH_COURSE, wish.person, wish.course)
        if not 1 <= wish.priority <= MOST_POINTS:
            raise InvalidInstance(FlawKind.PRIORITY, wish.person, wish.priority)
    for need in instance.needs:
        if not 0 <= need.people <= MOST_PEOPLE:
            raise InvalidInstance(FlawKind.NEED_PEOPLE, need.profession, need.month, need.people)
        if not 0 <= need.worth <= MOST_POINTS:
            raise InvalidInstance(FlawKind.NEED_WORTH, need.profession, need.month, need.worth)
    if instance.budget is not None and instance.budget < 0:
        raise InvalidInstance(FlawKind.BUDGET, instance.budget)


def _once(names: Iterable[tuple[str | int, ...]], kind: FlawKind) -> None:
    seen: set[tuple[str | int, ...]] = set()
    for name in names:
        if name in seen:
            raise InvalidInstance(kind, *name)
        seen.add(name)
