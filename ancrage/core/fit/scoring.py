"""How well a person and a need go together, and why.

Problem. For a person and a need, of which many facts may be unknown, say for each hard condition
whether it is met, missing or to check, why, and what would lift it; say for each named part of a
soft score what it is worth; put many of them in order. Nobody is rejected: a missing condition
puts a fit after those that have none, and it is returned with its explanation like the others.

The same function serves both sides. A structure ranks the fits of one need, a person those of
theirs: nothing in a fit depends on who asks.

Steps:

1. Conditions: `ancrage.core.fit.conditions`, in Kleene's logic of three values. An unknown fact
   never makes a condition missing, and one more fact never unsettles an answer.
2. Parts: `ancrage.core.fit.parts`, whole numbers from 0 to 100. points = Σ weight · value; score
   = points / Σ weight, rounded, for display only.
3. Order: fewer conditions missing, fewer to check, more points, then the keys. Among fits with the
   same conditions, raising the weight of a part where A is worth at least as much as B never puts
   B before A: both divide by the same total, and compare whole numbers, not rounded ones.

Complexity: proportional to what the two have (practices × bridges, zones, proofs); O(n log n) to
rank n fits.

Reference: S. C. Kleene, Introduction to Metamathematics (1952), §64. The additive score is the
plainest of multi-criteria models, chosen because each part of it can be shown and changed: R. L.
Keeney, H. Raiffa, Decisions with Multiple Objectives (1976), chapter 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

from ancrage.core.fit.answers import Condition, Topic
from ancrage.core.fit.conditions import Minutes, conditions_of, journeys_of
from ancrage.core.fit.facts import Need, Person
from ancrage.core.fit.parts import Part, PartScore, Weights, parts_of
from ancrage.core.kleene import State

USUAL_WEIGHTS = Weights()
NO_MINUTES: Minutes = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fit:
    """One person beside one need: the conditions, the score part by part, the FTE covered."""

    person: str
    need: str
    conditions: tuple[Condition, ...]
    parts: tuple[PartScore, ...]
    # FTE of the post that the person would take, in hundredths.
    covered_fte: int

    @property
    def missing(self) -> tuple[Condition, ...]:
        """The conditions that block."""
        return tuple(c for c in self.conditions if c.state is State.MISSING)

    @property
    def to_check(self) -> tuple[Condition, ...]:
        """The conditions that a fact would settle."""
        return tuple(c for c in self.conditions if c.state is State.TO_CHECK)

    @property
    def points(self) -> int:
        """The exact score: the sum of the parts, each times its weight."""
        return sum(part.value * part.weight for part in self.parts)

    @property
    def score(self) -> int:
        """The score from 0 to 100, half a point rounded up."""
        total = sum(part.weight for part in self.parts)
        return (2 * self.points + total) // (2 * total)


def fit(
    person: Person,
    need: Need,
    weights: Weights = USUAL_WEIGHTS,
    *,
    minutes: Minutes = NO_MINUTES,
) -> Fit:
    """Return how a person and a need go together.

    Args:
        person: what is known of the person.
        need: what is known of the need.
        weights: how much each part of the score counts.
        minutes: travel times known, by (commune of the person, commune of the need).
    """
    journeys = journeys_of(person, need, minutes)
    most = need.fte if person.fte_max is None else min(need.fte, person.fte_max)
    return Fit(
        person.key,
        need.key,
        conditions_of(person, need, journeys),
        parts_of(person, need, weights, journeys),
        most,
    )


def joined(rest: Fit, journey: Fit, *, person: str) -> Fit:
    """Return the fit of somebody who has the zones of one person, and all else from another.

    Equal to what `fit` returns of them: distance and nearness are told from zones, and nothing
    else is. Of thousands who differ by few things, each thing is then compared once.
    """
    return Fit(
        person,
        rest.need,
        tuple(
            there if there.topic is Topic.DISTANCE else here
            for here, there in zip(rest.conditions, journey.conditions, strict=True)
        ),
        tuple(
            there if there.part is Part.PROXIMITY else here
            for here, there in zip(rest.parts, journey.parts, strict=True)
        ),
        rest.covered_fte,
    )


def ranked(fits: Iterable[Fit]) -> list[Fit]:
    """Return the fits, the best first, in an order that depends on nothing else.

    Raises:
        ValueError: they were weighed differently, and cannot be compared.
    """
    known = list(fits)
    if len({tuple(part.weight for part in one.parts) for one in known}) > 1:
        raise ValueError("fits of different weights cannot be compared")
    return sorted(known, key=_order)


def _order(one: Fit) -> tuple[int, int, int, str, str]:
    states = [condition.state for condition in one.conditions]
    return (
        states.count(State.MISSING),
        states.count(State.TO_CHECK),
        -one.points,
        one.person,
        one.need,
    )
