"""Hours shared between several places: a crèche by day, somebody at home for the early morning.

Problem: no place covers the hours of the shifts. Which few, together, do?

Steps: keep what each place covers of the hours asked; leave out what another covers as well and
more cheaply; try every pair, then every three. Fewest places first, then the least price, then
the keys. O(n^k) on whole numbers for n places and at most k of them. Exact within k.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from ancrage.core.welcome.facts import Offer
from ancrage.core.welcome.weeks import NO_HOURS, Week


class Sharing(NamedTuple):
    """Places that cover the hours together, in the order of their keys."""

    offers: tuple[str, ...]
    price: int | None


class _Part(NamedTuple):
    key: str
    covers: Week
    price: int | None


def share_hours(hours: Week, offers: Iterable[Offer], *, at_most: int = 3) -> Sharing | None:
    """Cover hours with as few places as possible; None when so many are not enough.

    An offer whose hours are unknown covers none.

    Raises:
        ValueError: `at_most` is not between 1 and 3.
    """
    if not 1 <= at_most <= 3:
        raise ValueError("hours are shared between one and three places")
    if hours == NO_HOURS:
        return Sharing((), 0)
    parts = _useful(
        _Part(offer.key, offer.hours & hours, offer.price) for offer in offers if offer.hours
    )
    for count in range(1, at_most + 1):
        shared = [chosen for chosen in combinations(parts, count) if _together(chosen) == hours]
        if shared:
            best = min(shared, key=_order)
            return Sharing(tuple(sorted(part.key for part in best)), _price(best))
    return None


def _useful(parts: Iterable[_Part]) -> list[_Part]:
    """Leave out what another part covers as well for no more; of two alike, keep the first key."""
    kept: list[_Part] = []
    for part in sorted(parts, key=lambda p: (-p.covers.bit_count(), _dear(p.price), p.key)):
        if part.covers and not any(
            part.covers & ~other.covers == 0 and _dear(other.price) <= _dear(part.price)
            for other in kept
        ):
            kept.append(part)
    return kept


def _dear(price: int | None) -> float:
    return float("inf") if price is None else price


def _together(parts: Iterable[_Part]) -> Week:
    week = NO_HOURS
    for part in parts:
        week |= part.covers
    return week


def _price(parts: Iterable[_Part]) -> int | None:
    prices = [part.price for part in parts]
    known = [price for price in prices if price is not None]
    return sum(known) if len(known) == len(prices) else None


def _order(parts: tuple[_Part, ...]) -> tuple[float, list[str]]:
    return _dear(_price(parts)), sorted(part.key for part in parts)
