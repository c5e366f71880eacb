"""Rounds for the pairs chosen: at once in most cases, by search when people come and go.

Problem. The pairs that the flow chose may not all fit the rounds of those who come late or leave
early. Find a plan as fair and as good as that choice, or come near it.

Steps. Give each pair a round, those with the fewest rounds in common first. If some are left
without, search (large neighbourhoods): take 1 to 4 rounds, forget what they hold, choose again
for these rounds by a flow (exact for one round), give rounds; keep the result unless it is worse.
Stop when the bound is met, when the effort is spent, or when the caller says so.

Deterministic: the draws come from a seeded generator, the effort is counted in steps.

Reference: P. Shaw, « Using Constraint Programming and Local Search Methods to Solve Vehicle
Routing Problems », CP-98, LNCS 1520 (1998), p. 417–431.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from ancrage.core.flows.circulation import Integers
from ancrage.core.flows.colouring import Colouring
from ancrage.core.meetings.choose import Rewards, choose_among, most_pairs
from ancrage.core.meetings.problem import PLENTY, Problem, SideState, round_sets, union
from ancrage.core.meetings.values import Meeting

# How many rounds a step forgets: one is solved exactly, several let people change partners.
SIZES = (1, 2, 2, 3, 4)


def worth(problem: Problem, rewards: Rewards, kept: Sequence[int]) -> int:
    """Return what a set of pairs is worth, whether or not it has rounds."""
    levels = levels_beyond(problem, kept)
    total = sum(weight * count for weight, count in zip(rewards.weights, levels, strict=True))
    return total + sum(rewards.scores[index] for index in kept)


def levels_beyond(problem: Problem, kept: Sequence[int]) -> tuple[int, ...]:
    """Return how many people reach each level by these pairs who were not there before."""
    chosen = np.array(kept, dtype=np.int64)
    highest = max((*problem.visitors.least, *problem.hosts.least), default=0)
    reached = np.zeros(highest, dtype=np.int64)
    for side, numbers in (
        (problem.visitors, problem.pair_visitors),
        (problem.hosts, problem.pair_hosts),
    ):
        done, least = np.array(side.done, dtype=np.int64), np.array(side.least, dtype=np.int64)
        met = done + np.bincount(numbers[chosen], minlength=len(side.ids))
        for level in range(1, highest + 1):
            here = (done < level) & (level <= met) & (level <= least)
            reached[level - 1] += np.count_nonzero(here)
    return tuple(reached.tolist())


def coloured(problem: Problem, kept: Sequence[int]) -> Colouring:
    """Give rounds to as many of these pairs as possible."""
    exact = problem.alike and not any(len(own) > 1 for own in problem.seats)
    # König and de Werra: without limits first, then balanced under the limit.
    room = [PLENTY] * problem.rounds if exact else problem.tables
    colouring = Colouring(problem.free, problem.seats, room, problem.served)
    visitors, hosts = problem.pair_visitors.tolist(), problem.pair_hosts.tolist()
    for index in _hardest_first(problem, kept):
        colouring.insert(index, visitors[index], hosts[index])
    if exact:
        colouring.balance()
    return colouring


def put_back(problem: Problem, meetings: Iterable[Meeting]) -> Colouring:
    """Give these meetings the rounds they had."""
    colouring = Colouring(problem.free, problem.seats, problem.tables, problem.served)
    numbers = problem.numbers()
    for one in sorted(meetings, key=lambda one: one.card):
        index = numbers[one.host, one.visitor]
        host, visitor = problem.pair_hosts[index], problem.pair_visitors[index]
        if not colouring.insert(index, int(visitor), int(host), 1 << one.round):
            raise AssertionError(f"{one.card} was in a legal plan")
    return colouring


def _hardest_first(problem: Problem, kept: Sequence[int]) -> list[int]:
    """Order pairs by the rounds they have in common, then by how busy their people are."""
    chosen = np.array(kept, dtype=np.int64)
    visitors, hosts = problem.pair_visitors[chosen], problem.pair_hosts[chosen]
    busy = np.bincount(visitors, minlength=len(problem.free))[visitors]
    busy = busy + np.bincount(hosts, minlength=len(problem.seats))[hosts]
    ever = [union(own) for own in problem.seats]
    free = problem.free
    common = [
        (free[visitor] & ever[host]).bit_count()
        for visitor, host in zip(visitors.tolist(), hosts.tolist(), strict=True)
    ]
    order = np.lexsort((chosen, -busy, np.array(common, dtype=np.int64)))
    ordered: list[int] = chosen[order].tolist()
    return ordered


class Search:
    """A plan that gets better round by round.

    `bonus` is what a pair brings besides in one given round, in parts of a score.
    """

    def __init__(
        self,
        problem: Problem,
        rewards: Rewards,
        colouring: Colouring,
        bonus: Mapping[tuple[int, int], int] = MappingProxyType({}),
    ) -> None:
        self.problem, self.rewards, self.colouring = problem, rewards, colouring
        self._bonus = bonus
        self.worth = self._reached()
        self._visitors = problem.pair_visitors.tolist()
        self._hosts = problem.pair_hosts.tolist()
        self._visitor_sets = round_sets(problem.free, problem.rounds)
        ever = [union(own) for own in problem.seats]
        self._host_sets = round_sets(ever, problem.rounds)
        self._common = (
            self._visitor_sets[problem.pair_visitors] & self._host_sets[problem.pair_hosts]
        )
        self._open = [when for when in range(problem.rounds) if most_pairs(problem, [when])]
        self._most = {when: most_pairs(problem, [when]) for when in self._open}

    def run(self, *, goal: int, steps: int, seed: int, out_of_time: Callable[[], bool]) -> None:
        """Improve until the goal is met or the effort is spent."""
        draws = random.Random(seed)  # noqa: S311 -- a search, not a secret
        for _step in range(steps):
            if self.worth >= goal or out_of_time() or not self._open:
                return
            size = min(draws.choice(SIZES), len(self._open))
            self._step(sorted(draws.sample(self._open, size)))

    def polish(self, out_of_time: Callable[[], bool]) -> None:
        """Choose each round again, the others as they are, as long as that brings something."""
        before = None
        while before != self.worth:
            before = self.worth
            for when in self._open:
                if out_of_time():
                    return
                self._step([when])

    def _reached(self) -> int:
        round_of = self.colouring.round_of
        brought = sum(map(self._bonus.__getitem__, self._bonus.keys() & round_of.items()))
        return worth(self.problem, self.rewards, list(round_of)) + brought

    def _counted(self, rounds: Sequence[int]) -> Rewards:
        """Return the rewards in these rounds: a bonus counts when there is one round."""
        if not self._bonus or len(rounds) > 1:
            return self.rewards
        scores = list(self.rewards.scores)
        for (index, when), brought in self._bonus.items():
            if when == rounds[0]:
                scores[index] += brought
        return replace(self.rewards, scores=scores)

    def _step(self, rounds: Sequence[int]) -> None:
        within = sum(1 << when for when in rounds)
        colouring = self.colouring
        others = [index for index, when in colouring.round_of.items() if not within >> when & 1]
        freed = [index for index, when in colouring.round_of.items() if within >> when & 1]
        placed = {index: colouring.remove(index) for index in freed}
        chosen = choose_among(
            self.problem,
            self._counted(rounds),
            self._candidates(others, within),
            total=sum(self._most[when] for when in rounds),
            visitors=self._left(self.problem.visitors, self.problem.pair_visitors, others, within),
            hosts=self._left(self.problem.hosts, self.problem.pair_hosts, others, within),
        )
        for index in _hardest_first(self.problem, chosen):
            colouring.insert(index, self._visitors[index], self._hosts[index], within)
        reached = self._reached()
        if reached >= self.worth:
            self.worth = reached
            return
        for index in chosen:
            if index in colouring.round_of:
                colouring.remove(index)
        for index, (left, seat, when) in placed.items():
            colouring.put(index, left, seat, when)

    def _candidates(self, others: Sequence[int], within: int) -> Integers:
        """Return the pairs that could meet in these rounds and do not meet in others."""
        able = (self._common & within) != 0
        able[np.array(others, dtype=np.int64)] = False
        return np.flatnonzero(able)

    def _left(
        self, side: SideState, numbers: Integers, others: Sequence[int], within: int
    ) -> SideState:
        """Return what each person of a side may still have in these rounds."""
        met = np.bincount(numbers[np.array(others, dtype=np.int64)], minlength=len(side.ids))
        if side is self.problem.visitors:
            idle = [(mask & within).bit_count() for mask in self.problem.free]
        else:
            idle = [sum((m & within).bit_count() for m in own) for own in self.problem.seats]
        room = np.minimum(np.array(side.room) - met, np.array(idle, dtype=np.int64))
        return SideState(side.ids, room.tolist(), (np.array(side.done) + met).tolist(), side.least)
