"""Why this person does not go, why that run stays closed, what is still missing of a need.

Each is told the first thing that keeps it from being, in the order in which somebody could mend
it: nothing of the kind is possible; too few people; too dear; others made a better use of the
people, of the places or of the money.

Complexity: O(runs · (wishes + needs)).
"""

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from ancrage.core.runs.values import Course, Instance, Need, Plan, Run, Wish, check


class WhyNotSent(Enum):
    """What keeps a person from a course."""

    ELSEWHERE = "goes to another course"
    NO_RUN = "no run on these sites in these months"
    CLOSED = "no run that suits opens"
    FULL = "the runs that suit are full"


class WhyClosed(Enum):
    """What keeps a run closed."""

    FEW = "too few people could come"
    DEAR = "dearer than the whole budget"
    OUTBID = "its people or its money serve better elsewhere"


class WhyMissing(Enum):
    """What keeps a need uncovered."""

    NO_RUN = "no run ends in time"
    FEW = "too few people are trained in time"


@dataclass(frozen=True, slots=True)
class NotSent:
    """A wish that is not granted, and the runs that would suit."""

    person: str
    course: str
    why: WhyNotSent
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A run that stays closed: how many could come, and how many of them go nowhere else."""

    run: str
    why: WhyClosed
    could_come: int
    go_nowhere: int


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of a need are still missing."""

    profession: str
    month: int
    people: int
    why: WhyMissing


@dataclass(frozen=True, slots=True)
class Reasons:
    """By person and course; by run; by profession and month."""

    not_sent: tuple[NotSent, ...]
    closed: tuple[Closed, ...]
    missing: tuple[Missing, ...]


def explain(instance: Instance, plan: Plan) -> Reasons:
    """Return why the rest of what is asked is not in the plan.

    Raises:
        InvalidInstance: what is asked makes no sense.
    """
    check(instance)
    going = {person: one.run for one in plan.runs for person in one.people}
    opened = {one.run for one in plan.runs}
    course_of = {run.key: run.course for run in instance.runs}
    wishes = sorted(instance.wishes, key=lambda one: (one.person, one.course))
    return Reasons(
        tuple(
            _not_sent(instance, wish, going, opened)
            for wish in wishes
            if course_of.get(going.get(wish.person, "")) != wish.course
        ),
        tuple(
            _closed(instance, run, going)
            for run in sorted(instance.runs, key=lambda one: one.key)
            if run.key not in opened
        ),
        _missing(instance, plan),
    )


def _suits(run: Run, wish: Wish) -> bool:
    return run.course == wish.course and run.site in wish.sites and run.month in wish.months


def _not_sent(instance: Instance, wish: Wish, going: dict[str, str], opened: set[str]) -> NotSent:
    runs = tuple(sorted(run.key for run in instance.runs if _suits(run, wish)))
    if wish.person in going:
        why = WhyNotSent.ELSEWHERE
    elif not runs:
        why = WhyNotSent.NO_RUN
    elif opened.isdisjoint(runs):
        why = WhyNotSent.CLOSED
    else:
        why = WhyNotSent.FULL
    return NotSent(wish.person, wish.course, why, runs)


def _closed(instance: Instance, run: Run, going: dict[str, str]) -> Closed:
    people = [wish.person for wish in instance.wishes if _suits(run, wish)]
    if len(people) < run.least:
        why = WhyClosed.FEW
    elif instance.budget is not None and run.cost > instance.budget:
        why = WhyClosed.DEAR
    else:
        why = WhyClosed.OUTBID
    return Closed(run.key, why, len(people), sum(person not in going for person in people))


def _missing(instance: Instance, plan: Plan) -> tuple[Missing, ...]:
    covered: Counter[tuple[str, int]] = Counter()
    for cover in plan.covers:
        covered[cover.profession, cover.month] += cover.people
    courses = {course.key: course for course in instance.courses}
    found = []
    for need in sorted(instance.needs, key=lambda one: (one.profession, one.month)):
        left = need.people - covered[need.profession, need.month]
        in_time = any(_ends_in_time(run, courses[run.course], need) for run in instance.runs)
        why = WhyMissing.FEW if in_time else WhyMissing.NO_RUN
        if left:
            found.append(Missing(need.profession, need.month, left, why))
    return tuple(found)


def _ends_in_time(run: Run, course: Course, need: Need) -> bool:
    return course.profession == need.profession and run.month + course.months <= need.month
