"""Shared posts: which fractions of posts to put together, for the whole territory.

Problem. Fractions of posts that nobody can live on; sets of them that one person can hold
(`sets`). Choose sets that share no fraction, so that the FTE covered is largest; among such
plans, the one with the fewest minutes between the sites of its posts. This is weighted set
packing, strongly NP-hard as soon as sets have three elements, and hard to approximate within
their size over its logarithm: no method is exact and quick on all of it. A territory is not all
of it.

Both aims in one number: with `scale` over the minutes of any plan, a set gains
fte · scale − minutes, and whole numbers stay exact.

Steps:

1. Fractions that no set joins are apart from one another: each component is a problem of its
   own. The plan, the bound and the effort are the sums of theirs.
2. A linear program with cuts prices the fractions (`prices`): what no plan exceeds.
3. Sets are taken in the order of what they lose against the prices, then exchanged, one for the
   one or two in its way, while that gains.
4. Where this meets the bound, the prices prove it. Otherwise the sets that lose no more than the
   gap are all that a better plan may hold: they are searched to the end, within an effort.

What is not proved is said: the proof, the bound and the gap are part of the plan.

Complexity: O(sets) for each pricing; the search is exponential in the fractions of a component
in the worst case, and counts its effort in the units of the solver (CP-SAT, one worker).

The answer does not depend on the order of what is given, nor on the machine unless `out_of_time`
says stop.

References: R. M. Karp, « Reducibility among Combinatorial Problems » (1972); E. Hazan, S. Safra,
O. Schwartz, « On the complexity of approximating k-set packing », Computational Complexity 15
(2006), p. 20–39; R. Baldacci, N. Christofides, A. Mingozzi, « An exact algorithm for the vehicle
routing problem based on the set partitioning formulation », Mathematical Programming 115 (2008),
p. 351–385 (search among the columns within the gap).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from ancrage.core.posts.prices import PARTS, Bound, Packing, priced
from ancrage.core.posts.sets import (
    Candidate,
    compatible_sets,
    ordered,
    post_of,
)
from ancrage.core.posts.values import (
    Certificate,
    Cut,
    Fraction,
    Instance,
    Plan,
    Proof,
    Worth,
    check,
)

# The effort of the complete searches of a plan, in units of the solver: about a second each.
EFFORT = 4.0
# What one search may spend of it; one that ends is counted for a quarter of what it was allowed.
SHARE = 0.25
PASSES = 6
# Sums of gains stay exact in the floating-point numbers of the solver.
MOST_EXACT = 1 << 50


def always() -> bool:
    """Say that there is no time limit."""
    return False


@dataclass(frozen=True, slots=True)
class _Settled:
    """A component: the sets kept, what no plan of it gains more than, how it is known."""

    kept: list[Candidate]
    gain: int
    ceiling: int
    proof: Proof
    prices: dict[int, int]
    cuts: list[tuple[frozenset[int], int]]


def plan(
    instance: Instance, *, effort: float = EFFORT, out_of_time: Callable[[], bool] = always
) -> Plan:
    """Return the posts that cover most FTE, then have least travel: exactly, or with the gap.

    Args:
        instance: what is asked.
        effort: of the complete searches, all together.
        out_of_time: asked before each of them; without it, the same instance always gets the
            same plan.

    Raises:
        InvalidInstance: what is asked makes no sense.
    """
    check(instance)
    fractions = ordered(instance)
    candidates, thinned = compatible_sets(instance)
    scale = scale_of(instance)
    components = _components(candidates)
    settled = []
    spent = 0.0
    for own in sorted(components, key=lambda own: (len(own), own[0].parts)):
        search = _Search(own, scale, closed=fractions[own[0].parts[0]].profession not in thinned)
        left = 0.0 if out_of_time() else effort - spent
        allowed = min(left, effort * SHARE)
        settled.append(search.run(allowed))
        spent += search.spent
    return _announced(instance, fractions, settled, scale, candidates, thinned)


def scale_of(instance: Instance) -> int:
    """Return more minutes than the posts of any plan can hold together."""
    limits = instance.limits
    wishes = (one.holder.travel for one in instance.fractions if one.holder is not None)
    travel = max((limits.travel, *(wish for wish in wishes if wish is not None)))
    # A post of k parts has k·(k − 1) / 2 trips: (k − 1) / 2 for each of its fractions.
    return len(instance.fractions) * (limits.parts - 1) * travel // 2 + 1


def _components(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Split the sets into groups that share no fraction."""
    leader: dict[int, int] = {}

    def first_of(part: int) -> int:
        while leader[part] != part:
            leader[part] = leader[leader[part]]
            part = leader[part]
        return part

    for one in candidates:
        for part in one.parts:
            leader.setdefault(part, part)
        roots = [first_of(part) for part in one.parts]
        for root in roots:
            leader[root] = min(roots)
    groups: dict[int, list[Candidate]] = defaultdict(list)
    for one in candidates:
        groups[first_of(one.parts[0])].append(one)
    return list(groups.values())


class _Search:
    """Settles one component."""

    def __init__(self, candidates: list[Candidate], scale: int, *, closed: bool) -> None:
        self._candidates = candidates
        self._parts = sorted({part for one in candidates for part in one.parts})
        place = {part: rank for rank, part in enumerate(self._parts)}
        self._sets = [tuple(place[part] for part in one.parts) for one in candidates]
        self._gains = [one.fte * scale - one.travel for one in candidates]
        self._scale = scale
        self._closed = closed
        self._holding: list[list[int]] = [[] for _part in self._parts]
        for rank, one in enumerate(self._sets):
            for part in one:
                self._holding[part].append(rank)
        self.spent = 0.0

    def run(self, effort: float) -> _Settled:
        """Return the best sets found, with what is known of them."""
        order = sorted(range(len(self._sets)), key=lambda rank: (-self._gains[rank], rank))
        kept = self._improved(order)
        gains = np.array(self._gains, dtype=np.int64)
        packing = Packing(len(self._parts), self._sets, gains, self._scale)
        bound = priced(packing, enough=self._gain(kept))
        if bound.best_gain() > self._gain(kept):
            kept = max(kept, *self._guided(bound), key=self._gain)
        complete = False
        if bound.best_gain() > self._gain(kept) and effort > 0:
            better, complete, self.spent = self._searched(kept, bound, effort)
            kept = max(kept, better, key=self._gain)
        gain = self._gain(kept)
        if not self._closed:
            return self._thin(kept)
        ceiling, proof = bound.best_gain(), Proof.BOUNDED
        if gain == ceiling:
            proof = Proof.OPTIMAL
        elif complete:
            ceiling, proof = gain, Proof.SEARCHED
        return _Settled(
            [self._candidates[rank] for rank in sorted(kept)],
            gain,
            ceiling,
            proof,
            dict(zip(self._parts, bound.prices, strict=True)),
            [
                (frozenset(self._parts[row] for row in members), price)
                for members, price in bound.cuts
            ],
        )

    def _thin(self, kept: Sequence[int]) -> _Settled:
        """Some sets were never listed: the bound is set from all the fractions."""
        return _Settled(
            [self._candidates[rank] for rank in sorted(kept)],
            self._gain(kept),
            0,
            Proof.BOUNDED,
            {},
            [],
        )

    def _gain(self, kept: Iterable[int]) -> int:
        return sum(self._gains[rank] for rank in kept)

    def _guided(self, bound: Bound) -> list[list[int]]:
        losses, shares = bound.losses.tolist(), bound.shares.tolist()
        ranks = range(len(self._sets))
        return [
            self._improved(
                sorted(ranks, key=lambda rank: (-round(shares[rank], 6), losses[rank], rank))
            ),
            self._improved(sorted(ranks, key=lambda rank: (losses[rank], rank))),
        ]

    def _improved(self, order: Sequence[int]) -> list[int]:
        """Take sets in this order, then exchange them while that gains."""
        taken: dict[int, int] = {}
        for _pass in range(PASSES):
            changed = False
            for rank in order:
                own = self._sets[rank]
                foes = {taken[part] for part in own if part in taken}
                if rank in foes or self._gain(foes) >= self._gains[rank]:
                    continue
                for foe in foes:
                    for part in self._sets[foe]:
                        del taken[part]
                for part in own:
                    taken[part] = rank
                changed = True
            if not changed:
                break
        return sorted(set(taken.values()))

    def _searched(
        self, kept: Sequence[int], bound: Bound, effort: float
    ) -> tuple[list[int], bool, float]:
        """Search for a better plan among the sets that it may hold; say if that was all."""
        room = bound.ceiling - (self._gain(kept) + 1) * PARTS
        promising = np.flatnonzero(bound.losses <= room).tolist()
        solver = pywraplp.Solver.CreateSolver("SAT")
        solver.SetSolverSpecificParametersAsString(
            f"num_workers:1 max_deterministic_time:{effort} relative_gap_limit:0 "
            "linearization_level:2"
        )
        columns = {rank: solver.BoolVar("") for rank in promising}
        rows: dict[int, pywraplp.Constraint] = {}
        objective = solver.Objective()
        objective.SetMaximization()
        for rank, column in columns.items():
            objective.SetCoefficient(column, self._gains[rank])
            for part in self._sets[rank]:
                if part not in rows:
                    rows[part] = solver.Constraint(0, 1)
                rows[part].SetCoefficient(column, 1)
        for members, _price in bound.cuts:
            row = solver.Constraint(0, (len(members) - 1) // 2)
            for rank, column in columns.items():
                count = len(members.intersection(self._sets[rank])) // 2
                if count:
                    row.SetCoefficient(column, count)
        status = solver.Solve()
        if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return [], False, effort
        found = [rank for rank, column in columns.items() if column.solution_value() > 0.5]
        complete = status == pywraplp.Solver.OPTIMAL and sum(self._gains) < MOST_EXACT
        return found, complete, effort * SHARE if complete else effort


def _announced(
    instance: Instance,
    fractions: list[Fraction],
    settled: Sequence[_Settled],
    scale: int,
    candidates: Sequence[Candidate],
    thinned: frozenset[str],
) -> Plan:
    kept = sorted((one for own in settled for one in own.kept), key=lambda one: one.parts)
    worth = Worth(sum(one.fte for one in kept), sum(one.travel for one in kept))
    prices = {part: price for own in settled for part, price in own.prices.items()}
    ceiling = sum(own.ceiling for own in settled)
    for rank, one in enumerate(fractions):
        if one.profession in thinned:
            prices[rank] = one.fte * scale * PARTS
            ceiling += one.fte * scale
    cuts = sorted(
        (tuple(fractions[part].key for part in sorted(members)), price)
        for own in settled
        for members, price in own.cuts
    )
    proofs = {own.proof for own in settled}
    proof = next((one for one in (Proof.BOUNDED, Proof.SEARCHED) if one in proofs), Proof.OPTIMAL)
    fte = -(-ceiling // scale)
    return Plan(
        tuple(post_of(instance, fractions, one) for one in kept),
        worth,
        Worth(fte, fte * scale - ceiling),
        proof,
        Certificate(
            scale,
            PARTS,
            tuple((fractions[part].key, price) for part, price in sorted(prices.items()) if price),
            tuple(Cut(*cut) for cut in cuts),
        ),
        len(candidates),
        not thinned,
    )
