"""Which pairs meet, before anybody asks when: the fairest set, then the one of largest score.

Problem. Choose pairs F so that each person p has at most K(p), and all together at most C. First
in lexicographic order, as many people as possible reach 1 meeting, then 2, … up to what each is
guaranteed; then the sum of the scores is largest.

Theorem (leximin and score in one flow). Give the j-th guaranteed meeting of anybody a reward
W(j), with W(m) larger than any change of the total score and W(j) = 3·W(j+1). The flow of largest
reward is the fairest set, and among those of largest score. Sketch: in the residual network
every simple cycle meets the hub once; it gives a meeting to at most one host and one visitor and
takes one from at most one of each. An exchange that is fairer gains W(a) for some level a and
loses at most 2·W(a+1): at least W(a)/3 is left, more than any score.

The same holds when some already have meetings: rewards then begin at the first one missing.

Steps. One circulation: hub → visitor by unit arcs with rewards then free arcs, visitor → host by
the pairs, host → total like the visitors, total → hub with capacity C.

Reference: A. Frank, K. Murota, « Decreasing minimization on M-convex sets », Mathematical
Programming 195 (2022), p. 1027–1068.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ancrage.core.flows.circulation import (
    Integers,
    Network,
    cheapest_circulation,
    cheapest_flow,
    integers,
)
from ancrage.core.meetings.problem import Problem, SideState

# Reward of a level over that of the next one.
RATIO = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The pairs kept, by number, and the prices that prove them the best."""

    kept: list[int]
    visitor_prices: list[int]
    host_prices: list[int]
    total_price: int


@dataclass(frozen=True, slots=True)
class Rewards:
    """What counts, in one unit: W(1), W(2), …, and the score of each pair.

    A pair of score 0 counts for a hair, so that people meet rather than wait.
    """

    weights: tuple[int, ...]
    scores: Sequence[int]
    scale: int


def rewards_of(problem: Problem, *, bonus: int = 0) -> Rewards:
    """Return rewards for which the best total is the fairest plan, then the best score.

    Fairness also outweighs a bonus, in points of score, that some pairs may bring besides.
    """
    scores: Sequence[int] = problem.scores
    most = most_meetings(problem)
    scale = 1
    if 0 in scores:
        scale = most + 1
        scores = [score * scale or 1 for score in scores]
    levels = max((*problem.visitors.least, *problem.hosts.least), default=0)
    return Rewards(_weights(scores, most, levels, bonus * scale), scores, scale)


def _weights(scores: Sequence[int], most: int, levels: int, bonus: int = 0) -> tuple[int, ...]:
    swing = bonus + max(0, max(scores, default=0)) - min(0, min(scores, default=0))
    last = 1 + swing * most
    return tuple(last * RATIO**rank for rank in reversed(range(levels)))


def most_meetings(problem: Problem) -> int:
    """Return how many meetings people can have, whatever the rounds."""
    rooms = sum(problem.visitors.room), sum(problem.hosts.room)
    return min(*rooms, len(problem.scores))


def most_pairs(problem: Problem, rounds: Sequence[int]) -> int:
    """Return how many meetings these rounds can hold together, whoever meets whom.

    Without the least of tables, visitors and seats, round by round, a plan that is the best could
    not be told from one that is not.
    """
    several = any(len(own) > 1 for own in problem.seats)
    return sum(_most_in(problem, when, several=several) for when in rounds)


def _most_in(problem: Problem, when: int, *, several: bool) -> int:
    bit = 1 << when
    visitors = sum(1 for mask in problem.free if mask & bit)
    if not several:
        hosts = sum(1 for own in problem.seats if own[0] & bit)
        return min(problem.tables[when], visitors, hosts)
    seats = [sum(1 for mask in own if mask & bit) for own in problem.seats]
    already = sum(
        count for count, served in zip(seats, problem.served, strict=True) if served & bit
    )
    others = sorted(
        (count for count, served in zip(seats, problem.served, strict=True) if not served & bit),
        reverse=True,
    )
    return min(visitors, already + sum(others[: problem.tables[when]]))


def choose(problem: Problem, rewards: Rewards, *, total: int) -> Choice:
    """Return the best set of pairs, whatever the rounds, and the prices that prove it."""
    pairs = np.arange(len(rewards.scores), dtype=np.int64)
    first_host = len(problem.visitors.ids)
    hub = first_host + len(problem.hosts.ids)
    found = cheapest_circulation(
        _network(problem, rewards, total, pairs, problem.visitors, problem.hosts)
    )
    potentials: list[int] = found.potentials.tolist()
    # Where nobody meets, the price of a meeting may be under 0: the hosts then bear it.
    price = potentials[hub] - potentials[hub + 1]
    return Choice(
        np.flatnonzero(found.flow[: len(pairs)]).tolist(),
        [own - potentials[hub] for own in potentials[:first_host]],
        [potentials[hub + 1] - own + min(0, price) for own in potentials[first_host:hub]],
        max(0, price),
    )


def choose_among(
    problem: Problem,
    rewards: Rewards,
    pairs: Integers,
    *,
    total: int,
    visitors: SideState,
    hosts: SideState,
) -> list[int]:
    """Return the best set among these pairs, for people who have what these states say."""
    flow = cheapest_flow(_network(problem, rewards, total, pairs, visitors, hosts))
    kept: list[int] = pairs[np.flatnonzero(flow[: len(pairs)])].tolist()
    return kept


def _network(
    problem: Problem,
    rewards: Rewards,
    total: int,
    pairs: Integers,
    visitors: SideState,
    hosts: SideState,
) -> Network:
    """Lay out the arcs: the pairs, hub to visitors, hosts to end, end to hub."""
    first_host = len(visitors.ids)
    hub = first_host + len(hosts.ids)
    end = hub + 1
    scores = rewards.scores
    gains = [-scores[index] for index in pairs.tolist()]
    asking, answering = (_side_arcs(side, rewards.weights) for side in (visitors, hosts))
    from_hub, to_end = np.full(len(asking[0]), hub), np.full(len(answering[0]), end)
    return Network(
        end + 1,
        np.concatenate([problem.pair_visitors[pairs], from_hub, answering[0] + first_host, [end]]),
        np.concatenate([problem.pair_hosts[pairs] + first_host, asking[0], to_end, [hub]]),
        np.concatenate([np.ones(len(pairs), np.int64), asking[1], answering[1], [total]]),
        integers([*gains, *asking[2], *answering[2], 0]),
    )


def _side_arcs(side: SideState, weights: tuple[int, ...]) -> tuple[Integers, Integers, list[int]]:
    """Return the arcs between the people of a side and the hub: person, capacity, cost."""
    room = np.array(side.room, dtype=np.int64)
    done = np.array(side.done, dtype=np.int64)
    least = np.minimum(np.array(side.least, dtype=np.int64), len(weights))
    people, capacities = [], []
    costs: list[int] = []
    for level, weight in enumerate(weights, start=1):
        at = np.flatnonzero((done < level) & (level <= least) & (level - done <= room))
        people.append(at)
        capacities.append(np.ones(len(at), dtype=np.int64))
        costs += [-weight] * len(at)
    free = room - np.clip(np.minimum(least - done, room), 0, None)
    at = np.flatnonzero(free > 0)
    people.append(at)
    capacities.append(free[at])
    costs += [0] * len(at)
    return np.concatenate(people), np.concatenate(capacities), costs
