import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.privacy.cells import masked, small_cell


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
