"""What each fraction is worth, so that no plan can be worth more than all of them together.

Problem. The linear program of a set packing: take a share x(S) ≥ 0 of each set S so that no
fraction is taken more than once; the sum of the gains g(S)·x(S) is largest. Its dual is a price
u(i) ≥ 0 per fraction; whatever the prices, no plan gains more than Σ u + Σ max(0, g(S) − u(S)).

Shares are not sets: three halves of a post make one and a half posts in the program, one in the
world. For an odd set T of fractions, at most (|T| − 1) / 2 sets of a plan have two of T or more,
counted as ⌊|S ∩ T| / 2⌋: a cut, with a price w(T) ≥ 0 of its own. These are Chvátal–Gomory cuts
of rank one; with sets of two they are the blossom inequalities of Edmonds, which are all that
matching needs; with three fractions, the subset-row cuts of Jepsen et al.

Steps:

1. The program is solved with some of the sets (GLOP); the prices find the sets that it lacks.
2. While the shares break cuts, they are added: triples of fractions, then odd groups that the
   shares hold together.
3. Prices are rounded to whole parts of a minute. What they prove is then counted in integers.

Complexity: a few linear programs of n rows; the sets are priced by NumPy, O(sets) each time.

References: L. S. Lasdon, Optimization Theory for Large Systems (1970), chapter 4 (columns on
demand). M. Jepsen, B. Petersen, S. Spoorendonk, D. Pisinger, « Subset-Row Inequalities Applied
to the Vehicle-Routing Problem with Time Windows », Operations Research 56 (2008), p. 497–511.
J. Edmonds, « Maximum Matching and a Polyhedron with 0,1-Vertices », Journal of Research of the
NBS 69B (1965), p. 125–130.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import pywraplp

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# In how many parts a minute is cut: halves, thirds… and sevenths of a price stay exact.
PARTS = 2520
# Sets that enter the linear program at once.
FIRST_SETS, MORE_SETS = 2_000, 1_000
MOST_ROUNDS, CUTS_PER_ROUND = 12, 60
MOST_FRACTIONAL = 160
NEARLY = 1e-6
LEAST_BROKEN = 1e-4
THRESHOLDS = (0.01, 0.26, 0.34, 0.51)


@dataclass(frozen=True, slots=True)
class Packing:
    """Sets to choose from.

    Attributes:
        rows: how many fractions there are.
        sets: for each set, its fractions, from 0.
        gains: what each brings.
        scale: gains are divided by it in the linear program.
    """

    rows: int
    sets: Sequence[tuple[int, ...]]
    gains: Integers
    scale: int


@dataclass(frozen=True, slots=True)
class Bound:
    """Prices in parts, what they prove, and what the linear program would take.

    Attributes:
        prices: of each fraction.
        cuts: odd sets of fractions and their prices.
        ceiling: what no plan gains more than, in parts.
        losses: what each set loses against it, in parts; less than 0 by rounding only.
        shares: how much the program takes of each set.
    """

    prices: tuple[int, ...]
    cuts: tuple[tuple[frozenset[int], int], ...]
    ceiling: int
    losses: Integers
    shares: Floats

    def best_gain(self) -> int:
        """Return what no plan gains more than."""
        return self.ceiling // PARTS


def priced(packing: Packing, *, enough: int) -> Bound:
    """Return the best prices found; stop when they prove that no plan gains over `enough`."""
    program = _Program(packing)
    found = program.solve()
    for _round in range(MOST_ROUNDS):
        if found.best_gain() <= enough:
            break
        cuts = _broken(packing, found.shares, program.known)
        if not cuts:
            break
        program.add(cuts)
        better = program.solve()
        if better.ceiling < found.ceiling:
            found = better
    return found


class _Program:
    """The linear program: fractions and cuts as rows, sets on demand."""

    def __init__(self, packing: Packing) -> None:
        self._packing = packing
        width = max(map(len, packing.sets))
        # One row more than the fractions, whose price is always 0, fills the short sets.
        self._members = np.full((len(packing.sets), width), packing.rows, dtype=np.int64)
        for rank, one in enumerate(packing.sets):
            self._members[rank, : len(one)] = one
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._objective = self._solver.Objective()
        self._objective.SetMaximization()
        self._rows = [self._solver.Constraint(0, 1) for _row in range(packing.rows)]
        self._cuts: list[tuple[frozenset[int], pywraplp.Constraint, Integers]] = []
        self._columns: dict[int, pywraplp.Variable] = {}
        gains = packing.gains
        for rank in np.argsort(-gains, kind="stable")[:FIRST_SETS].tolist():
            self._enter(rank)

    @property
    def known(self) -> set[frozenset[int]]:
        """The cuts that it has."""
        return {members for members, _row, _counts in self._cuts}

    def _enter(self, rank: int) -> None:
        column = self._solver.NumVar(0, self._solver.infinity(), "")
        self._columns[rank] = column
        self._objective.SetCoefficient(
            column, int(self._packing.gains[rank]) / self._packing.scale
        )
        for row in self._packing.sets[rank]:
            self._rows[row].SetCoefficient(column, 1)
        for _members, cut, counts in self._cuts:
            if counts[rank]:
                cut.SetCoefficient(column, int(counts[rank]))

    def add(self, cuts: Iterable[frozenset[int]]) -> None:
        """Forbid what breaks these cuts."""
        for members in cuts:
            inside = np.zeros(self._packing.rows + 1, dtype=np.int64)
            inside[list(members)] = 1
            counts = inside[self._members].sum(axis=1) // 2
            row = self._solver.Constraint(0, (len(members) - 1) // 2)
            for rank, column in self._columns.items():
                if counts[rank]:
                    row.SetCoefficient(column, int(counts[rank]))
            self._cuts.append((members, row, counts))

    def solve(self) -> Bound:
        """Solve with all the sets, and return what its prices prove."""
        while True:
            self._solver.Solve()
            found = self._bound()
            lacking = np.flatnonzero(found.losses < -self._tolerance())
            lacking = lacking[np.argsort(found.losses[lacking], kind="stable")]
            entering = [rank for rank in lacking.tolist() if rank not in self._columns]
            if not entering:
                return found
            for rank in entering[:MORE_SETS]:
                self._enter(rank)

    def _tolerance(self) -> int:
        return int(NEARLY * self._packing.scale * PARTS) + 1

    def _bound(self) -> Bound:
        packing = self._packing
        unit = packing.scale * PARTS
        prices = np.zeros(packing.rows + 1, dtype=np.int64)
        prices[:-1] = [max(0, round(row.dual_value() * unit)) for row in self._rows]
        losses = prices[self._members].sum(axis=1) - packing.gains * PARTS
        ceiling = int(prices.sum())
        cuts = []
        for members, row, counts in self._cuts:
            price = max(0, round(row.dual_value() * unit))
            if price:
                losses += price * counts
                ceiling += price * ((len(members) - 1) // 2)
                cuts.append((members, price))
        ceiling -= int(losses[losses < 0].sum())
        shares = np.zeros(len(packing.sets))
        for rank, column in self._columns.items():
            shares[rank] = column.solution_value()
        return Bound(tuple(prices[:-1].tolist()), tuple(cuts), ceiling, losses, shares)


def _broken(packing: Packing, shares: Floats, known: set[frozenset[int]]) -> list[frozenset[int]]:
    """Return the cuts that these shares break, the most broken ones first."""
    taken = [
        (packing.sets[rank], float(shares[rank]))
        for rank in np.flatnonzero(shares > NEARLY).tolist()
    ]
    joined: dict[tuple[int, int], float] = defaultdict(float)
    for members, share in taken:
        if share < 1 - NEARLY:
            for pair in combinations(members, 2):
                joined[pair] += share
    found: dict[frozenset[int], float] = {}
    for group in (*_triples(joined), *_odd_groups(joined), *_everything(packing.rows)):
        if group not in known and group not in found:
            broken = sum(share * (len(group.intersection(one)) // 2) for one, share in taken)
            broken -= (len(group) - 1) // 2
            if broken > LEAST_BROKEN:
                found[group] = broken
    return sorted(found, key=lambda group: (-found[group], sorted(group)))[:CUTS_PER_ROUND]


def _triples(joined: Mapping[tuple[int, int], float]) -> Iterator[frozenset[int]]:
    """Three fractions that shares join two by two."""
    neighbours = _neighbours(joined, 0)
    if len(neighbours) > MOST_FRACTIONAL:
        return
    for first, second in sorted(joined):
        for third in sorted(neighbours[first] & neighbours[second]):
            if third > second:
                yield frozenset((first, second, third))


def _odd_groups(joined: Mapping[tuple[int, int], float]) -> Iterator[frozenset[int]]:
    """Odd groups of fractions that shares hold together, and odd groups without one of them."""
    for threshold in THRESHOLDS:
        neighbours = _neighbours(joined, threshold)
        seen: set[int] = set()
        for start in sorted(neighbours):
            if start in seen:
                continue
            group, border = {start}, [start]
            while border:
                for other in neighbours[border.pop()] - group:
                    group.add(other)
                    border.append(other)
            seen |= group
            if len(group) % 2:
                yield frozenset(group)
            else:
                for left_out in sorted(group):
                    yield frozenset(group - {left_out})


def _everything(rows: int) -> Iterator[frozenset[int]]:
    """All the fractions at once, when they are odd in number: one of them has no partner."""
    if rows % 2:
        yield frozenset(range(rows))


def _neighbours(joined: Mapping[tuple[int, int], float], least: float) -> dict[int, set[int]]:
    neighbours: dict[int, set[int]] = defaultdict(set)
    for (first, second), share in joined.items():
        if share > least:
            neighbours[first].add(second)
            neighbours[second].add(first)
    return neighbours
