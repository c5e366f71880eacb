"""Neighbours told together, so that how many are on either side of a line tells of nobody.

Problem. A total is told in two parts (under sixty, sixty and more). Told place by place it would
be the age of somebody; told of one place, and of all, it would be that of the others by
difference. And where a place is hidden because of what it holds, that it is hidden tells it.

Rule. All places together are told if `k` people at least are on each side. Then they are cut in
two along a line drawn from what everybody knows alone, where people are and how many; the two
halves are told if each has `k` people at least on each side, else neither is, and nothing smaller.
Each half told is cut again.

So what is told, and any sum or difference of it, counts `k` people or nobody. And a half that is
not told keeps `k` possible values at least: with a total of its two halves and its number of
people, what it holds may be anything within `k` of either end.

Reference: K. LeFevre, D. DeWitt, R. Ramakrishnan, « Mondrian Multidimensional K-Anonymity », ICDE
2006; but there the cut looks for what may be told, which tells more than it should (R. Wong,
A. Fu, K. Wang, J. Pei, « Minimality Attack in Privacy Preserving Data Publishing », VLDB 2007).

Complexity: O(n log² n).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ancrage.privacy.cells import K


@dataclass(frozen=True, slots=True)
class Unit:
    """A place.

    Attributes:
        x: where it is, from west to east.
        y: from south to north, in the same measure.
        below: how many people are known to be below the line.
        above: how many are known to be above it.
    """

    x: float
    y: float
    below: float
    above: float

    @property
    def people(self) -> float:
        """How many there are: this is no secret."""
        return self.below + self.above


def sectors(units: Sequence[Unit], k: int = K) -> list[tuple[int, ...]]:
    """Return the groups of ranks that may be told; nothing where not even all together may.

    >>> places = [Unit(0, 0, 6, 6), Unit(1, 0, 2, 0), Unit(9, 0, 4, 5), Unit(9, 1, 2, 0)]
    >>> sectors(places)
    [(0,), (1, 2, 3)]
    >>> sectors(places[:2] + places[3:])
    [(0, 1, 2)]
    >>> sectors(places[1:2])
    []
    """
    whole = tuple(range(len(units)))
    return _told(units, whole, k) if _may_tell(units, whole, k) else []


def _told(units: Sequence[Unit], ranks: tuple[int, ...], k: int) -> list[tuple[int, ...]]:
    halves = _halves(units, ranks, k)
    if not halves or not all(_may_tell(units, half, k) for half in halves):
        return [ranks]
    return [group for half in halves for group in _told(units, half, k)]


def _may_tell(units: Sequence[Unit], ranks: Sequence[int], k: int) -> bool:
    return (
        math.fsum(units[rank].below for rank in ranks) >= k
        and math.fsum(units[rank].above for rank in ranks) >= k
    )


def _halves(units: Sequence[Unit], ranks: tuple[int, ...], k: int) -> tuple[tuple[int, ...], ...]:
    """Cut across the longer side, as evenly as may be; nothing where a half is too small."""
    inhabited = [units[rank] for rank in ranks if units[rank].people > 0]
    if not inhabited:
        return ()
    wide = max(one.x for one in inhabited) - min(one.x for one in inhabited)
    high = max(one.y for one in inhabited) - min(one.y for one in inhabited)
    by_x = sorted(ranks, key=lambda rank: (units[rank].x, rank))
    by_y = sorted(ranks, key=lambda rank: (units[rank].y, rank))
    for ordered in (by_x, by_y) if wide >= high else (by_y, by_x):
        sums = list(accumulate(units[rank].people for rank in ordered))
        smaller = [min(first, sums[-1] - first) for first in sums]
        cut = max(range(len(sums)), key=smaller.__getitem__)
        # Fewer could not hold `k` on each side, whatever their ages.
        if smaller[cut] >= 2 * k:
            return tuple(sorted(ordered[: cut + 1])), tuple(sorted(ordered[cut + 1 :]))
    return ()
