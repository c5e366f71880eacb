"""How close one measure of accessibility comes to another, place by place.

Problem. We compute accessibility from counts of doctors and minutes that are guessed; an official
file publishes it. Before anybody trusts what we say would change, they must know how far apart
the two are, on the places they look at.

Four marks, none of which depends on the unit of either:

- rank: the correlation of ranks (Spearman), ties at the mean of their ranks. 1: both order places
  the same way; 0: one says nothing of the other;
- scale: what ours is multiplied by so that both have the same mean over people;
- error: the mean distance that is left then, over people, in the unit of the official file;
- side: the share of people who are on the same side of a threshold in both.

Complexity: O(n log n).

Reference: C. Spearman, « The Proof and Measurement of Association between Two Things », American
Journal of Psychology 15 (1904), p. 72–101.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ancrage.core.accessibility.travel import Floats

FEWEST = 5
"""Of fewer places, an order says nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How close two measures come.

    Attributes:
        places: how many were compared.
        rank: the correlation of ranks; None: too few places, or all alike.
        scale: what ours was multiplied by.
        error: the mean distance left, over people, in the unit of the official file.
        side: the share of people on the same side of the threshold; None: without threshold.
    """

    places: int
    rank: float | None
    scale: float
    error: float
    side: float | None


def spearman(ours: ArrayLike, theirs: ArrayLike) -> float | None:
    """Return the correlation of the ranks of two lists; None where one of them is flat.

    Raises:
        ValueError: lists of different lengths, or a value that is not a number.
    """
    first, second = _lists(ours, theirs)
    if len(first) < 2:
        return None
    one, other = _ranks(first), _ranks(second)
    one, other = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / spread if spread > 0 else None


def agreement(
    ours: ArrayLike, theirs: ArrayLike, people: ArrayLike, threshold: float | None = None
) -> Agreement | None:
    """Return how close `ours` comes to `theirs`; None where there is nothing to compare.

    Args:
        ours: computed, place by place, in any unit.
        theirs: published; places where it is not a number are left out.
        people: who live there.
        threshold: in the unit of `theirs`.

    Raises:
        ValueError: lists of different lengths.
    """
    told = ~np.isnan(np.asarray(theirs, dtype=np.float64))
    mine, official = (np.asarray(one, dtype=np.float64) for one in (ours, theirs))
    living = np.asarray(people, dtype=np.float64)
    if not mine.shape == official.shape == living.shape:
        raise ValueError("lists have one value by place")
    mine, official, living = mine[told], official[told], living[told]
    total = living.sum()
    if not len(mine) or total <= 0:
        return None
    level = float(living @ mine)
    scale = float(living @ official) / level if level > 0 else 1.0
    mine = mine * scale
    same = None
    if threshold is not None:
        same = float(living @ ((mine <= threshold) == (official <= threshold)) / total)
    return Agreement(
        places=len(mine),
        rank=spearman(mine, official) if len(mine) >= FEWEST else None,
        scale=scale,
        error=float(living @ np.abs(mine - official) / total),
        side=same,
    )


def _lists(ours: ArrayLike, theirs: ArrayLike) -> tuple[Floats, Floats]:
    first, second = (np.asarray(one, dtype=np.float64) for one in (ours, theirs))
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError("two lists of the same length are compared")
    if np.isnan(first).any() or np.isnan(second).any():
        raise ValueError("a rank is that of a number")
    return first, second


def _ranks(values: Floats) -> Floats:
    """The rank of each value from 0; those that are equal share the mean of theirs."""
    _sorted, whose, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    means: Floats = (last - (counts + 1) / 2)[whose]
    return means
