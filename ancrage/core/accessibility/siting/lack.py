"""Posts placed so that people lack least, or so that the worst off get most."""

import heapq
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, diags_array, hstack, identity, vstack

from ancrage.core.accessibility.potential import Potential
from ancrage.core.accessibility.siting.programs import SECONDS, Program, Solved, Told, solve
from ancrage.core.accessibility.siting.values import (
    HAIR,
    Objective,
    Request,
    Search,
    Siting,
    Watch,
    listed,
)
from ancrage.core.accessibility.travel import Floats, Ints


def by_deficit(
    state: Potential,
    request: Request,
    threshold: float,
    *,
    search: Search = Search.BOUND,
    seconds: float = SECONDS,
    watch: Watch | None = None,
) -> Siting:
    """Return where the posts leave people lacking least.

    Args:
        state: accessibility today.
        request: what is asked.
        threshold: T, in the unit of the accessibility.
        search: how far to look.
        seconds: of the exact search.

    Raises:
        ValueError: a place that is not listed, a threshold that is not above 0.
    """
    table = _Table(state, request, threshold)
    greedy = table.greedily()

    def answer(found: Solved) -> Siting:
        chosen = greedy
        if found.posts is not None and _under(table.lack(found.posts), table.lack(greedy)):
            chosen = found.posts
        value = table.lack(chosen)
        return Siting(
            objective=Objective.DEFICIT,
            posts=listed(request.candidates, chosen),
            value=value,
            before=table.lack(table.nothing),
            bound=None if found.bound is None else min(max(0.0, found.bound), value),
            searched=found.searched,
            stuck=table.stuck,
        )

    told = None if watch is None else lambda found: watch(answer(table.with_helpless(found)))
    return answer(table.least_lack(search, seconds, told))


def by_worst_off(
    state: Potential,
    request: Request,
    threshold: float,
    *,
    search: Search = Search.BOUND,
    seconds: float = SECONDS,
    watch: Watch | None = None,
) -> Siting:
    """Return where the posts raise the worst accessibility of the territory most.

    Places that no candidate can help are left aside, and named; so are those nobody lives in.
    Once it is proved how high the worst can be, of the plans that raise it so the one that leaves
    people lacking least under `threshold` is looked for, in as much time again.

    Raises:
        ValueError: as `by_deficit`.
    """
    table = _Table(state, request, threshold)
    even = table.evenly()

    def answer(found: Solved) -> Siting:
        chosen = even
        if found.posts is not None and not _under(table.worst(found.posts), table.worst(even)):
            chosen = found.posts
        value = table.worst(chosen)
        return Siting(
            objective=Objective.WORST_OFF,
            posts=listed(request.candidates, chosen),
            value=value,
            before=table.worst(table.nothing),
            bound=None if found.bound is None else max(-found.bound, value),
            searched=found.searched,
            stuck=table.stuck,
        )

    told = None if watch is None else lambda found: watch(answer(found))
    found = table.raised(search, seconds, told)
    if found.posts is not None and found.searched:
        # The height is proved: what is left to choose is who lacks least at that height.
        told = None if watch is None else lambda _kinder: watch(answer(found))
        found = replace(found, posts=table.kindest(found.posts, seconds, told))
    return answer(found)


def _under(value: float, other: float) -> bool:
    """Whether `value` is less than `other` by more than a rounding."""
    return value < other - HAIR * max(1.0, abs(other))


class _Table:
    """What one post of each candidate brings to each place of the territory."""

    def __init__(self, state: Potential, request: Request, threshold: float) -> None:
        if not threshold > 0:
            raise ValueError("a threshold is above 0")
        places = state.catchments.places
        for ranks in (request.territory, request.candidates):
            if not (min(ranks) >= 0 and max(ranks) < places):
                raise ValueError("a place is not listed")
        self.request = request
        self.nothing = np.zeros(len(request.candidates))
        territory, candidates = _ranks(request.territory), _ranks(request.candidates)
        per_person = np.divide(
            request.post,
            state.demand[candidates],
            out=np.zeros(len(candidates)),
            where=state.demand[candidates] > 0,
        )
        weights = state.catchments.going[territory][:, candidates]
        self.gains = csr_array(weights @ diags_array(per_person))
        self.people = state.people[territory]
        self.access = state.access[territory]
        self.threshold = threshold
        helped = np.diff(self.gains.indptr) > 0
        lives = self.people > 0
        self.helped = np.flatnonzero(helped & lives)
        short = lives & (self.access < threshold)
        self.short = np.flatnonzero(short & helped)
        self.stuck = tuple(int(place) for place in territory[short & ~helped])

    def lack(self, posts: Floats) -> float:
        """What the people under the threshold lack together, with `posts`."""
        after = self.access + self.gains @ posts
        return float(self.people @ np.maximum(self.threshold - after, 0.0))

    def worst(self, posts: Floats) -> float:
        """The smallest accessibility among the places that could be helped, with `posts`."""
        if not len(self.helped):
            return float(self.access[self.people > 0].min(initial=0.0))
        after = self.access + self.gains @ posts
        return float(after[self.helped].min())

    def greedily(self) -> Floats:
        """The best post for those who lack, one at a time."""
        columns = self.gains.tocsc()
        starts, rows, gains = columns.indptr, columns.indices, columns.data
        left = np.maximum(self.threshold - self.access, 0.0)
        owners = np.repeat(np.arange(len(self.nothing)), np.diff(starts))
        first = np.bincount(
            owners,
            self.people[rows] * np.minimum(gains, left[rows]),
            minlength=len(self.nothing),
        )
        heap = [(-gain, rank) for rank, gain in enumerate(first.tolist()) if gain > 0]
        heapq.heapify(heap)
        chosen = self.nothing.copy()
        placed = 0
        while heap and placed < self.request.posts:
            _old, rank = heap[0]
            around = slice(starts[rank], starts[rank + 1])
            near, bring = rows[around], gains[around]
            gain = float(self.people[near] @ np.minimum(bring, left[near]))
            if gain <= 0:
                heapq.heappop(heap)
                continue
            heapq.heapreplace(heap, (-gain, rank))
            if heap[0] != (-gain, rank):
                continue  # another one gains more, or did before it was counted again
            chosen[rank] += 1
            placed += 1
            left[near] = np.maximum(left[near] - bring, 0.0)
            if chosen[rank] == self.request.most:
                heapq.heappop(heap)
        return chosen

    def evenly(self) -> Floats:
        """The post that raises the worst place most, one at a time; then those who lack."""
        chosen = self.nothing.copy()
        columns = self.gains.tocsc()
        after = self.access.copy()
        for _post in range(self.request.posts):
            if not len(self.helped):
                break
            worst = self.helped[np.argmin(after[self.helped])]
            near = self.gains.indices[self.gains.indptr[worst] : self.gains.indptr[worst + 1]]
            near = near[chosen[near] < self.request.most]
            if not len(near):
                break
            tried = [self._raised_by(columns, after, rank) for rank in sorted(near.tolist())]
            *_merits, best, after = max(tried, key=lambda one: one[:2])
            chosen[best] += 1
        return chosen

    def _raised_by(
        self, columns: csr_array, after: Floats, rank: int
    ) -> tuple[float, float, int, Floats]:
        around = slice(columns.indptr[rank], columns.indptr[rank + 1])
        raised = after.copy()
        raised[columns.indices[around]] += columns.data[around]
        lack = float(self.people @ np.maximum(self.threshold - raised, 0.0))
        return float(raised[self.helped].min()), -lack, rank, raised

    def least_lack(self, search: Search, seconds: float, watch: Told | None = None) -> Solved:
        """The program: min P·s where s ≥ T − A − gains·x and s ≥ 0."""
        if not len(self.short):
            return Solved(posts=self.nothing, bound=self.lack(self.nothing), searched=True)
        program, request = self._least_lack(), self.request
        found = solve(program, request, search=search, seconds=seconds, watch=watch)
        return self.with_helpless(found)

    def with_helpless(self, found: Solved) -> Solved:
        """Count in a bound what no post can help: it is a constant of the objective."""
        if found.bound is None:
            return found
        helpless = self.lack(self.nothing) - float(
            self.people[self.short] @ (self.threshold - self.access[self.short])
        )
        return replace(found, bound=found.bound + helpless)

    def kindest(self, posts: Floats, seconds: float, watch: Told | None = None) -> Floats:
        """Of the plans that leave the worst as high as `posts`, one where people lack least."""
        height = self.worst(posts)
        height -= HAIR * max(1.0, abs(height))
        least = self._least_lack()
        beside = csr_array((len(self.helped), len(self.short)))
        program = Program(
            cost=least.cost,
            rows=csr_array(vstack([least.rows, hstack([self.gains[self.helped], beside])])),
            floors=np.concatenate([least.floors, height - self.access[self.helped]]),
            least=least.least,
            most=least.most,
        )
        solved = solve(program, self.request, search=Search.EXACT, seconds=seconds, watch=watch)
        found = solved.posts
        if found is None or _under(self.worst(found), self.worst(posts)):
            return posts
        return found if self.lack(found) < self.lack(posts) else posts

    def _least_lack(self) -> Program:
        rows = self.short
        return Program(
            cost=np.concatenate([self.nothing, self.people[rows]]),
            rows=csr_array(hstack([self.gains[rows], identity(len(rows))])),
            floors=self.threshold - self.access[rows],
            least=np.zeros(len(rows)),
            most=np.full(len(rows), np.inf),
        )

    def raised(self, search: Search, seconds: float, watch: Told | None = None) -> Solved:
        """The program: max z where z ≤ A + gains·x; then the least lack at that height."""
        rows, count = self.helped, len(self.nothing)
        if not len(rows):
            return Solved(posts=self.nothing, bound=-self.worst(self.nothing), searched=True)
        minus_one = csr_array(-np.ones((len(rows), 1)))
        program = Program(
            cost=np.concatenate([np.zeros(count), [-1.0]]),
            rows=csr_array(hstack([self.gains[rows], minus_one])),
            floors=-self.access[rows],
            least=np.array([-np.inf]),
            most=np.array([np.inf]),
        )
        return solve(program, self.request, search=search, seconds=seconds, watch=watch)


def _ranks(places: Sequence[int]) -> Ints:
    return np.asarray(places, dtype=np.intp)
