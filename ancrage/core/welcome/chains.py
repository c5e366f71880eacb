"""A stay in several dwellings, one after the other: as few moves as possible, then as cheap.

Problem: no dwelling is free all the days of a stay. Which ones, in turn, cover it?

Steps. With d the days on which one may move in (the first day of the stay, each day a stretch of
free days begins, each day after one ends), the best way to cover the stay from a day on is, over
the dwellings free that day and the days one may leave them, one leg more than the best way from
that day on; fewest legs first, then the least rent, then the keys. It is enough to move on such
days: with the dwellings of the legs fixed, the rent is linear in each day of moving, so it is
least at an end of what that day may be, which is the beginning of a stretch or the day after one.

Complexity: O(n · d²) for n stretches. Exact.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ancrage.core.welcome.facts import NEVER, Offer, Request, free_runs

_DAY = timedelta(days=1)
_DAYS_OF_A_MONTH = 30


class Leg(NamedTuple):
    """Days spent in one dwelling, both included."""

    offer: str
    starts_on: date
    ends_on: date


class Chain(NamedTuple):
    """Legs that follow one another, and the rent of the whole in cents.

    A day costs a thirtieth of a month. The rent is None when a price is unknown.
    """

    legs: tuple[Leg, ...]
    rent: int | None


class _Stretch(NamedTuple):
    offer: str
    starts_on: date
    ends_on: date
    price: int | None


# The best is the least: legs, days at an unknown price, days × monthly price, then the keys.
_Label = tuple[int, int, int, tuple[Leg, ...]]


def chain(request: Request, offers: Iterable[Offer]) -> Chain | None:
    """Cover the days of a request with the offers given, each of which answers the rest.

    None when some day is free nowhere. An offer whose calendar is unknown is left out.

    Raises:
        ValueError: the request has no first or last day, or does not end.
    """
    starts_on, ends_on = request.starts_on, request.ends_on
    if starts_on is None or ends_on is None or ends_on == NEVER:
        raise ValueError("a stay without a first or a last day cannot be cut")
    past = ends_on + _DAY
    stretches = _stretches(request, offers, starts_on, ends_on)
    moves = sorted(
        {starts_on, past}
        | {stretch.starts_on for stretch in stretches}
        | {stretch.ends_on + _DAY for stretch in stretches}
    )
    best: dict[date, _Label] = {past: (0, 0, 0, ())}
    for day in reversed(moves):
        labels = [
            _with_leg(stretch, day, leaves_on, best[leaves_on])
            for stretch in stretches
            if stretch.starts_on <= day <= stretch.ends_on
            for leaves_on in moves
            if day < leaves_on <= stretch.ends_on + _DAY and leaves_on in best
        ]
        if labels:
            best[day] = min(labels)
    if starts_on not in best:
        return None
    _count, unknown, rent, legs = best[starts_on]
    return Chain(legs, None if unknown else round(rent / _DAYS_OF_A_MONTH))


def _stretches(
    request: Request, offers: Iterable[Offer], starts_on: date, ends_on: date
) -> list[_Stretch]:
    return [
        _Stretch(offer.key, max(first, starts_on), min(last, ends_on), offer.price)
        for offer in offers
        for first, last in free_runs(offer.openings or (), request.places)
        if first <= ends_on and starts_on <= last
    ]


def _with_leg(stretch: _Stretch, day: date, leaves_on: date, rest: _Label) -> _Label:
    count, unknown, rent, legs = rest
    days = (leaves_on - day).days
    leg = Leg(stretch.offer, day, leaves_on - _DAY)
    if stretch.price is None:
        return count + 1, unknown + days, rent, (leg, *legs)
    return count + 1, unknown, rent + days * stretch.price, (leg, *legs)
