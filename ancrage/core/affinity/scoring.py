"""One pair: what forbids it, what its compatibility is made of."""

from dataclasses import dataclass
from enum import Enum

from ancrage.core.affinity.parts import NEUTRAL, PARTS, Part, Weights, part_values
from ancrage.core.affinity.sheets import Sheet


class Barrier(Enum):
    """What keeps two parties from meeting at all."""

    # Each said what they seek or offer, and nothing is in common.
    NO_COMMON_MODE = "no_common_mode"
    REFUSED_BY_HOST = "refused_by_host"
    REFUSED_BY_VISITOR = "refused_by_visitor"


@dataclass(frozen=True, slots=True)
class Affinity:
    """The compatibility of a pair, from 0 to 100, with what it is made of.

    `parts` gives each part from 0 to 100, or None where one side did not say (it then counts
    for `NEUTRAL`).
    """

    value: float
    parts: tuple[tuple[Part, int | None], ...]
    barrier: Barrier | None = None


def affinity(host: Sheet, visitor: Sheet, weights: Weights) -> Affinity:
    """Return how compatible two parties are, whatever they wished of one another."""
    parts = part_values(host, visitor)
    counted = [NEUTRAL if value is None else value for value in parts]
    total = sum(weights.values)
    value = sum(map(int.__mul__, weights.values, counted)) / total
    apart = host.modes and visitor.modes and not host.modes & visitor.modes
    return Affinity(
        value=value,
        parts=tuple(zip(PARTS, parts, strict=True)),
        barrier=Barrier.NO_COMMON_MODE if apart else None,
    )
