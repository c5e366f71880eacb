"""Runs and wishes of the tests, and what is true of them by trying all."""

import random
from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from ancrage.core.runs.values import Course, Instance, Need, Run, Wish, Worth

COURSES = (Course("care", "care_assistant", 10), Course("first-aid"))


def run(key: str, course: str = "care", **more) -> Run:
    """A run in Pornic in month 1, for 2 or 3 people."""
    return Run(
        **{"key": key, "course": course, "site": "pornic", "month": 1, "least": 2, "most": 3}
        | more
    )


def wish(person: str, course: str = "care", **more) -> Wish:
    """Somebody who would go to Pornic in month 1."""
    places = {"sites": frozenset({"pornic"}), "months": frozenset({1})}
    return Wish(**{"person": person, "course": course, **places, **more})


@st.composite
def instances(draw):
    """Few runs, few people, with all that can set them apart."""
    courses = (
        Course("a", "nurse", draw(st.integers(0, 2))),
        Course("b", draw(st.sampled_from(["nurse", None])), 1),
    )
    runs = []
    for rank in range(draw(st.integers(0, 4))):
        least = draw(st.integers(1, 3))
        runs.append(
            Run(
                f"r{rank}",
                draw(st.sampled_from("ab")),
                draw(st.sampled_from("xy")),
                draw(st.integers(0, 2)),
                least,
                draw(st.integers(least, 3)),
                draw(st.integers(0, 9)),
            )
        )
    wishes = {}
    for rank in range(draw(st.integers(0, 6))):
        key = f"p{rank % 5}", draw(st.sampled_from("ab"))
        wishes[key] = Wish(
            *key,
            draw(st.frozensets(st.sampled_from("xy"), min_size=1)),
            draw(st.frozensets(st.integers(0, 2), min_size=1)),
            draw(st.integers(1, 3)),
        )
    needs = tuple(
        Need("nurse", month, draw(st.integers(0, 3)), draw(st.integers(0, 2)))
        for month in draw(st.sets(st.integers(0, 5), max_size=2))
    )
    budget = draw(st.none() | st.integers(0, 25))
    return Instance(
        courses,
        tuple(draw(st.permutations(runs))),
        tuple(draw(st.permutations(list(wishes.values())))),
        needs,
        budget,
    )


def crowded(seed: int, *, people: int = 60, runs: int = 12, budget: int | None = 60) -> Instance:
    """Runs that want the same people: what is hard is to choose which ones open."""
    dice = random.Random(seed)
    courses = tuple(Course(f"c{rank}", "nurse", dice.randrange(4)) for rank in range(3))
    sites = [f"s{rank}" for rank in range(4)]
    return Instance(
        courses,
        tuple(
            Run(
                f"r{rank:02}",
                f"c{dice.randrange(3)}",
                dice.choice(sites),
                dice.randrange(6),
                dice.choice([4, 6]),
                dice.choice([7, 8, 10]),
                dice.randrange(10, 30),
            )
            for rank in range(runs)
        ),
        tuple(
            Wish(
                f"p{rank:02}",
                f"c{dice.randrange(3)}",
                frozenset(dice.sample(sites, 2)),
                frozenset(dice.sample(range(6), 3)),
                dice.choice([1, 1, 2, 3]),
            )
            for rank in range(people)
        ),
        (Need("nurse", 4, 6, 1), Need("nurse", 7, 6, 2)),
        budget,
    )


def best_by_trying_all(instance: Instance) -> Worth:
    """The worth of the best plan: all the runs that may open, all the places of everybody."""
    best = Worth(0, 0)
    for size in range(len(instance.runs) + 1):
        for opened in combinations(instance.runs, size):
            cost = sum(one.cost for one in opened)
            if instance.budget is not None and cost > instance.budget:
                continue
            for points in _points(instance, opened):
                if (points, -cost) > (best.points, -best.cost):
                    best = Worth(points, cost)
    return best


def _points(instance: Instance, opened: tuple[Run, ...]) -> Iterator[int]:
    people = sorted({one.person for one in instance.wishes})
    places = [
        [
            None,
            *(
                (run, one.priority)
                for run in opened
                for one in instance.wishes
                if one.person == person
                and one.course == run.course
                and run.site in one.sites
                and run.month in one.months
            ),
        ]
        for person in people
    ]
    for choice in product(*places):
        taken = [place for place in choice if place is not None]
        sizes = {one.key: sum(run is one for run, _points in taken) for one in opened}
        if all(one.least <= sizes[one.key] <= one.most for one in opened):
            trained = [run for run, _points in taken]
            yield sum(points for _run, points in taken) + _covered(instance, trained)


def _covered(instance: Instance, trained: list[Run]) -> int:
    """The most that these people cover: everybody tries every need."""
    courses = {course.key: course for course in instance.courses}
    totals = {tuple(need.people for need in instance.needs): 0}
    for one in trained:
        course = courses[one.course]
        grown = dict(totals)
        for left, points in totals.items():
            for rank, need in enumerate(instance.needs):
                in_time = one.month + course.months <= need.month
                if left[rank] and course.profession == need.profession and in_time:
                    after = (*left[:rank], left[rank] - 1, *left[rank + 1 :])
                    grown[after] = max(grown.get(after, 0), points + need.worth)
        totals = grown
    return max(totals.values())
