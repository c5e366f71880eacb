"""Shared posts composed, beside greed and beside solvers that get every set as a yes or no.

Bars: 300 fractions on 60 sites, the optimum proved in under 2 s; 2,000 fractions with a stated
gap in under 20 s. The time of ours includes the listing of the sets; that of the peers does not:
they get the sets, and must only choose. « judge » is the judge, who lists them again.

Territories are drawn: a disc of sites, minutes by distance, one employer for two sites, fractions
of 10 to 70 hundredths whose days are fixed, to be chosen, evenings or nights; a seventh is held
by somebody who would like more. Times are of the processor, one core.

    python -m benchmarks.shared_posts
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from importlib.util import find_spec

from ortools.linear_solver import pywraplp

from ancrage.core.posts.judge import violations
from ancrage.core.posts.sets import Candidate, compatible_sets
from ancrage.core.posts.solve import plan, scale_of
from ancrage.core.posts.values import Fraction, Holder, Instance, Shift, Slot, Trip, Worth

# (fractions, sites, professions, minutes across)
SIZES = (
    (300, 60, 8, 140),
    (300, 60, 3, 140),
    (300, 60, 8, 60),
    (2_000, 200, 12, 250),
    (2_000, 200, 12, 110),
)
BARS = {300: 2.0, 2_000: 20.0}
SOLVER_SECONDS = 60
SEED = 20261122
Choice = tuple[list[Candidate], bool]


def main() -> None:
    """Print ours and the peers on each territory."""
    peers: dict[str, Callable[[Instance, Sequence[Candidate]], Choice]] = {
        "greedy, fullest first": by_greed,
        "CP-SAT": by_cp_sat,
    }
    if find_spec("scipy"):
        peers["HiGHS (scipy)"] = by_highs
    for size in SIZES:
        _show(size, peers)


def draw(fractions: int, sites: int, professions: int, across: int) -> Instance:
    """A territory."""
    dice = random.Random(SEED)
    places = [(dice.uniform(0, across), dice.uniform(0, across)) for _site in range(sites)]
    trips = []
    for one, (x, y) in enumerate(places):
        for other, (u, v) in enumerate(places[:one]):
            minutes = 5 + round(((x - u) ** 2 + (y - v) ** 2) ** 0.5)
            if minutes <= 90:
                trips.append(Trip(f"s{one}", f"s{other}", minutes))
    return Instance(
        tuple(_fraction(dice, rank, sites, professions) for rank in range(fractions)),
        tuple(trips),
    )


def _fraction(dice: random.Random, rank: int, sites: int, professions: int) -> Fraction:
    fte = dice.choice([10, 20, 20, 25, 30, 30, 40, 40, 50, 50, 50, 60, 60, 70])
    site, halves = dice.randrange(sites), max(1, round(fte / 10))
    days = dice.sample(range(5), 5)
    by_day = [Slot(day, half) for day in days for half in (Shift.MORNING, Shift.AFTERNOON)]
    slots, needed = {
        "fixed": (by_day[:halves], halves),
        "to be chosen": (by_day, halves),
        "nights": ([Slot(day, Shift.NIGHT) for day in range(7)], max(1, halves // 2)),
        "evenings": ([Slot(day, Shift.EVENING) for day in days], min(5, halves)),
    }[dice.choice(["fixed"] * 6 + ["to be chosen"] * 6 + ["nights", "evenings"])]
    holder = None
    if fte >= 30 and dice.random() < 1 / 7:
        wish = dice.choice([70, 80, 90])
        holder = Holder(f"p{rank}", least=wish, travel=dice.choice([None, 20, 30]))
    return Fraction(
        f"f{rank:04}",
        f"e{site // 2}",
        f"s{site}",
        f"m{dice.randrange(professions)}",
        fte,
        date(2027, 1, 1) + timedelta(dice.randrange(200)),
        frozenset(slots),
        needed,
        holder,
    )


def by_greed(instance: Instance, sets: Sequence[Candidate]) -> Choice:
    """Take the fullest post that is left, then the one with least travel."""
    kept, taken = [], set[int]()
    for one in sorted(sets, key=lambda one: (-one.fte, one.travel, one.parts)):
        if taken.isdisjoint(one.parts):
            kept.append(one)
            taken.update(one.parts)
    return kept, False


def by_cp_sat(instance: Instance, sets: Sequence[Candidate]) -> Choice:
    """One yes or no per set, one at most per fraction."""
    solver = pywraplp.Solver.CreateSolver("SAT")
    solver.SetSolverSpecificParametersAsString("num_workers:1 linearization_level:2")
    solver.SetTimeLimit(SOLVER_SECONDS * 1000)
    scale = scale_of(instance)
    columns = [solver.BoolVar("") for _set in sets]
    rows: dict[int, pywraplp.Constraint] = {}
    for column, one in zip(columns, sets, strict=True):
        solver.Objective().SetCoefficient(column, one.fte * scale - one.travel)
        for part in one.parts:
            if part not in rows:
                rows[part] = solver.Constraint(0, 1)
            rows[part].SetCoefficient(column, 1)
    solver.Objective().SetMaximization()
    status = solver.Solve()
    kept = [
        one for column, one in zip(columns, sets, strict=True) if column.solution_value() > 0.5
    ]
    return kept, status == pywraplp.Solver.OPTIMAL


def by_highs(instance: Instance, sets: Sequence[Candidate]) -> Choice:
    """The same, as a mixed integer program."""
    import numpy as np  # noqa: PLC0415 -- with scipy, installed for the measures only
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    scale = scale_of(instance)
    rows = [part for one in sets for part in one.parts]
    columns = [rank for rank, one in enumerate(sets) for _part in one.parts]
    shape = (len(instance.fractions), len(sets))
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    found = milp(
        [-(one.fte - one.travel / scale) for one in sets],
        constraints=LinearConstraint(matrix, -np.inf, 1),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(sets)),
        options={"time_limit": SOLVER_SECONDS, "mip_rel_gap": 0},
    )
    shares = found.x if found.x is not None else np.zeros(len(sets))
    return [one for one, share in zip(sets, shares, strict=True) if share > 0.5], not found.status


def _show(
    size: tuple[int, int, int, int],
    peers: dict[str, Callable[[Instance, Sequence[Candidate]], Choice]],
) -> None:
    instance = draw(*size)
    begun = time.process_time()
    found = plan(instance)
    seconds = time.process_time() - begun
    assert violations(instance, found) == []
    judged = time.process_time() - begun - seconds
    print(
        f"{size[0]:,} fractions, {size[1]} sites, {size[2]} professions, {size[3]} min across: "
        f"{found.sets:,} sets"
    )
    proof = f"{found.proof.value}, gap {float(found.gap):.3%}"
    _line("Ancrage", found.worth, seconds, f"{proof}, bar {BARS[size[0]]:.0f} s")
    print(f"  {'bound':24}{found.bound.fte / 100:>10,.2f}{found.bound.travel:>10,}", end="")
    print(f"{judged:>10.2f} s  judge")
    sets, _thinned = compatible_sets(instance)
    for name, peer in peers.items():
        begun = time.process_time()
        kept, proved = peer(instance, sets)
        worth = Worth(sum(one.fte for one in kept), sum(one.travel for one in kept))
        _line(name, worth, time.process_time() - begun, "proved" if proved else "not proved")


def _line(name: str, worth: Worth, seconds: float, said: str) -> None:
    print(f"  {name:24}{worth.fte / 100:>10,.2f}{worth.travel:>10,}{seconds:>10.2f} s  {said}")


if __name__ == "__main__":
    main()
