"""A run may open by halves: what no plan is worth more than, and prices that prove it.

Problem. In the linear program a run opens by a share y from 0 to 1, takes from `least`·y to
`most`·y people, nobody by more than y, and covers no more of a need than y times it. With whole
shares the rest is a flow (people → runs → needs), whose corners are whole: only the runs need to
be decided.

Proof. Price a person π ≥ 0, one of a need ν ≥ 0, a euro of the budget β ≥ 0. Relaxed by these
prices the runs no longer meet: a run that opens takes its k best people (points − π) and covers
its k best needs (worth − ν), for the best k from `least` to `most`; both sums are concave in k,
so that it takes people while the next one gains. Hence, whatever the plan,

    gain  ≤  Σ π + Σ people · ν + budget · β + Σ max(0, value of each run)

The prices of the linear program give its own optimum: the value of a run has whole corners.

Complexity: one linear program (GLOP) with a row per option; O(options · log) to count a bound.

Reference: A. M. Geoffrion, « Lagrangean Relaxation for Integer Programming », Mathematical
Programming Study 2 (1974), p. 82–114.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ortools.linear_solver import pywraplp

from ancrage.core.runs.problem import Problem

Integers = npt.NDArray[np.int64]

# In how many parts a euro is cut when prices are rounded.
PARTS = 720
NEARLY = 1e-6


class Unsolved(ArithmeticError):
    """The linear program was given up, for its numbers."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Whole prices, in parts of a euro: of one person of each group, one of each need, a euro."""

    groups: Integers
    needs: Integers
    budget: int


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum of the linear program: shares of the runs, people sent, needs covered."""

    shares: tuple[float, ...]
    sent: dict[tuple[int, int], float]
    covered: dict[tuple[int, int], float]
    prices: Prices


class Program:
    """The linear program of a problem, in which runs may be held open or closed."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        solver = self._solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = solver.infinity()
        objective = solver.Objective()
        objective.SetMaximization()
        self._open = [solver.NumVar(0, 1, "") for _run in problem.runs]
        self._budget = solver.Constraint(
            -infinity, infinity if problem.budget is None else problem.budget / problem.scale
        )
        self._sent: dict[tuple[int, int], pywraplp.Variable] = {}
        self._covered: dict[tuple[int, int], pywraplp.Variable] = {}
        least, most, trained = [], [], []
        for one, opens in zip(problem.runs, self._open, strict=True):
            objective.SetCoefficient(opens, -one.cost / problem.scale)
            self._budget.SetCoefficient(opens, one.cost / problem.scale)
            least.append(solver.Constraint(0, infinity))
            least[-1].SetCoefficient(opens, -one.least)
            most.append(solver.Constraint(-infinity, 0))
            most[-1].SetCoefficient(opens, -one.most)
            trained.append(solver.Constraint(-infinity, 0))
        self._groups = []
        for rank, group in enumerate(problem.groups):
            row = solver.Constraint(-infinity, len(group.people))
            self._groups.append(row)
            for run, points in group.options:
                sent = self._sent[rank, run] = solver.NumVar(0, infinity, "")
                objective.SetCoefficient(sent, points)
                for bound in (row, least[run], most[run]):
                    bound.SetCoefficient(sent, 1)
                trained[run].SetCoefficient(sent, -1)
        self._needs = [solver.Constraint(-infinity, need.people) for need in problem.needs]
        for run, needs in enumerate(problem.covers):
            for rank in needs:
                need = problem.needs[rank]
                covered = self._covered[run, rank] = solver.NumVar(0, infinity, "")
                objective.SetCoefficient(covered, need.worth)
                self._needs[rank].SetCoefficient(covered, 1)
                trained[run].SetCoefficient(covered, 1)
        self._bound: set[int] = set()

    def _within(self, amount: pywraplp.Variable, most: int, run: int) -> None:
        row = self._solver.Constraint(-self._solver.infinity(), 0)
        row.SetCoefficient(amount, 1)
        row.SetCoefficient(self._open[run], -most)

    def _tightened(self) -> bool:
        """Bind the amounts that exceed what the share of their run allows; say if there were."""
        shares = [share.solution_value() for share in self._open]
        problem = self._problem
        amounts = [
            (sent, len(problem.groups[group].people), run)
            for (group, run), sent in self._sent.items()
        ]
        amounts += [
            (covered, problem.needs[need].people, run)
            for (run, need), covered in self._covered.items()
        ]
        loose = [
            (amount, most, run)
            for amount, most, run in amounts
            if amount.index() not in self._bound
            and amount.solution_value() > most * shares[run] + NEARLY
        ]
        for amount, most, run in loose:
            self._bound.add(amount.index())
            self._within(amount, most, run)
        return bool(loose)

    def solve(self, opened: frozenset[int], closed: frozenset[int]) -> Relaxed | None:
        """Return the optimum when these runs are held open, these closed; None: there is none.

        Raises:
            Unsolved: the program gave up.
        """
        for run, share in enumerate(self._open):
            share.SetBounds(float(run in opened), float(run not in closed))
        while True:
            status = self._solver.Solve()
            if status == pywraplp.Solver.INFEASIBLE:
                return None
            if status != pywraplp.Solver.OPTIMAL:
                raise Unsolved
            if not self._tightened():
                break
        unit = self._problem.scale * PARTS
        return Relaxed(
            tuple(share.solution_value() for share in self._open),
            {key: sent.solution_value() for key, sent in self._sent.items()},
            {key: covered.solution_value() for key, covered in self._covered.items()},
            Prices(
                _whole(self._groups, unit),
                _whole(self._needs, unit),
                # Its row is in points: a euro is a part of one.
                max(0, round(self._budget.dual_value() * PARTS)),
            ),
        )


def _whole(rows: Sequence[pywraplp.Constraint], unit: int) -> Integers:
    return np.array([max(0, round(row.dual_value() * unit)) for row in rows], dtype=np.int64)


class Bounds:
    """Counts what prices prove, in whole parts."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._sizes = np.array([len(group.people) for group in problem.groups], dtype=np.int64)
        self._people = np.array([need.people for need in problem.needs], dtype=np.int64)
        unit = problem.scale * PARTS
        self._worths = np.array([need.worth * unit for need in problem.needs], dtype=np.int64)
        takers: list[list[tuple[int, int]]] = [[] for _run in problem.runs]
        for rank, group in enumerate(problem.groups):
            for run, points in group.options:
                takers[run].append((rank, points * unit))
        self._takers = [
            (
                np.array([rank for rank, _points in own], dtype=np.int64),
                np.array([points for _rank, points in own], dtype=np.int64),
            )
            for own in takers
        ]
        self._covers = [np.array(own, dtype=np.int64) for own in problem.covers]

    def free(self) -> Prices:
        """Return prices that prove little: nothing costs anything."""
        return Prices(np.zeros_like(self._sizes), np.zeros_like(self._people), 0)

    def values(self, prices: Prices) -> list[int]:
        """Return what each run is worth when it opens, at these prices, in parts."""
        return [self._value(run, prices) for run in range(len(self._problem.runs))]

    def ceiling(self, prices: Prices, values: Sequence[int]) -> int:
        """Return what no plan gains more than, in parts.

        With a run held open whose value is less than nothing, or closed whose value is more, no
        plan gains more than this less the value.
        """
        total = int(prices.groups @ self._sizes) + int(prices.needs @ self._people)
        total += prices.budget * (self._problem.budget or 0)
        return total + sum(max(0, value) for value in values)

    def _value(self, run: int, prices: Prices) -> int:
        known = self._problem.runs[run]
        groups, points = self._takers[run]
        best = _best(points - prices.groups[groups], self._sizes[groups], known.most)
        needs = self._covers[run]
        net = self._worths[needs] - prices.needs[needs]
        covered = _best(np.maximum(net, 0), self._people[needs], len(best))
        best[: len(covered)] += covered
        more = best[known.least :]
        gained = int(best[: known.least].sum()) + int(more[more > 0].sum())
        return gained - known.cost * (PARTS + prices.budget)


def _best(values: Integers, counts: Integers, most: int) -> Integers:
    """The largest of these values, each so many times, from the largest on."""
    order = np.argsort(-values, kind="stable")
    return np.repeat(values[order], np.minimum(counts[order], most))[:most]
