"""All the paths of a person to a goal that no other path dominates.

Problem. Bridges are the arcs of a directed multigraph of titles. A path takes one bridge after
another from titles held (or from none), never to a title held or reached before. Each course
begins in the first month in which it can: rules in force, intake, seniority worked for on the
way. A path is worth (months to the end, cost to the person, pay lost, chance of a local post);
it is dominated if another is at least as good on all four and better on one. Paths of the same
worth are all kept. The payments of a step that another payment of the step beats are not counted.

Steps. Label-setting: partial paths wait in a heap, that which could end first on top. One is
dropped when a path already complete dominates all that can become of it (months of the courses
still to come counted), or when another partial path with the same titles, the same last one and
the same past work that still counts came no later, and cost or lost less. To have come sooner
is not enough to drop it: both may wait for the same intake, and then be worth the same.

Complexity: exponential at worst, since the fronts themselves can be; milliseconds on real
graphs, where few chains of courses lead from one profession to another.

References: E. Q. V. Martins, « On a multicriteria shortest path problem », EJOR 16 (1984).
L. Mandow, J. L. Pérez de la Cruz, « Multiobjective A* search with consistent heuristics »,
J. ACM 57 (2010).
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, pairwise
from typing import NamedTuple

from ancrage.core.bridges.checks import UNTOLD_COST, checks, counted, payments, worth_counting
from ancrage.core.bridges.standing import Facts, Spell, Standing, begins
from ancrage.core.bridges.values import (
    ANYBODY,
    Bridge,
    Closed,
    InvalidNetwork,
    Path,
    Payment,
    Person,
    Seniority,
    Step,
    Ways,
    after,
)

MOST_MONTHS = 240
"""Nobody plans further: twenty years."""

Worth = tuple[int, int, int, int]
"""Months, cost, pay lost, and the chance of a local post with its sign changed."""

NO_CHANCE_TOLD = 101
"""Above every chance, so that what nobody knows lowers none."""


class Network:
    """The bridges, ready to be searched. Their order does not matter.

    Raises:
        InvalidNetwork: two bridges share a key, one leads from a title to itself or to none, a
            number of months is negative, or more seniority is asked than its window holds.
    """

    def __init__(self, bridges: Iterable[Bridge]) -> None:
        self.bridges = tuple(sorted(bridges, key=lambda bridge: bridge.key))
        _check(self.bridges)
        self._from: dict[str, list[Bridge]] = defaultdict(list)
        for bridge in self.bridges:
            self._from[bridge.source].append(bridge)

    def onwards(self, titles: Iterable[str]) -> Iterator[Bridge]:
        """Yield the bridges open to the holder of these titles."""
        for title in sorted({ANYBODY, *titles}):
            yield from self._from.get(title, ())

    def months_to(self, goal: str) -> dict[str, int]:
        """Return the least months of courses from each title that leads to the goal."""
        least = {goal: 0}
        heap = [(0, goal)]
        into: dict[str, list[Bridge]] = defaultdict(list)
        for bridge in self.bridges:
            into[bridge.target].append(bridge)
        while heap:
            months, title = heapq.heappop(heap)
            if months > least[title]:
                continue
            for bridge in into[title]:
                through = months + bridge.months
                if through < least.get(bridge.source, through + 1):
                    least[bridge.source] = through
                    heapq.heappush(heap, (through, bridge.source))
        return least


def _check(bridges: tuple[Bridge, ...]) -> None:
    for one, other in pairwise(bridges):
        if one.key == other.key:
            raise InvalidNetwork(f"two bridges are named {one.key!r}")
    for bridge in bridges:
        if bridge.source == bridge.target or bridge.target == ANYBODY:
            raise InvalidNetwork(f"{bridge.key!r} leads nowhere")
        if bridge.months < 0 or not bridge.intakes <= set(range(1, 13)):
            raise InvalidNetwork(f"{bridge.key!r} has months that are none")
        for condition in (*bridge.conditions, *(c for f in bridge.fundings for c in f.conditions)):
            if isinstance(condition, Seniority) and condition.months > (
                condition.months if condition.window is None else condition.window
            ):
                raise InvalidNetwork(f"{bridge.key!r} asks more work than its window holds")


class _Label(NamedTuple):
    """A partial path, in the order of the heap: when it could end, then its worth, its bridges."""

    at_best: int
    worth: Worth
    keys: tuple[str, ...]
    serial: int
    payment: Payment | None
    at: int
    standing: Standing
    before: "_Label | None"
    bridge: Bridge | None


def paths(
    network: Network,
    person: Person,
    goal: str,
    *,
    local: Mapping[str, int] | None = None,
    most_months: int = MOST_MONTHS,
) -> Ways:
    """Return all non-dominated paths to the goal, and the bridges towards it that are shut.

    `local` is the chance of a local post in each profession, in percent.
    """
    search = _Search(network, person, goal, local or {}, most_months)
    ends = search.run()
    best = [one for one in ends if not any(dominates(other.worth, one.worth) for other in ends)]
    best.sort(key=lambda label: (label.worth, label.keys))
    return Ways(tuple(map(search.told, best)), search.shut())


def fastest(
    network: Network, person: Person, goal: str, *, most_months: int = MOST_MONTHS
) -> Path | None:
    """Return the path that ends first (the cheapest of several), None if there is none."""
    search = _Search(network, person, goal, {}, most_months)
    ends = search.run(stop_at_first=True)
    return search.told(min(ends, key=lambda label: (label.worth, label.keys))) if ends else None


def dominates(one: Worth, other: Worth) -> bool:
    """Tell whether one worth is at least as good on all four, and better on one."""
    return one != other and all(mine <= theirs for mine, theirs in zip(one, other, strict=True))


class _Search:
    def __init__(
        self,
        network: Network,
        person: Person,
        goal: str,
        local: Mapping[str, int],
        most_months: int,
    ) -> None:
        self._network, self._goal, self._local = network, goal, local
        self._facts = Facts(person, most_months)
        self._to_goal = network.months_to(goal)
        self._anyway = self._to_goal.get(ANYBODY)
        self._recalled = self._recalled_work()
        self._ends: list[_Label] = []
        self._met: dict[object, list[Worth]] = defaultdict(list)
        self._seen: set[tuple[tuple[str, ...], Worth]] = set()
        self._serials = count(1)
        self._closed: dict[str, Closed] = {}
        self._opened: set[str] = set()

    def run(self, *, stop_at_first: bool = False) -> list[_Label]:
        """Return the complete paths, the dominated ones among them."""
        origin = self._facts.origin
        held = self._facts.titles.get(self._goal)
        chance = self._chance_in(self._goal)
        months = held[1] if held else 0
        first = _Label(months, (months, 0, 0, chance), (), 0, None, 0, origin, None, None)
        if held:
            self._ends.append(first)
        heap = [first] if not held else []
        while heap:
            label = heapq.heappop(heap)
            # Other payments of the same bridges may add up to the same.
            if (label.keys, label.worth) in self._seen:
                continue
            self._seen.add((label.keys, label.worth))
            if label.standing.title == self._goal:
                self._ends.append(label)
                if stop_at_first:
                    return self._ends
                continue
            if self._is_beaten(label):
                continue
            for longer in self._extend(label):
                if not self._is_hopeless(longer):
                    heapq.heappush(heap, longer)
        return self._ends

    def _recalled_work(self) -> frozenset[str] | None:
        """Return the professions whose work done earlier can count later; None for any work."""
        names: set[str] = set()
        for bridge in self._network.bridges:
            if bridge.target not in self._to_goal or bridge.source in self._facts.titles:
                continue  # taken first, if ever
            conditions = [c for f in bridge.fundings for c in f.conditions]
            for condition in (*bridge.conditions, *conditions):
                if isinstance(condition, Seniority):
                    if not condition.professions:
                        return None
                    names |= condition.professions
        return frozenset(names)

    def _extend(self, label: _Label) -> Iterator[_Label]:
        standing, facts = label.standing, self._facts
        titles = [standing.title] if standing.title else facts.titles
        for bridge in self._network.onwards(titles):
            target = bridge.target
            to_come = self._least_months(target)
            if to_come is None or target in standing.gained or target in facts.titles:
                continue
            at = begins(bridge, standing, facts)
            if isinstance(at, Closed):
                self._close(at)
                continue
            self._opened.add(bridge.key)
            done = at + bridge.months
            past = tuple(spell for spell in facts.left(standing, at) if self._counts(spell))
            there = Standing(target, done, standing.gained | {target}, past)
            _months, cost, lost, chance = label.worth
            if at > standing.since:
                chance = max(chance, self._chance_in(standing.title))
            for payment in worth_counting(payments(bridge, standing, facts, at)):
                yield _Label(
                    done + to_come,
                    (done, cost + counted(payment.cost), lost + payment.lost, chance),
                    (*label.keys, bridge.key),
                    next(self._serials),
                    payment,
                    at,
                    there,
                    label,
                    bridge,
                )

    def _counts(self, spell: Spell) -> bool:
        return self._recalled is None or spell.profession in self._recalled

    def _least_months(self, title: str) -> int | None:
        own = self._to_goal.get(title)
        if own is None or self._anyway is None:
            return self._anyway if own is None else own
        return min(own, self._anyway)

    def _is_hopeless(self, label: _Label) -> bool:
        """Whether a complete path dominates all that can become of this one."""
        at_best = (label.at_best, *label.worth[1:])
        return any(dominates(end.worth, at_best) for end in self._ends)

    def _is_beaten(self, label: _Label) -> bool:
        if self._is_hopeless(label):
            return True
        standing = label.standing
        met = self._met[standing.title, standing.gained, standing.past]
        worth = label.worth
        if any(dominates(one, worth) and one[1:3] != worth[1:3] for one in met):
            return True
        # Who came sooner may have to work there meanwhile.
        months, cost, lost, chance = worth
        met.append((months, cost, lost, max(chance, self._chance_in(standing.title))))
        return False

    def _chance_in(self, title: str) -> int:
        return -self._local.get(title, NO_CHANCE_TOLD) if title else -NO_CHANCE_TOLD

    def _close(self, closed: Closed) -> None:
        known = self._closed.get(closed.bridge)
        if known is None or (closed.day and known.day and closed.day < known.day):
            self._closed[closed.bridge] = closed

    def shut(self) -> tuple[Closed, ...]:
        """Return the bridges tried that no partial path could take."""
        return tuple(
            closed for key, closed in sorted(self._closed.items()) if key not in self._opened
        )

    def told(self, label: _Label) -> Path:
        """Return a complete path in full."""
        months, cost, lost, chance = label.worth
        steps: list[Step] = []
        here = label
        while here.before is not None and here.bridge is not None and here.payment is not None:
            steps.append(self._step(here, here.before, here.bridge, here.payment))
            here = here.before
        return Path(
            tuple(reversed(steps)),
            months,
            cost if cost < UNTOLD_COST else None,
            lost,
            None if -chance == NO_CHANCE_TOLD else -chance,
        )

    def _step(self, label: _Label, before: _Label, bridge: Bridge, payment: Payment) -> Step:
        start, standing, at = self._facts.person.starts_on, before.standing, label.at
        done = at + bridge.months
        return Step(
            bridge.key,
            bridge.source,
            bridge.target,
            at - standing.since,
            at,
            done,
            after(start, at),
            after(start, done),
            checks(bridge, standing, self._facts, at),
            payments(bridge, standing, self._facts, at),
            payment,
        )
