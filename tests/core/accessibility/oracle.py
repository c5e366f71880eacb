"""Accessibility counted in full, place by place: the judge of the tables of the product."""

from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement

from ancrage.core.accessibility.siting.values import Request


def access_of(
    minutes: Sequence[Sequence[float]],
    weight: Callable[[float], float],
    people: Sequence[float],
    supply: Sequence[float],
) -> list[float]:
    """Return A, written as the formula is."""
    places = range(len(people))
    demand = [sum(weight(minutes[i][j]) * people[i] for i in places) for j in places]
    return [
        sum(weight(minutes[i][j]) * supply[j] / demand[j] for j in places if demand[j] > 0)
        for i in places
    ]


def best(request: Request, value: Callable[[tuple[int, ...]], float]) -> float:
    """Return the smallest `value` of all the ways of placing the posts, one by one."""
    ways = (
        way
        for posts in range(request.posts + 1)
        for way in combinations_with_replacement(request.candidates, posts)
        if all(way.count(place) <= request.most for place in way)
    )
    return min(value(way) for way in ways)
