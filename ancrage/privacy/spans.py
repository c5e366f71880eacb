"""What periods told side by side tell of others by difference.

Problem. Counts over whole periods are told one after the other: a report on a year, a report on
ten months of it. Their difference is the count of the two months left, which may be of fewer
people than can be told. Given the periods told already and one more, which other periods become
known?

Steps. Each bound of a period is a point, each period told an edge between its two bounds: the
count from the first to the second is known. Along a path of such edges, counts add and subtract,
so the count between any two points of one connected part is known; between two parts nothing is.
One more period joins the parts of its two bounds: what becomes known is each period from a bound
of one part to a bound of the other.

Proof. The counts of the shortest periods are free of one another, so a count is known exactly
when it is a sum of told ones, each taken some number of times; on a graph of intervals this is a
path (its incidence matrix is totally unimodular). The tests ask a judge that knows only linear
algebra.

Complexity: O(periods told × their bounds), then one period for each pair of bounds.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """Days from the first to the one before `until`."""

    first: date
    until: date


def newly_known(told: Iterable[Span], one_more: Span) -> tuple[Span, ...]:
    """Return the periods that become known when one more is told, itself among them, in order.

    None become known where it was known already: it is the sum or the difference of others.
    """
    parts: list[set[date]] = []
    for span in told:
        joined = [part for part in parts if not part.isdisjoint(span)]
        parts = [part for part in parts if part.isdisjoint(span)]
        parts.append(set(span).union(*joined))
    before = next((part for part in parts if one_more.first in part), {one_more.first})
    after = next((part for part in parts if one_more.until in part), {one_more.until})
    if one_more.until in before:
        return ()
    return tuple(
        sorted(Span(min(left, right), max(left, right)) for left in before for right in after)
    )
