"""Groups of neighbours: what is told counts enough people, and what is not keeps its doubt."""

from collections import defaultdict
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.privacy.sectors import Unit, sectors

UNITS = st.lists(
    st.builds(
        Unit,
        x=st.integers(0, 5),
        y=st.integers(0, 5),
        below=st.integers(0, 25),
        above=st.integers(0, 12),
    ),
    max_size=14,
)


@settings(max_examples=60)
@given(UNITS)
def test_every_group_holds_enough_people_on_each_side_and_all_are_told_once(units):
    found = sectors(units)

    assert sorted(rank for group in found for rank in group) == (
        list(range(len(units))) if found else []
    )
    assert all(
        sum(units[rank].below for rank in group) >= 5
        and sum(units[rank].above for rank in group) >= 5
        for group in found
    )
    below, above = sum(one.below for one in units), sum(one.above for one in units)
    assert bool(found) == (below >= 5 and above >= 5)


@pytest.mark.parametrize("sizes", [(4, 4), (5, 4), (4, 1, 4), (1, 4, 3, 2), (4, 4, 2, 2)])
def test_whoever_knows_the_rule_is_sure_of_no_small_number(sizes):
    """Every way to be younger, older, or much older; with k of two, all cases can be tried.

    Beside the groups, what is told of all is cut once more, as bands of ages are.
    """
    k = 2
    held = defaultdict(list)
    for case in product(*[_ways(size) for size in sizes]):
        held[_told(case, k)].append(case)

    assert any(told and len(told[0]) > 1 for told in held)
    for cases in held.values():
        for count in range(1, len(sizes) + 1):
            for some in combinations(range(len(sizes)), count):
                people = sum(sizes[place] for place in some)
                for parts in ((0,), (1,), (2,), (1, 2)):
                    sums = {sum(case[place][one] for place in some for one in parts)
                            for case in cases}  # fmt: skip
                    assert len(sums) > 1 or all(k <= one <= people - k for one in sums)


def test_what_is_cut_depends_on_no_age():
    def at(x, below, above):
        return Unit(x, 0, below, above)

    # The same people at the same places: one half is short of old ones, so neither is told.
    assert sectors([at(0, 8, 5), at(1, 7, 6)]) == [(0,), (1,)]
    assert sectors([at(0, 9, 4), at(1, 6, 7)]) == [(0, 1)]
    # No other cut is tried, though the first place with the second would do.
    assert sectors([at(0, 9, 4), at(1, 1, 1), at(9, 5, 6)]) == [(0, 1, 2)]
    assert sectors([]) == []


def _ways(size):
    return [
        (size - old - oldest, old, oldest)
        for old in range(size + 1)
        for oldest in range(size - old + 1)
    ]


def _told(case, k):
    units = [Unit(x, 0, one[0], one[1] + one[2]) for x, one in enumerate(case)]
    groups = sectors(units, k)
    if not groups:
        return ()
    old, oldest = (sum(one[part] for one in case) for part in (1, 2))
    bands = (old, oldest) if min(old, oldest) >= k else (old + oldest,)
    return tuple((group, sum(case[place][0] for place in group)) for group in groups), bands
