"""The bridges, checked and ready to be searched from either end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ancrage.core.bridges.values import ANYBODY, Bridge, InvalidNetwork, Seniority


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
        self._into: dict[str, list[Bridge]] = defaultdict(list)
        for bridge in self.bridges:
            self._from[bridge.source].append(bridge)
            self._into[bridge.target].append(bridge)

    def onwards(self, titles: Iterable[str]) -> Iterator[Bridge]:
        """Yield the bridges open to the holder of these titles."""
        for title in sorted({ANYBODY, *titles}):
            yield from self._from.get(title, ())

    def leading_to(self, title: str) -> Iterable[Bridge]:
        """Return the bridges to a title."""
        return self._into.get(title, ())

    def sources_of(self, goal: str) -> frozenset[str]:
        """Return the titles from which bridges lead to the goal, whatever they ask."""
        found: set[str] = set()
        waiting = [goal]
        while waiting:
            for bridge in self.leading_to(waiting.pop()):
                if bridge.source not in found:
                    found.add(bridge.source)
                    waiting.append(bridge.source)
        return frozenset(found)


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
