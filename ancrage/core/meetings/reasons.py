"""Why two people do not meet, and what it would cost that they do.

Problem. Somebody asks why a wish is not met. Beside what forbids it (they may not meet, they are
never there together, one has all the meetings wished), the answer is a price: impose the meeting,
choose the rest as well as can be, and compare.

Steps. One flow with the meeting imposed, one without (see `choose`): both ignore the rounds, so
that the price is the least that it could be.

Complexity: two flows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from ancrage.core.meetings.choose import Rewards, choose, choose_among, most_pairs, rewards_of
from ancrage.core.meetings.plan import levels_of, score_of
from ancrage.core.meetings.problem import Problem, SideState, check, reduce
from ancrage.core.meetings.values import Instance, Person, Plan, Side


class Why(Enum):
    """What keeps two people apart."""

    # They may not meet.
    NOT_A_PAIR = "not_a_pair"
    # They are never both free in a round that is left.
    NEVER_TOGETHER = "never_together"
    # One of them has all the meetings wished, held or promised.
    HAS_ENOUGH = "has_enough"
    # Others would be left with fewer meetings than they are guaranteed.
    FAIRNESS = "fairness"
    # Together, the meetings would be worth less.
    SCORE = "score"
    # Nothing would be lost: another plan, as good, has this meeting; or the rounds are in the way.
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two people do not meet.

    Attributes:
        people: who has enough meetings, when that is why.
        levels: how many people less would reach their 1st, 2nd, … guaranteed meeting.
        score: by how much the sum of the scores would fall.
    """

    why: Why
    people: tuple[Person, ...] = ()
    levels: tuple[int, ...] = ()
    score: int = 0


def why_not(instance: Instance, plan: Plan, host: str, visitor: str) -> Reason:
    """Return why a host and a visitor do not meet in a plan.

    Raises:
        ValueError: they do.
        InvalidInstance: the instance is not one.
    """
    check(instance)
    if (host, visitor) in {(one.host, one.visitor) for one in plan.meetings}:
        raise ValueError(f"{host} and {visitor} meet")
    if (host, visitor) not in {(pair.host, pair.visitor) for pair in instance.pairs}:
        return Reason(Why.NOT_A_PAIR)
    problem = reduce(instance, plan.certificate.fixed)
    full = [
        Person(side, name)
        for side, state, name in (
            (Side.HOST, problem.hosts, host),
            (Side.VISITOR, problem.visitors, visitor),
        )
        if state.done[state.ids.index(name)] and not state.room[state.ids.index(name)]
    ]
    if full:
        return Reason(Why.HAS_ENOUGH, tuple(full))
    index = problem.numbers().get((host, visitor))
    if index is None:
        return Reason(Why.NEVER_TOGETHER)
    rewards = rewards_of(problem)
    total = most_pairs(problem, range(problem.rounds))
    free = choose(problem, rewards, total=total).kept
    imposed = _imposed(problem, rewards, total, index)
    levels, score = _value(problem, free)
    fewer, less = _value(problem, imposed)
    lost = tuple(before - after for before, after in zip(levels, fewer, strict=True))
    if any(lost):
        return Reason(Why.FAIRNESS, (), lost, score - less)
    return Reason(Why.SCORE if less < score else Why.NOTHING, (), lost, score - less)


def _imposed(problem: Problem, rewards: Rewards, total: int, index: int) -> list[int]:
    """Return the best set of pairs among those that hold one pair."""
    visitor, host = int(problem.pair_visitors[index]), int(problem.pair_hosts[index])
    others = np.delete(np.arange(len(rewards.scores), dtype=np.int64), index)
    kept = choose_among(
        problem,
        rewards,
        others,
        total=total - 1,
        visitors=_one_more(problem.visitors, visitor),
        hosts=_one_more(problem.hosts, host),
    )
    return [*kept, index]


def _one_more(state: SideState, person: int) -> SideState:
    room, done = list(state.room), list(state.done)
    room[person] -= 1
    done[person] += 1
    return replace(state, room=room, done=done)


def _value(problem: Problem, kept: Sequence[int]) -> tuple[tuple[int, ...], int]:
    hosts, visitors = problem.hosts.ids, problem.visitors.ids
    pairs = [(one.host, one.visitor) for one in problem.fixed]
    pairs += [
        (hosts[problem.pair_hosts[index]], visitors[problem.pair_visitors[index]])
        for index in kept
    ]
    return levels_of(problem.instance, pairs), score_of(problem.instance, pairs)
