"""All the paths of a person to a goal that no other path dominates.

Problem. Bridges are the arcs of a directed multigraph of titles. A path takes one bridge after
another from titles held (or from none), never to a title held or reached before. Each course
begins in the first month in which it can: rules in force, intake, seniority worked for on the
way. A path is worth (months to the end, cost to the person, pay lost, chance of a local post);
it is dominated if another is at least as good on all four and better on one, or worth the same in
fewer steps: a title that serves nothing on the way is no step. Paths of the same worth and length
are all kept. The payments of a step that another payment of the step beats are not counted.

Steps. Label-setting: partial paths wait in a heap, that which could end first on top. One is
dropped when a path already complete dominates all that can become of it (the least months, cost
and pay lost still to come counted), or when another partial path came to the same title no
later, for less cost or less pay lost, by some of the same titles, with all the work and titles
that can still be asked for. To have come sooner is not enough to drop it: both may wait for the
same intake, and then be worth the same. Where a funding opens with time, whoever comes later may
be paid for: nothing is dropped for coming to the same title.

Complexity: exponential at worst, since the fronts themselves can be; milliseconds on real
graphs, where few chains of courses lead from one profession to another.

References: E. Q. V. Martins, « On a multicriteria shortest path problem », EJOR 16 (1984).
L. Mandow, J. L. Pérez de la Cruz, « Multiobjective A* search with consistent heuristics »,
J. ACM 57 (2010).
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import count
from typing import NamedTuple

from ancrage.core.bridges.checks import UNTOLD_COST, checks, counted, payments, worth_counting
from ancrage.core.bridges.network import Network
from ancrage.core.bridges.standing import Facts, Spell, Standing, begins
from ancrage.core.bridges.values import (
    ANYBODY,
    Bridge,
    Closed,
    Condition,
    Path,
    Payment,
    Person,
    Seniority,
    Step,
    Title,
    Ways,
    Word,
    after,
)

MOST_MONTHS = 240
"""Nobody plans further: twenty years."""

Worth = tuple[int, int, int, int]
"""Months, cost, pay lost, and the chance of a local post with its sign changed."""

NO_CHANCE_TOLD = 101
"""Above every chance, so that what nobody knows lowers none."""


class _Label(NamedTuple):
    """A partial path, in the order of the heap: when it could end, its worth, its bridges."""

    at_best: int
    worth: Worth
    length: int
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
    best = sorted(search.run(), key=_order)
    return Ways(tuple(map(search.told, best)), search.shut())


def fastest(
    network: Network, person: Person, goal: str, *, most_months: int = MOST_MONTHS
) -> Path | None:
    """Return the path that ends first (the cheapest of several), None if there is none."""
    search = _Search(network, person, goal, {}, most_months)
    ends = search.run(stop_at_first=True)
    return search.told(min(ends, key=_order)) if ends else None


def dominates(one: Worth, other: Worth) -> bool:
    """Tell whether one worth is at least as good on all four, and better on one."""
    return (
        one[0] <= other[0]
        and one[1] <= other[1]
        and one[2] <= other[2]
        and one[3] <= other[3]
        and one != other
    )


def _order(label: _Label) -> tuple[Worth, int, tuple[str, ...]]:
    return label.worth, label.length, label.keys


def _beats(one: Worth, length: int, other: Worth, other_length: int) -> bool:
    return dominates(one, other) or (one == other and length < other_length)


_Work = int | tuple[Spell, ...]


def _counts_as_much(one: _Work, other: _Work) -> bool:
    """Whether work done will always count for as much as other work, by somebody no later.

    Work far in the past leaves the window: only the same, or none, is sure to count alike.
    """
    if isinstance(one, int) and isinstance(other, int):
        return one >= other
    return not other or one == other


def _cost_through(bridge: Bridge) -> int:
    """Return what the person pays for a course at least."""
    return min(counted(cost) for cost in (bridge.fee, *(one.rest for one in bridge.fundings)))


def _loss_through(bridge: Bridge) -> int:
    """Return the pay that the person loses at least, in percent of a month."""
    kept = max(bridge.kept_alone, *(one.kept or 0 for one in bridge.fundings), 0)
    return bridge.months * (100 - kept)


def _least(to_goal: Mapping[str, int], title: str) -> int | None:
    """Return the least to the goal from a title, or from none: some courses are open to all."""
    own, anyway = to_goal.get(title), to_goal.get(ANYBODY)
    if own is None or anyway is None:
        return anyway if own is None else own
    return min(own, anyway)


def _is_word(condition: Condition) -> bool:
    return isinstance(condition, Word)


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
        self._to_goal = self._least_to_goal(self._months_through)
        later = self._later_bridges()
        asked = [
            condition
            for bridge in later
            for condition in (
                *bridge.conditions,
                *(c for f in bridge.fundings for c in f.conditions),
            )
        ]
        # What earlier steps gave and later ones may ask for.
        self._recalled = tuple(
            {(c.professions, c.window): None for c in asked if isinstance(c, Seniority)}
        )
        self._titles_asked = {t for c in asked if isinstance(c, Title) for t in c.any_of}
        self._may_drop = not any(map(self._pays_later, later))
        self._offered: dict[tuple[str, bool], list[Payment]] = {}
        self._ends: list[_Label] = []
        self._met: dict[str, list[tuple[Worth, frozenset[str], tuple[_Work, ...]]]] = defaultdict(
            list
        )
        self._seen: set[tuple[tuple[str, ...], Worth]] = set()
        self._serials = count(1)
        self._closed: dict[str, Closed] = {}
        self._opened: set[str] = set()

    @cached_property
    def _cost_to_goal(self) -> dict[str, int]:
        return self._least_to_goal(_cost_through)

    @cached_property
    def _loss_to_goal(self) -> dict[str, int]:
        return self._least_to_goal(_loss_through)

    def run(self, *, stop_at_first: bool = False) -> list[_Label]:
        """Return the complete paths that no other dominates."""
        origin = self._facts.origin
        held = self._facts.titles.get(self._goal)
        chance = self._chance_in(self._goal)
        months = held[1] if held else 0
        first = _Label(months, (months, 0, 0, chance), 0, (), 0, None, 0, origin, None, None)
        if held:
            self._ends.append(first)
        heap = [first] if not held else []
        while heap:
            label = heapq.heappop(heap)
            # Other payments of the same bridges may add up to the same.
            if (label.keys, label.worth) in self._seen:
                continue
            self._seen.add((label.keys, label.worth))
            if self._is_hopeless(label):
                continue
            if label.standing.title == self._goal:
                self._ends = [
                    one
                    for one in self._ends
                    if not _beats(label.worth, label.length, one.worth, one.length)
                ]
                self._ends.append(label)
                if stop_at_first:
                    return self._ends
                continue
            if self._is_beaten(label):
                continue
            for longer in self._extend(label):
                heapq.heappush(heap, longer)
        return self._ends

    def _least_to_goal(self, through: Callable[[Bridge], int]) -> dict[str, int]:
        """Return the least sum to the goal from each title that leads to it."""
        least = {self._goal: 0}
        heap = [(0, self._goal)]
        while heap:
            so_far, title = heapq.heappop(heap)
            if so_far > least[title]:
                continue
            for bridge in self._network.leading_to(title):
                total = so_far + through(bridge)
                if total < least.get(bridge.source, total + 1):
                    least[bridge.source] = total
                    heapq.heappush(heap, (total, bridge.source))
        return least

    def _months_through(self, bridge: Bridge) -> int:
        """Return the months of the course, and the work that it asks in the very title it leaves,
        where the person can have done none of it before."""
        return bridge.months + self._work_to_come(bridge)

    def _work_to_come(self, bridge: Bridge) -> int:
        if bridge.source == ANYBODY or self._facts.may_know(bridge.source):
            return 0
        return max(
            (
                condition.months
                for condition in bridge.conditions
                if isinstance(condition, Seniority)
                and condition.professions == frozenset({bridge.source})
            ),
            default=0,
        )

    def _later_bridges(self) -> list[Bridge]:
        """Return the bridges that can be taken after another."""
        titles = self._facts.titles
        return [
            bridge
            for bridge in self._network.bridges
            if bridge.target in self._to_goal and bridge.source not in titles
        ]

    def _pays_later(self, bridge: Bridge) -> bool:
        """Whether who comes later may be paid for by somebody who would not have paid before."""
        return any(
            (funding.valid_from is not None and self._facts.month_of(funding.valid_from) > 0)
            or any(isinstance(one, Seniority | Title) for one in funding.conditions)
            for funding in bridge.fundings
        )

    def _extend(self, label: _Label) -> Iterator[_Label]:
        standing, facts = label.standing, self._facts
        titles = [standing.title] if standing.title else facts.titles
        for bridge in self._network.onwards(titles):
            target = bridge.target
            to_come = _least(self._to_goal, target)
            if to_come is None or target in standing.gained or target in facts.titles:
                continue
            at = begins(bridge, standing, facts)
            if isinstance(at, Closed):
                self._close(at)
                continue
            self._opened.add(bridge.key)
            done = at + bridge.months
            there = Standing(target, done, standing.gained | {target}, facts.left(standing, at))
            _months, cost, lost, chance = label.worth
            if at > standing.since:
                chance = max(chance, self._chance_in(standing.title))
            for payment in self._offers(bridge, standing, at):
                yield _Label(
                    done + to_come,
                    (done, cost + counted(payment.cost), lost + payment.lost, chance),
                    label.length + 1,
                    (*label.keys, bridge.key),
                    next(self._serials),
                    payment,
                    at,
                    there,
                    label,
                    bridge,
                )

    def _offers(self, bridge: Bridge, standing: Standing, at: int) -> list[Payment]:
        """Return the payments worth counting; where no date nor work decides, they are kept."""
        if any(
            funding.valid_from or funding.valid_to or not all(map(_is_word, funding.conditions))
            for funding in bridge.fundings
        ):
            return worth_counting(payments(bridge, standing, self._facts, at))
        key = bridge.key, standing.title == ANYBODY
        if key not in self._offered:
            self._offered[key] = worth_counting(payments(bridge, standing, self._facts, at))
        return self._offered[key]

    def _is_hopeless(self, label: _Label) -> bool:
        """Whether a complete path dominates all that can become of this one."""
        if not self._ends:
            return False
        title = label.standing.title
        _months, cost, lost, chance = label.worth
        at_best = (
            label.at_best,
            cost + (_least(self._cost_to_goal, title) or 0),
            lost + (_least(self._loss_to_goal, title) or 0),
            chance,
        )
        length = label.length + (title != self._goal)
        return any(_beats(end.worth, end.length, at_best, length) for end in self._ends)

    def _is_beaten(self, label: _Label) -> bool:
        """Whether another partial path can do all that this one can, for less."""
        if not self._may_drop:
            return False
        standing, worth = label.standing, label.worth
        known, work = self._met[standing.title], tuple(self._work_behind(standing))
        for other, gained, done in known:
            if (
                dominates(other, worth)
                and other[1:3] != worth[1:3]
                and gained <= standing.gained
                and standing.gained & self._titles_asked <= gained
                and all(map(_counts_as_much, done, work))
            ):
                return True
        # Who came sooner may have to work there meanwhile.
        worst = max(worth[3], self._chance_in(standing.title))
        known.append(((*worth[:3], worst), standing.gained, work))
        return False

    def _work_behind(self, standing: Standing) -> Iterator[_Work]:
        """Yield the work done so far that counts for each seniority asked later.

        Without a window: the months, less those before the last title if work there counts too,
        so that whoever has more now has more in every month to come.
        """
        for names, window in self._recalled:
            if window is not None:
                yield tuple(one for one in standing.past if not names or one.profession in names)
                continue
            done = self._facts.worked(Seniority(1, names), standing, standing.since)
            yield done - (standing.since if not names or standing.title in names else 0)

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
