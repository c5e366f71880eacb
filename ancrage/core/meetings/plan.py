"""Who meets whom, and when: the fairest timetable, then the one of largest score.

Problem. Hosts and visitors, pairs that may meet with a score, rounds, people who come late or
leave, tables. A plan gives some pairs a round: nobody is twice in a round, nobody meets the same
person twice, nobody has more meetings than wished, no round has more tables than there are.
First, as many people as possible have a meeting, then two, up to what each is guaranteed; then
the sum of the scores is largest.

Steps.

1. One flow chooses the pairs (`choose`). No plan is worth more.
2. Edge colouring gives them rounds (`search.coloured`): always, when all are there all the time;
   nearly always otherwise. The plan is then the best, and the prices of the flow prove it.
3. Where some pair finds no round, search nearby plans until the bound is met (`search.Search`).
4. If that is not enough and the instance is small, a linear program gives a finer bound, and
   what may still be better is searched to the end (`columns`).
5. Tables are numbered (`tables`).

What is not proved is said: the proof, the bound and the gap are part of the plan.

Complexity: one flow and O(pairs · rounds²) when the bound is met at once.

The answer does not depend on the order of what is given.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ancrage.core.meetings.choose import Choice, Rewards, choose, most_pairs, rewards_of
from ancrage.core.meetings.columns import (
    Column,
    LinearBound,
    Unfinished,
    columns_of,
    linear_bound,
    searched,
)
from ancrage.core.meetings.problem import Problem, check, least_of, reduce
from ancrage.core.meetings.search import Search, coloured, levels_beyond, worth
from ancrage.core.meetings.tables import seated
from ancrage.core.meetings.values import (
    Certificate,
    Instance,
    Meeting,
    Person,
    Plan,
    Prices,
    Proof,
    Side,
)

# The effort of a search: how many pairs and people are looked at in all its steps. About a
# million per second.
EFFORT = 8_000_000
# What one unit of effort of the complete search takes the place of.
EFFORT_PER_UNIT = 2_000_000
FEWEST_STEPS, FIRST_STEPS = 20, 100
# Pairs times rounds: with more, neither a linear program nor a complete search is quick.
MOST_COLUMNS = 4_000


def always() -> bool:
    """Say that there is no time limit."""
    return False


def plan(
    instance: Instance,
    *,
    effort: int = EFFORT,
    seed: int = 0,
    out_of_time: Callable[[], bool] = always,
) -> Plan:
    """Return the fairest plan, then the best: exactly, or with what is missing at most.

    Meetings held are kept as they are; promises are not looked at, see `replan`.

    Args:
        instance: what is asked.
        effort: of the search, when there is one: pairs and people looked at in all its steps.
        seed: of the draws of that search.
        out_of_time: asked between two steps of the search; without it, the same instance
            always gets the same plan.

    Raises:
        InvalidInstance: what is asked makes no sense.
    """
    check(instance)
    held = tuple(sorted(instance.held, key=lambda one: one.card))
    return solve(instance, held, effort=effort, seed=seed, out_of_time=out_of_time)


def solve(
    instance: Instance,
    fixed: tuple[Meeting, ...],
    *,
    effort: int,
    seed: int,
    out_of_time: Callable[[], bool],
) -> Plan:
    """Return the best plan that holds these meetings, for a checked instance."""
    problem = reduce(instance, fixed)
    rewards = rewards_of(problem)
    choice = choose(problem, rewards, total=most_pairs(problem, range(problem.rounds)))
    colouring = coloured(problem, choice.kept)
    if len(colouring.round_of) == len(choice.kept):
        return announced(problem, rewards, choice, colouring.round_of)
    search = Search(problem, rewards, colouring)
    goal = worth(problem, rewards, choice.kept)
    steps = effort // (len(rewards.scores) + len(problem.free) + len(problem.seats))
    steps = max(FEWEST_STEPS, steps)
    search.run(goal=goal, steps=min(FIRST_STEPS, steps), seed=seed, out_of_time=out_of_time)
    columns = columns_of(problem)
    if search.worth >= goal or out_of_time():
        return announced(problem, rewards, choice, colouring.round_of)
    if len(columns) <= MOST_COLUMNS:
        return _closed(problem, rewards, choice, colouring.round_of, columns, effort)
    search.run(goal=goal, steps=steps, seed=seed + 1, out_of_time=out_of_time)
    return announced(problem, rewards, choice, colouring.round_of)


def _closed(
    problem: Problem,
    rewards: Rewards,
    choice: Choice,
    round_of: Mapping[int, int],
    columns: list[Column],
    effort: int,
) -> Plan:
    """Settle a small instance: by a finer bound, or by a search among what may still be better."""
    units = effort / EFFORT_PER_UNIT
    linear = None
    levels, best = (levels_beyond(problem, kept) for kept in (list(round_of), choice.kept))
    try:
        if levels != best:
            found = searched(problem, rewards, columns, effort=units)
            return announced(problem, rewards, choice, found or round_of, complete=True)
        linear = linear_bound(problem, problem.scores, columns)
        missing = linear.score_bound(levels) - sum(problem.scores[index] for index in round_of)
        if missing > 0:
            promising = [
                column
                for column, loss in zip(columns, linear.losses, strict=True)
                if loss < (missing + 1) * linear.prices.scale
            ]
            found = searched(problem, rewards, promising, effort=units, levels=levels)
            if found and worth(problem, rewards, list(found)) > worth(
                problem, rewards, list(round_of)
            ):
                round_of = found
            return announced(problem, rewards, choice, round_of, complete=True)
    except Unfinished:
        pass
    return announced(problem, rewards, choice, round_of, linear=linear)


def score_of(instance: Instance, pairs: Iterable[tuple[str, str]]) -> int:
    """Return the sum of the scores of pairs; a meeting held off the list counts for 0."""
    kept = set(pairs)
    if not kept:
        return 0
    return sum(score for host, visitor, score in instance.pairs if (host, visitor) in kept)


def levels_of(instance: Instance, pairs: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    """Return how many people reach their 1st, 2nd, … guaranteed meeting."""
    pairs = list(pairs)
    reached: Counter[int] = Counter()
    highest = 0
    for people, met in (
        (instance.hosts, Counter(host for host, _visitor in pairs)),
        (instance.visitors, Counter(visitor for _host, visitor in pairs)),
    ):
        for person in people:
            least = least_of(person, instance.rounds)
            highest = max(highest, least)
            reached[min(least, met[person.id])] += 1
    return tuple(
        sum(reached[count] for count in range(level, highest + 1))
        for level in range(1, highest + 1)
    )


def announced(
    problem: Problem,
    rewards: Rewards,
    choice: Choice,
    round_of: Mapping[int, int],
    *,
    complete: bool = False,
    linear: LinearBound | None = None,
) -> Plan:
    """Return the plan that these rounds make, with its tables and what is proved of it."""
    instance, fixed, scores = problem.instance, problem.fixed, problem.scores
    tables = {one.card: one.table for one in instance.promised}
    settled = [(one.host, one.visitor) for one in fixed]
    chosen, drawn = problem.named(round_of), problem.named(choice.kept)
    cards = ((*pair, when) for pair, when in zip(chosen, round_of.values(), strict=True))
    meetings = [*fixed, *(Meeting(*card, tables.get(card)) for card in cards)]
    relaxed = [*settled, *drawn]
    levels, best = levels_of(instance, [*settled, *chosen]), levels_of(instance, relaxed)
    base = score_of(instance, settled)
    score = base + sum(scores[index] for index in round_of)
    bound = base + sum(scores[index] for index in choice.kept)
    fairness = satisfaction = _prices(problem, rewards, choice)
    if complete and (levels, score) != (best, bound):
        proof, bound = Proof.SEARCHED, score
    elif linear and levels == best:
        satisfaction = linear.prices
        bound = base + linear.score_bound(levels_beyond(problem, list(round_of)))
        proof = Proof.OPTIMAL if score == bound else Proof.FAIR
    elif levels != best:
        # What no plan exceeds, be it less fair: the best score when nobody is guaranteed anything.
        free = Rewards((), rewards.scores, rewards.scale)
        top = choose(problem, free, total=most_pairs(problem, range(problem.rounds)))
        satisfaction = _prices(problem, free, top)
        bound = base + sum(scores[index] for index in top.kept)
        proof = Proof.BOUNDED
    elif score == bound:
        proof = Proof.OPTIMAL
    else:
        proof = Proof.FAIR
    certificate = Certificate(fixed, fairness, tuple(sorted(relaxed)), satisfaction, best, bound)
    kept = {one.card for one in meetings}
    changed = (one for one in instance.promised if one.card not in kept)
    return Plan(
        seated(instance, meetings),
        levels,
        score,
        proof,
        certificate,
        tuple(sorted(changed, key=lambda one: (one.round, one.card))),
    )


def _prices(problem: Problem, rewards: Rewards, choice: Choice) -> Prices:
    people = {
        Person(side, name): price
        for side, names, prices in (
            (Side.VISITOR, problem.visitors.ids, choice.visitor_prices),
            (Side.HOST, problem.hosts.ids, choice.host_prices),
        )
        for name, price in zip(names, prices, strict=True)
    }
    return Prices(rewards.scale, rewards.weights, people, total=choice.total_price)
