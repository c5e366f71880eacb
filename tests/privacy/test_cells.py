from collections import defaultdict
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.privacy.cells import masked, parted, small_cell


@pytest.mark.parametrize(
    ("count", "small"), [(0, False), (1, True), (4, True), (5, False), (100, False)]
)
def test_fewer_than_five_people_are_too_few(count: int, small: bool) -> None:
    assert small_cell(count) is small


def test_another_threshold_may_be_asked() -> None:
    assert small_cell(9, k=10)
    assert not small_cell(10, k=10)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 8, 9], [12, 8, 9]),
        ([12, 3, 9], [12, None, None]),
        ([12, 3, 2], [12, None, None]),
        ([3, 0, 0], [None, 0, 0]),
        ([], []),
    ],
)
def test_a_hidden_count_is_not_found_again_from_the_total(
    counts: list[int], shown: list[int | None]
) -> None:
    assert masked(counts) == shown


@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_small_count_is_shown_nor_deduced(counts: list[int]) -> None:
    shown = masked(counts)

    assert [count for count in shown if count is not None and small_cell(count)] == []
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert len(hidden) != 1 or sum(counts) == hidden[0]


@pytest.mark.parametrize(("k", "parts", "most"), [(5, 2, 30), (5, 3, 25), (3, 4, 16)])
def test_no_sum_of_parts_below_the_bar_is_known_from_what_is_told(k, parts, most):
    """Read as by somebody who has every report and knows the rule: what is told of each part and
    of the whole. Of all the numbers that would be told the same, no sum of parts is certain
    unless it may be said."""
    worlds = defaultdict(list)
    for first in product(range(most + 1), repeat=parts - 1):
        for whole in range(sum(first), most + 1):
            counts = (*first, whole - sum(first))
            told = None if small_cell(whole, k) else whole
            worlds[told, tuple(parted(counts, k))].append(counts)

    for (_told, shown), alike in worlds.items():
        hidden = [index for index, count in enumerate(shown) if count is None]
        for size in range(1, len(hidden) + 1):
            for some in combinations(hidden, size):
                sums = {sum(counts[index] for index in some) for counts in alike}
                assert len(sums) > 1 or not small_cell(sums.pop(), k), (shown, some)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_parts_are_told_whole_or_hidden_alike_whatever_their_order(counts):
    shown = parted(counts)

    assert all(one in (None, count) for one, count in zip(shown, counts, strict=True))
    assert not any(one is not None and small_cell(one) for one in shown)
    assert parted(counts[::-1]) == shown[::-1]
    hidden = [count for one, count in zip(shown, counts, strict=True) if one is None]
    assert not hidden or not small_cell(sum(hidden)) or small_cell(sum(counts))
