"""All the non-dominated paths of a small network, by trying every path; from the definition."""

from collections.abc import Iterator

from ancrage.core.bridges.judge import Judge, Place
from ancrage.core.bridges.values import Bridge, Person

Worth = tuple[tuple[int, ...], ...]


def best_by_trying_all(
    bridges: tuple[Bridge, ...],
    person: Person,
    goal: str,
    local: dict[str, int],
    most_months: int,
) -> set[tuple[tuple[str, ...], Worth]]:
    """The bridges and the worth of every path that none dominates, nor equals in fewer steps."""
    judge = Judge(person, most_months)
    found = set(_walks(judge, bridges, goal, local, judge.start(), (), ((0, 0), 0, {goal})))
    return {
        one
        for one in found
        if not any(
            len(other[0]) < len(one[0])
            if other[1] == one[1]
            else all(b <= a for a, b in zip(one[1], other[1], strict=True))
            for other in found
        )
    }


def _walks(
    judge: Judge,
    bridges: tuple[Bridge, ...],
    goal: str,
    local: dict[str, int],
    place: Place,
    keys: tuple[str, ...],
    spent: tuple[tuple[int, int], int, set[str]],
) -> Iterator[tuple[tuple[str, ...], Worth]]:
    cost, lost, worked_in = spent
    held = judge.holds_from(goal)
    if place.title == goal or held is not None:
        chance = min((local[one] for one in worked_in if one in local), default=101)
        yield keys, ((place.since if held is None else held,), cost, (lost,), (-chance,))
        return
    for bridge in bridges:
        if bridge.target in place.reached or judge.holds_from(bridge.target) is not None:
            continue
        if not place.title and bridge.source and judge.holds_from(bridge.source) is None:
            continue
        month = judge.first_month(bridge, place)
        if month is None:
            continue
        way_in = {place.title} if place.title and month > place.since else set()
        there = judge.take(bridge, place, month)
        offers = [(bridge.fee, bridge.kept_alone)] + [
            (one.rest, one.kept or 0) for one in bridge.fundings if judge.pays(one, place, month)
        ]
        for rest, kept in offers:
            paid = (cost[0] + (rest is None), cost[1] + (rest or 0))
            less = lost + bridge.months * (100 - kept)
            yield from _walks(
                judge,
                bridges,
                goal,
                local,
                there,
                (*keys, bridge.key),
                (paid, less, worked_in | way_in),
            )
