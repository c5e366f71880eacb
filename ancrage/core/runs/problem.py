"""An instance with numbers instead of names, its like people together, its parts apart.

People who could go to the same runs, with the same points, are one group: which of them goes
where changes nothing. Runs that share neither people nor needs are problems of their own, unless
a budget holds them together.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.core.runs.values import Instance, Need, Run

# For each run that a group may join, the points of its wish.
Options = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """People who have the same options: (run, points)."""

    people: tuple[str, ...]
    options: Options


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be decided.

    Attributes:
        runs: those that could have enough people.
        groups: those that have options, by their options.
        needs: those that some run may cover.
        covers: for each run, the needs that its people may cover.
        budget: what may be spent; None when it cannot bind.
        scale: euros that a point outweighs.
    """

    runs: tuple[Run, ...]
    groups: tuple[Group, ...]
    needs: tuple[Need, ...]
    covers: tuple[tuple[int, ...], ...]
    budget: int | None
    scale: int


def scale_of(instance: Instance) -> int:
    """Return more euros than any plan may cost."""
    total = sum(run.cost for run in instance.runs)
    return 1 + (total if instance.budget is None else min(total, instance.budget))


def problems_of(instance: Instance) -> list[Problem]:
    """Return the problems that an instance is made of; together, they are the instance."""
    runs = _possible(instance)
    budget, scale = instance.budget, scale_of(instance)
    if budget is not None and sum(run.cost for run in runs) <= budget:
        budget = None
    needs = sorted(instance.needs, key=lambda one: (one.profession, one.month))
    ready = {course.key: (course.profession, course.months) for course in instance.courses}
    covers = [
        tuple(
            rank
            for rank, need in enumerate(needs)
            if need.people * need.worth
            and ready[run.course][0] == need.profession
            and run.month + ready[run.course][1] <= need.month
        )
        for run in runs
    ]
    options = _options(instance, runs)
    if budget is not None:
        return [_part(runs, options, needs, covers, range(len(runs)), budget, scale)]
    return [
        _part(runs, options, needs, covers, own, None, scale)
        for own in _apart(len(runs), options, covers)
    ]


def _suits(instance: Instance, run: Run) -> dict[str, int]:
    """For each person who may go, the points of the wish."""
    return {
        wish.person: wish.priority
        for wish in instance.wishes
        if wish.course == run.course and run.site in wish.sites and run.month in wish.months
    }


def _possible(instance: Instance) -> list[Run]:
    return sorted(
        (
            run
            for run in instance.runs
            if len(_suits(instance, run)) >= run.least
            and (instance.budget is None or run.cost <= instance.budget)
        ),
        key=lambda run: run.key,
    )


def _options(instance: Instance, runs: list[Run]) -> dict[str, Options]:
    options: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for rank, run in enumerate(runs):
        for person, points in _suits(instance, run).items():
            options[person].append((rank, points))
    return {person: tuple(own) for person, own in sorted(options.items())}


def _apart(
    count: int, options: dict[str, Options], covers: list[tuple[int, ...]]
) -> list[list[int]]:
    """Split the runs into those that share people or needs."""
    leader = list(range(count))

    def first_of(run: int) -> int:
        while leader[run] != run:
            leader[run] = leader[leader[run]]
            run = leader[run]
        return run

    shared: dict[tuple[str, str | int], int] = {}
    ties: list[tuple[tuple[str, str | int], int]] = [
        (("person", person), run) for person, own in options.items() for run, _points in own
    ]
    ties += [(("need", need), run) for run, own in enumerate(covers) for need in own]
    for tie, run in ties:
        one, other = first_of(run), first_of(shared.setdefault(tie, run))
        leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for run in range(count):
        groups[first_of(run)].append(run)
    return list(groups.values())


def _part(
    runs: list[Run],
    options: dict[str, Options],
    needs: list[Need],
    covers: list[tuple[int, ...]],
    own: Sequence[int],
    budget: int | None,
    scale: int,
) -> Problem:
    place = {run: rank for rank, run in enumerate(own)}
    used = sorted({need for run in own for need in covers[run]})
    need_place = {need: rank for rank, need in enumerate(used)}
    alike: dict[Options, list[str]] = defaultdict(list)
    for person, theirs in options.items():
        if theirs[0][0] in place:
            alike[tuple((place[run], points) for run, points in theirs)].append(person)
    return Problem(
        tuple(runs[run] for run in own),
        tuple(Group(tuple(people), theirs) for theirs, people in sorted(alike.items())),
        tuple(needs[need] for need in used),
        tuple(tuple(need_place[need] for need in covers[run]) for run in own),
        budget,
        scale,
    )
