"""Who could reach a profession, and which bridges would close a shortage, and when.

Problem. Given people, for each the months after which they could hold a title at the earliest:
the end of their fastest path (conditions to check are supposed to hold, as everywhere here). For
a shortage of so many posts, the same bridge by bridge: for each of the last steps into the title,
who could arrive by it and when, and after how many months the posts would be filled.

Steps. One search for each different set of facts: people who share them share their path, and
`alike` gathers them once for all the titles asked about. For the last steps, the other bridges
into the title are taken away in turn. Whoever holds the title, or none from which any bridge
leads to it, is not searched for.

Complexity: (different people) × (bridges into the title) searches for the fastest path.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from ancrage.core.bridges.network import Network
from ancrage.core.bridges.search import MOST_MONTHS, fastest
from ancrage.core.bridges.values import ANYBODY, Path, Person
from ancrage.core.kleene import State

HORIZONS = (12, 24, 36)
"""Months by which people are counted."""


class Alike(NamedTuple):
    """People of whom the same is known: the facts, under no key, and the keys of these people."""

    facts: Person
    people: tuple[str, ...]


class Reach(NamedTuple):
    """A person who could reach the title, and by which path at the earliest."""

    person: str
    path: Path

    @property
    def months(self) -> int:
        """Months from the day the person would begin."""
        return self.path.months

    @property
    def to_check(self) -> int:
        """How many conditions of the path nobody has told yet."""
        checks = [check for step in self.path.steps for check in step.checks]
        return sum(check.state is State.TO_CHECK for check in checks)


@dataclass(frozen=True, slots=True)
class Relief:
    """What one bridge would bring to a shortage; without a bridge, what all of them would.

    `closes_in`: months after which as many people as posts could have come, None if too few.
    """

    bridge: str | None
    people: tuple[Reach, ...]
    closes_in: int | None

    def within(self, months: int) -> int:
        """Return how many people could have come by then."""
        return sum(one.months <= months for one in self.people)


def alike(people: Iterable[Person]) -> tuple[Alike, ...]:
    """Gather the people of whom the same is known."""
    known: defaultdict[Person, list[str]] = defaultdict(list)
    for person in people:
        known[replace(person, key="")].append(person.key)
    return tuple(Alike(facts, tuple(keys)) for facts, keys in known.items())


def soonest(
    network: Network, people: Iterable[Alike], goal: str, *, most_months: int = MOST_MONTHS
) -> Iterator[tuple[Alike, Path]]:
    """Yield those who could reach a title and do not hold it, each with their fastest path."""
    sources = network.sources_of(goal)
    for one in people:
        titles = {ANYBODY, *(holding.title for holding in one.facts.titles)}
        if goal in titles or sources.isdisjoint(titles):
            continue
        path = fastest(network, one.facts, goal, most_months=most_months)
        if path is not None and path.steps:
            yield one, path


def arrivals(found: Iterable[tuple[Alike, Path]]) -> tuple[Reach, ...]:
    """Return people one by one, the soonest first; then those of whom least is to check."""
    reaches = []
    for (_facts, keys), path in found:
        to_check = Reach(keys[0], path).to_check
        reaches += [((path.months, to_check, key), Reach(key, path)) for key in keys]
    reaches.sort(key=itemgetter(0))
    return tuple(reach for _order, reach in reaches)


def reaching(
    network: Network, people: Iterable[Alike], goal: str, *, most_months: int = MOST_MONTHS
) -> tuple[Reach, ...]:
    """Return the people who could reach a title and do not hold it, the soonest first."""
    return arrivals(soonest(network, people, goal, most_months=most_months))


def by_horizon(
    reaches: Iterable[Reach], horizons: Sequence[int] = HORIZONS
) -> dict[int, tuple[Reach, ...]]:
    """Return, for each number of months, those who could have come by then."""
    known = tuple(reaches)
    return {months: tuple(one for one in known if one.months <= months) for months in horizons}


def reliefs(
    network: Network,
    people: Iterable[Alike],
    goal: str,
    posts: int,
    *,
    most_months: int = MOST_MONTHS,
) -> tuple[Relief, ...]:
    """Return what all bridges together, then each one, would bring to a shortage of posts.

    After the first, those that close it come first, the soonest ahead; then those that bring
    most people. Bridges that bring nobody are left out.
    """
    everybody = tuple(people)
    into = [bridge.key for bridge in network.bridges if bridge.target == goal]
    found = []
    for key in into:
        alone = Network(
            bridge for bridge in network.bridges if bridge.target != goal or bridge.key == key
        )
        came = reaching(alone, everybody, goal, most_months=most_months)
        if came:
            found.append(Relief(key, came, _closes_in(came, posts)))
    found.sort(key=_soonest)
    together = reaching(network, everybody, goal, most_months=most_months)
    return (Relief(None, together, _closes_in(together, posts)), *found)


def _closes_in(came: Sequence[Reach], posts: int) -> int | None:
    if posts <= 0:
        return 0
    return came[posts - 1].months if len(came) >= posts else None


def _soonest(relief: Relief) -> tuple[bool, int, int, str]:
    closes_in = relief.closes_in
    return closes_in is None, closes_in or 0, -len(relief.people), relief.bridge or ""
