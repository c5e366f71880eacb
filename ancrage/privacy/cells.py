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


def parted(counts: Sequence[int], k: int = K) -> list[int | None]:
    """Return the counts of the parts of a total told elsewhere, with None for those to hide.

    The parts do not overlap and make the whole; each may be told on its own, on another page, and
    whoever reads them all takes them away from the total. So:

    1. where no part is small, all are shown;
    2. else those below twice `k` are hidden, zeros among them: which of them is the small one is
       not said;
    3. the smallest others are hidden too, those that are equal together, until at least two are
       hidden and what is hidden amounts to `k` at least.

    Nobody then knows a small part, nor any sum of parts below `k`, even knowing this rule: it
    treats the parts alike, so that the same is shown when two hidden ones change places, and where
    all hidden ones are equal, one more here and one less there shows the same.

    >>> parted([12, 3, 0, 9, 20])
    [12, None, None, None, 20]
    >>> parted([12, 3, 20])
    [None, None, 20]
    >>> parted([12, 0, 9])
    [12, 0, 9]
    """
    if not any(small_cell(count, k) for count in counts):
        return list(counts)
    bar = 2 * k
    while True:
        hidden = [count for count in counts if count < bar]
        rest = [count for count in counts if count >= bar]
        if not rest or (len(hidden) > 1 and sum(hidden) >= k):
            return [None if count < bar else count for count in counts]
        bar = min(rest) + 1
