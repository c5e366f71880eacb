"""The rounds that are left, once some meetings are held and the others are announced.

Problem. People came, left, did not come; tables or rounds were lost. Meetings held stay as they
are. Of those promised, on paper or on a telephone, as few as asked may change.

Steps.

1. Promises that can still be kept are kept; where they no longer all can (a table lost), those of
   the people who have the fewest meetings come first, then the best scores.
2. What is left free is filled: the best plan beside what is held and promised, with its proof.
3. If a price is put on a promise, each round is chosen again by a flow in which keeping it brings
   that price: a change must be worth more than it costs. Fairness comes before the price.

Complexity: that of `plan`, and one flow per round for step 3.
"""

from collections import Counter
from collections.abc import Callable

from ancrage.core.meetings.choose import choose, most_pairs, rewards_of
from ancrage.core.meetings.plan import always, announced, solve
from ancrage.core.meetings.problem import check, least_of, most_of, reduce
from ancrage.core.meetings.search import Search, put_back
from ancrage.core.meetings.values import Host, Instance, Meeting, Plan, Visitor

# The effort of the search: a fraction of a second.
EFFORT = 200_000


def replan(
    instance: Instance,
    *,
    price: int | None = None,
    effort: int = EFFORT,
    seed: int = 0,
    out_of_time: Callable[[], bool] = always,
) -> Plan:
    """Return the best plan of the rounds left; `changed` lists the promises it does not keep.

    Args:
        instance: what is asked, with what is held and what is promised.
        price: what a promise is worth, in points of score; None: no promise that can be kept is
            broken. At 0, promises only decide between equals.
        effort: see `plan`; people are waiting, so that it is small.
        seed: see `plan`.
        out_of_time: see `plan`.

    Raises:
        InvalidInstance: what is asked makes no sense.
    """
    check(instance)
    held = tuple(sorted(instance.held, key=lambda one: one.card))
    kept = _keepable(instance)
    fixed = tuple(sorted((*held, *kept), key=lambda one: one.card))
    filled = solve(instance, fixed, effort=effort, seed=seed, out_of_time=out_of_time)
    if price is None:
        return filled
    problem = reduce(instance, held)
    rewards = rewards_of(problem, bonus=price)
    choice = choose(problem, rewards, total=most_pairs(problem, range(problem.rounds)))
    settled = {one.card for one in held}
    colouring = put_back(problem, [one for one in filled.meetings if one.card not in settled])
    numbers = problem.numbers()
    bonus = {
        (numbers[one.host, one.visitor], one.round): price * rewards.scale
        for one in instance.promised
        if (one.host, one.visitor) in numbers
    }
    Search(problem, rewards, colouring, bonus).polish(out_of_time)
    return announced(problem, rewards, choice, colouring.round_of)


def _keepable(instance: Instance) -> list[Meeting]:
    """Return the promises that can be kept together, the most needed first."""
    hosts = {host.id: host for host in instance.hosts}
    visitors = {visitor.id: visitor for visitor in instance.visitors}
    scores = {(pair.host, pair.visitor): pair.score for pair in instance.pairs}
    state = _Kept(instance, hosts, visitors)
    ahead = [
        one
        for one in instance.promised
        if (one.host, one.visitor) in scores
        and one.round >= instance.from_round
        and one.round not in hosts[one.host].absent
        and one.round not in visitors[one.visitor].absent
    ]
    expected = Counter(one.host for one in (*instance.held, *ahead))
    awaited = Counter(one.visitor for one in (*instance.held, *ahead))

    def needless(one: Meeting) -> tuple[int, int, tuple[str, str, int]]:
        spare = min(
            expected[one.host] - least_of(hosts[one.host], instance.rounds),
            awaited[one.visitor] - least_of(visitors[one.visitor], instance.rounds),
        )
        return max(0, spare), -scores[one.host, one.visitor], one.card

    return [one for one in sorted(ahead, key=needless) if state.take(one)]


class _Kept:
    """What the meetings held, then the promises kept, leave to the next ones."""

    def __init__(
        self, instance: Instance, hosts: dict[str, Host], visitors: dict[str, Visitor]
    ) -> None:
        self._instance, self._hosts, self._visitors = instance, hosts, visitors
        self._met: set[tuple[str, str]] = set()
        self._busy: set[tuple[str, int]] = set()
        self._seated: Counter[tuple[str, int]] = Counter()
        self._serving: Counter[int] = Counter()
        self._of_host: Counter[str] = Counter()
        self._of_visitor: Counter[str] = Counter()
        for one in instance.held:
            self._add(one)

    def take(self, one: Meeting) -> bool:
        """Keep a promise if nothing prevents it; say whether it is kept."""
        host, visitor = self._hosts[one.host], self._visitors[one.visitor]
        rounds, tables = self._instance.rounds, self._instance.tables
        at = (one.host, one.round)
        if (
            (one.host, one.visitor) in self._met
            or (one.visitor, one.round) in self._busy
            or self._seated[at] >= host.seats
            or self._of_host[one.host] >= most_of(host, rounds)
            or self._of_visitor[one.visitor] >= most_of(visitor, rounds)
            or (tables is not None and not self._seated[at] and self._serving[one.round] >= tables)
        ):
            return False
        self._add(one)
        return True

    def _add(self, one: Meeting) -> None:
        at = (one.host, one.round)
        self._met.add((one.host, one.visitor))
        self._busy.add((one.visitor, one.round))
        if not self._seated[at]:
            self._serving[one.round] += 1
        self._seated[at] += 1
        self._of_host[one.host] += 1
        self._of_visitor[one.visitor] += 1
