"""Every pair of an event: its score, or why it will not meet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ancrage.core.affinity.parts import Weights
from ancrage.core.affinity.scoring import Affinity, Barrier, affinity
from ancrage.core.affinity.sheets import Sheet

BEST_SCORE = 1000

RANKS_THAT_COUNT = 8
"""The first wish is worth 1; each further one an eighth less, down to a floor."""

LEAST_WISH = 0.125
"""What a wish of whatever rank is worth at least."""

COMPATIBILITY_WEIGHT = 10
"""What compatibility weighs beside the wishes of each side (0 to 10)."""


@dataclass(frozen=True)
class Wishes:
    """What one side wished of the other: `ranks` (1 is the dearest) and `refused`, by pair of
    keys (of its own, of the other)."""

    ranks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    refused: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        if any(rank < 1 for rank in self.ranks.values()):
            raise ValueError("a rank is less than 1")
        if self.refused & self.ranks.keys():
            raise ValueError("a pair is wished and refused by one side")


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A pair: `score` from 1 to `BEST_SCORE`, None when a barrier keeps it from meeting."""

    host: str
    visitor: str
    score: int | None
    affinity: Affinity
    barrier: Barrier | None = None


def pairs_of(
    hosts: Mapping[str, Sheet],
    visitors: Mapping[str, Sheet],
    weights: Weights,
    *,
    host_wishes: Wishes,
    visitor_wishes: Wishes,
    host_weight: int = 5,
    visitor_weight: int = 5,
) -> list[ScoredPair]:
    """Score every pair of a host and a visitor, in the order of their keys.

    `host_weight` and `visitor_weight` say how much the wishes of each side count beside
    compatibility, which counts for `COMPATIBILITY_WEIGHT`. A wish that meets a barrier of modes
    lifts it: people know better than their answers. A refusal is never lifted.

    Raises:
        ValueError: a weight of wishes is negative.
    """
    if min(host_weight, visitor_weight) < 0:
        raise ValueError("a weight is negative")
    scored = []
    for host in sorted(hosts):
        for visitor in sorted(visitors):
            found = affinity(hosts[host], visitors[visitor], weights)
            by_host = host_wishes.ranks.get((host, visitor))
            by_visitor = visitor_wishes.ranks.get((visitor, host))
            barrier = _barrier(found, host, visitor, host_wishes, visitor_wishes)
            score = None
            if barrier is None:
                total = COMPATIBILITY_WEIGHT + host_weight + visitor_weight
                value = (
                    COMPATIBILITY_WEIGHT * found.value / 100
                    + host_weight * _worth(by_host)
                    + visitor_weight * _worth(by_visitor)
                ) / total
                score = max(1, round(BEST_SCORE * value))
            scored.append(ScoredPair(host, visitor, score, found, barrier))
    return scored


def _barrier(
    found: Affinity, host: str, visitor: str, host_wishes: Wishes, visitor_wishes: Wishes
) -> Barrier | None:
    if (host, visitor) in host_wishes.refused:
        return Barrier.REFUSED_BY_HOST
    if (visitor, host) in visitor_wishes.refused:
        return Barrier.REFUSED_BY_VISITOR
    wished = (host, visitor) in host_wishes.ranks or (visitor, host) in visitor_wishes.ranks
    return None if wished else found.barrier


def _worth(rank: int | None) -> float:
    if rank is None:
        return 0.0
    return max(1 - (rank - 1) / RANKS_THAT_COUNT, LEAST_WISH)
