"""Two measures agree as they should, whatever their units."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from ancrage.core.accessibility.agreement import Agreement, agreement, spearman

VALUES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=12)


@given(VALUES)
def test_ranks_agree_as_another_counts_them(pairs: list[tuple[int, int]]):
    ours, theirs = ([one[side] for one in pairs] for side in (0, 1))

    found = spearman(ours, theirs)

    if len(set(ours)) == 1 or len(set(theirs)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(spearmanr(ours, theirs).statistic, abs=1e-12)


def test_the_unit_of_ours_changes_nothing_and_silent_places_are_left_out():
    theirs = [2.0, 4.0, np.nan, 3.0, 1.0, 5.0]
    people = [100, 200, 999, 100, 50, 50]
    ours = np.array([20.0, 40.0, 1.0, 30.0, 10.0, 50.0])

    found = agreement(ours, theirs, people, threshold=2.5)

    assert found == Agreement(places=5, rank=1.0, scale=0.1, error=0.0, side=1.0)


def test_people_on_the_wrong_side_and_the_distance_left_are_counted():
    found = agreement([1.0, 3.0], [2.0, 2.0], [300, 100], threshold=2.5)

    # Ours becomes 4/3 and 4: a hundred people of four are on the wrong side.
    assert found is not None
    assert (found.places, found.rank, found.side) == (2, None, 0.75)
    assert found.scale == pytest.approx(4 / 3)
    assert found.error == pytest.approx((300 * (2 / 3) + 100 * 2) / 400)


@pytest.mark.parametrize(
    ("ours", "theirs", "people"),
    [([], [], []), ([1.0], [np.nan], [10]), ([1.0, 2.0], [1.0, 2.0], [0, 0])],
)
def test_nothing_to_compare_is_said(ours, theirs, people):
    assert agreement(ours, theirs, people) is None


def test_a_computation_that_finds_nobody_keeps_its_scale():
    found = agreement([0.0, 0.0], [2.0, 3.0], [1, 1])

    assert found == Agreement(places=2, rank=None, scale=1.0, error=2.5, side=None)


def test_lists_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="one value by place"):
        agreement([1.0], [1.0, 2.0], [1, 1])
    with pytest.raises(ValueError, match="same length"):
        spearman([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="a number"):
        spearman([1.0, np.nan], [1.0, 2.0])
    assert spearman([1.0], [1.0]) is None
