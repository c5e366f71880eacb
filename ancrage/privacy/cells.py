"""Small numbers designate people: fewer than five are not shown.

The rule is that of pseudonymous cards and of every table of figures. Source: INSEE and CNIL
practice of k-anonymity for published counts; k = 5 for this register of purposes.
"""

from collections.abc import Sequence

K = 5


def small_cell(count: int, k: int = K) -> bool:
    """Say whether a count of people is too small to be shown. Nobody is not a small number."""
    return 0 < count < k


def masked(counts: Sequence[int], k: int = K) -> list[int | None]:
    """Return the counts of one row whose total is shown, with None for those to hide.

    A single hidden count would be the total less the others: the smallest shown beside it is
    then hidden too, unless every other count is zero, which leaves the row hidden as it is.

    >>> masked([12, 3, 0, 9])
    [12, None, 0, None]
    >>> masked([12, 0, 9])
    [12, 0, 9]
    """
    shown: list[int | None] = [None if small_cell(count, k) else count for count in counts]
    if shown.count(None) == 1:
        others = [(count, index) for index, count in enumerate(counts) if shown[index]]
        if others:
            shown[min(others)[1]] = None
    return shown
