"""What the matching solver and its judge both speak of: an instance, an answer, a flaw."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class BipartiteInstance:
    """Two sides of nodes, each with a capacity, and unit arcs that bring an integer gain.

    Nodes are numbered from 0 on each side. Arc k joins `tails[k]` (left) to `heads[k]` (right)
    and brings `gains[k]`; a pair of nodes is joined at most once.
    """

    left: Sequence[int]
    right: Sequence[int]
    tails: Sequence[int]
    heads: Sequence[int]
    gains: Sequence[int]


@dataclass(frozen=True, slots=True)
class Matching:
    """The arcs kept, as sorted (left, right) pairs, and the prices that prove them optimal."""

    pairs: tuple[tuple[int, int], ...]
    left_prices: tuple[int, ...]
    right_prices: tuple[int, ...]


class FlawKind(Enum):
    """What can be wrong with a matching, or with its proof."""

    NOT_AN_ARC = "not_an_arc"
    TWICE = "twice"
    OVER_CAPACITY = "over_capacity"
    PRICE_COUNT = "price_count"
    NEGATIVE_PRICE = "negative_price"
    IDLE_WITH_PRICE = "idle_with_price"
    KEPT_TOO_DEAR = "kept_too_dear"
    LEFT_OUT_TOO_CHEAP = "left_out_too_cheap"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw; `where` names a node as ("left", i) or ("right", j), an arc as (i, j)."""

    kind: FlawKind
    where: tuple[str, int] | tuple[int, int]


class InvalidInstance(ValueError):
    """The instance is not one: a negative capacity, an unknown node, an arc given twice."""
