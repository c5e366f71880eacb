"""Figures as people round them."""

from collections.abc import Collection
from statistics import median


def percent_of(part: int, whole: int) -> int:
    """Return the share in percents, halves rounded up as people do; 0 of nothing.

    >>> percent_of(5, 8)
    63
    """
    return (200 * part + whole) // (2 * whole) if whole else 0


def median_days(delays: Collection[int]) -> int | None:
    """Return the delay that half of them do not exceed, in whole days; None of none.

    >>> median_days([3, 8, 40])
    8
    """
    return round(median(delays)) if delays else None
