"""The offers that answer a request, in order; and what would have to give way when none does."""

from collections.abc import Iterable
from typing import NamedTuple

from ancrage.core.kleene import State
from ancrage.core.welcome.conditions import Fit, Minutes, Topic, answer
from ancrage.core.welcome.facts import Offer, Request


class Found(NamedTuple):
    """The offers of the theme: those with nothing missing, and the others, each in order."""

    fits: tuple[Fit, ...]
    blocked: tuple[Fit, ...]


class Way(NamedTuple):
    """A set of conditions that would have to give way, and the offers it would open."""

    topics: frozenset[Topic]
    offers: tuple[str, ...]


def find(request: Request, offers: Iterable[Offer], *, minutes: Minutes) -> Found:
    """Judge every offer of the theme.

    In order: what is sure before what is to check, then fewer answers missing or to check, the
    shorter journey, the lower price, the key. The same whatever the order of the offers.
    """
    judged = [
        answer(request, offer, minutes=minutes)
        for offer in offers
        if request.theme in offer.themes
    ]
    judged.sort(key=_order)
    return Found(
        tuple(fit for fit in judged if fit.state is not State.MISSING),
        tuple(fit for fit in judged if fit.state is State.MISSING),
    )


def _order(fit: Fit) -> tuple[int, int, int, float, float, str]:
    states = [condition.state for condition in fit.conditions]
    return (
        fit.state,
        states.count(State.MISSING),
        states.count(State.TO_CHECK),
        float("inf") if fit.minutes is None else fit.minutes,
        float("inf") if fit.price is None else fit.price,
        fit.offer,
    )


def ways_out(blocked: Iterable[Fit]) -> list[Way]:
    """Return the smallest sets of conditions that, if they gave way, would open an offer.

    A set is left out when a part of it is enough for another offer. A set opens all the offers
    that miss nothing else. The smallest first, then the one that opens most. O(offers + sets²).
    """
    by_missing: dict[frozenset[Topic], list[str]] = {}
    for fit in blocked:
        if fit.missing:
            by_missing.setdefault(fit.missing, []).append(fit.offer)
    ways = [
        Way(topics, tuple(sorted(offers)))
        for topics, offers in by_missing.items()
        if not any(other < topics for other in by_missing)
    ]
    return sorted(ways, key=lambda way: (len(way.topics), -len(way.offers), _names(way.topics)))


def _names(topics: frozenset[Topic]) -> list[str]:
    return sorted(topic.value for topic in topics)
