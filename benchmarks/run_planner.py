"""Training runs chosen, beside greed and beside solvers that get the whole model.

Bar: 2,000 wishes and 60 possible runs in under 5 s, the gap shown. A run is for 6 to 20 people and
costs 4,000 to 30,000 €; people go to one to six of twelve sites, in two to twelve months; needs of
five professions fall in four months. The tighter the budget, the harder it is to prove.

Peers (both of OR-Tools) get one whole number per group of like people and run, one yes or no per
run, and are asked for the whole proof. « greedy » opens, again and again, the run that brings
most points for the people that are left.
Times are of the processor, one core.

    python -m benchmarks.run_planner
"""

import random
import time
from collections.abc import Callable
from dataclasses import replace

from ortools.linear_solver import pywraplp

from ancrage.core.runs.judge import violations, worth
from ancrage.core.runs.problem import problems_of
from ancrage.core.runs.solve import plan
from ancrage.core.runs.values import (
    Course,
    Cover,
    Instance,
    Need,
    OpenRun,
    Plan,
    Run,
    Wish,
    Worth,
)

# (wishes, runs, courses, budget)
SIZES = (
    (2_000, 60, 10, None),
    (2_000, 60, 20, None),
    (1_000, 60, 10, None),
    (2_000, 60, 10, 300_000),
    (2_000, 60, 5, 200_000),
)
BAR = 5.0
SITES, SECONDS, SEED = 12, 60, 20261122
Answer = tuple[Worth, bool]


def main() -> None:
    """Print ours and the peers on each instance."""
    peers: dict[str, Callable[[Instance], Answer]] = {
        "greedy": by_greed,
        "CP-SAT": lambda instance: by_solver(instance, "SAT"),
        "HiGHS": lambda instance: by_solver(instance, "HIGHS"),
    }
    for size in SIZES:
        instance = draw(*size)
        begun = time.process_time()
        found = plan(instance)
        seconds = time.process_time() - begun
        assert violations(instance, found) == []
        budget = "no budget" if size[3] is None else f"{size[3]:,} €"
        print(f"{len(instance.wishes):,} wishes × {size[1]} runs, {size[2]} courses, {budget}")
        said = f"{found.proof.value}, gap {float(found.gap):.3%}, bar {BAR:.0f} s"
        _line("Ancrage", found.worth, seconds, said)
        print(f"  {'bound':12}{found.bound.points:>8,}{found.bound.cost:>12,} €")
        for name, peer in peers.items():
            begun = time.process_time()
            reached, proved = peer(instance)
            seconds = time.process_time() - begun
            _line(name, reached, seconds, "proved" if proved else "not proved")


def draw(wishes: int, runs: int, courses: int, budget: int | None) -> Instance:
    """An instance where everybody has one wish, some two."""
    dice = random.Random(SEED)
    taught = tuple(
        Course(f"c{rank}", f"m{rank % 5}" if rank % 3 else None, dice.choice([0, 1, 3, 11]))
        for rank in range(courses)
    )
    possible = tuple(
        Run(
            f"r{rank:03}",
            f"c{dice.randrange(courses)}",
            f"s{dice.randrange(SITES)}",
            dice.randrange(12),
            dice.choice([6, 8, 10]),
            dice.choice([12, 15, 20]),
            dice.choice([4, 8, 15, 30]) * 1_000 + dice.randrange(100),
        )
        for rank in range(runs)
    )
    asked: list[Wish] = []
    while len(asked) < wishes:
        person = f"p{len(asked):04}"
        for course in dice.sample(range(courses), dice.choice([1, 1, 1, 1, 2])):
            home, first = dice.randrange(SITES), dice.randrange(12)
            near = range(home, home + dice.choice([1, 2, 4, 6]))
            months = range(first, first + dice.choice([2, 3, 6, 12, 12]))
            asked.append(
                Wish(
                    person,
                    f"c{course}",
                    frozenset(f"s{site % SITES}" for site in near),
                    frozenset(month % 12 for month in months),
                    dice.choice([1, 1, 1, 2, 3]),
                )
            )
    needs = tuple(
        Need(f"m{profession}", month, dice.randrange(12), dice.choice([1, 2]))
        for profession in range(5)
        for month in (3, 8, 14, 20)
    )
    return Instance(taught, possible, tuple(asked[:wishes]), needs, budget)


def by_greed(instance: Instance) -> Answer:
    """Open the run that brings most points for the people left, needs served as they come."""
    courses = {course.key: course for course in instance.courses}
    left = {(need.profession, need.month): need.people for need in instance.needs}
    gone: set[str] = set()
    spent = 0
    opened: list[OpenRun] = []
    covers: list[Cover] = []
    closed = list(instance.runs)
    while True:
        best: tuple[int, int, OpenRun, list[Cover]] | None = None
        for run in closed:
            if instance.budget is not None and spent + run.cost > instance.budget:
                continue
            takers = sorted(
                (
                    wish
                    for wish in instance.wishes
                    if wish.course == run.course
                    and run.site in wish.sites
                    and run.month in wish.months
                    and wish.person not in gone
                ),
                key=lambda wish: (-wish.priority, wish.person),
            )[: run.most]
            if len(takers) < run.least:
                continue
            points, free, own = sum(wish.priority for wish in takers), len(takers), []
            for need in sorted(instance.needs, key=lambda one: (-one.worth, one.month)):
                course = courses[run.course]
                people = min(free, left[need.profession, need.month])
                in_time = run.month + course.months <= need.month
                if people and course.profession == need.profession and in_time:
                    own.append(Cover(run.key, need.profession, need.month, people))
                    points, free = points + people * need.worth, free - people
            answer = OpenRun(run.key, tuple(sorted(wish.person for wish in takers)))
            if best is None or (points, -run.cost) > best[:2]:
                best = points, -run.cost, answer, own
        if best is None:
            break
        _points, cost, answer, own = best
        opened.append(answer)
        covers += own
        spent -= cost
        gone.update(answer.people)
        for cover in own:
            left[cover.profession, cover.month] -= cover.people
        closed = [run for run in closed if run.key != answer.run]
    empty = plan(replace(instance, runs=()))
    made = replace(empty, runs=tuple(opened), covers=tuple(covers))
    assert _allowed(instance, made)
    return worth(instance, made), False


def _allowed(instance: Instance, made: Plan) -> bool:
    wrong = {one.kind.name for one in violations(instance, made)}
    return wrong <= {"WORTH", "PRICES", "NOT_PROVED"}


def by_solver(instance: Instance, name: str) -> Answer:
    """The whole model, like people together, to a solver of mixed integer programs."""
    total, proved = Worth(0, 0), True
    for problem in problems_of(instance):
        solver = pywraplp.Solver.CreateSolver(name)
        solver.SetTimeLimit(SECONDS * 1000)
        if name == "SAT":
            solver.SetSolverSpecificParametersAsString("num_workers:1 linearization_level:2")
        opens = [solver.BoolVar("") for _run in problem.runs]
        trained: list[list[pywraplp.Variable]] = [[] for _run in problem.runs]
        gains = []
        for group in problem.groups:
            own = []
            for run, points in group.options:
                sent = solver.IntVar(0, len(group.people), "")
                own.append(sent)
                trained[run].append(sent)
                gains.append(points * sent)
                solver.Add(sent <= len(group.people) * opens[run])
            solver.Add(sum(own) <= len(group.people))
        covered: list[list[pywraplp.Variable]] = [[] for _need in problem.needs]
        for rank, run in enumerate(problem.runs):
            solver.Add(sum(trained[rank]) <= run.most * opens[rank])
            solver.Add(sum(trained[rank]) >= run.least * opens[rank])
            own = []
            for need in problem.covers[rank]:
                people = solver.IntVar(0, problem.needs[need].people, "")
                own.append(people)
                covered[need].append(people)
                gains.append(problem.needs[need].worth * people)
            solver.Add(sum(own) <= sum(trained[rank]))
        for need, people in zip(problem.needs, covered, strict=True):
            solver.Add(sum(people) <= need.people)
        cost = sum(run.cost * is_open for run, is_open in zip(problem.runs, opens, strict=True))
        if problem.budget is not None:
            solver.Add(cost <= problem.budget)
        solver.Maximize(sum(gains) * problem.scale - cost)
        exactly = pywraplp.MPSolverParameters()
        exactly.SetDoubleParam(exactly.RELATIVE_MIP_GAP, 0.0)
        status = solver.Solve(exactly)
        proved = proved and status == pywraplp.Solver.OPTIMAL
        if status in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            spent = round(cost.solution_value())
            points = round((solver.Objective().Value() + spent) / problem.scale)
            total = Worth(total.points + points, total.cost + spent)
    return total, proved


def _line(name: str, reached: Worth, seconds: float, said: str) -> None:
    print(f"  {name:12}{reached.points:>8,}{reached.cost:>12,} €{seconds:>9.2f} s  {said}")


if __name__ == "__main__":
    main()
