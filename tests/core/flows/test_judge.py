"""The judge, on answers written by hand: it must see each flaw, and a right answer has none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.flows.judge import bound, flaws, total_gain
from ancrage.core.flows.values import BipartiteInstance, Flaw, FlawKind, Matching

# Two people, two posts: 0 could take either post, 1 only the first one.
TWO_POSTS = BipartiteInstance((1, 1), (1, 1), (0, 0, 1), (0, 1, 0), (10, 9, 8))
BEST = Matching(((0, 1), (1, 0)), (9, 8), (0, 0))
PROVED = replace(BEST, left_prices=(9, 7), right_prices=(1, 0))


def test_flaws_of_a_proved_matching():
    assert flaws(TWO_POSTS, PROVED) == []
    assert bound(TWO_POSTS, PROVED) == total_gain(TWO_POSTS, PROVED) == 17


@pytest.mark.parametrize(
    ("matching", "found"),
    [
        (replace(PROVED, left_prices=(9,)), [Flaw(FlawKind.PRICE_COUNT, (1, 2))]),
        (replace(PROVED, pairs=((0, 1), (1, 0), (1, 1))), [
            Flaw(FlawKind.NOT_AN_ARC, (1, 1)),
            Flaw(FlawKind.OVER_CAPACITY, ("left", 1)),
            Flaw(FlawKind.OVER_CAPACITY, ("right", 1)),
        ]),
        (replace(PROVED, pairs=((0, 1), (0, 1), (1, 0))), [
            Flaw(FlawKind.TWICE, (0, 1)),
            Flaw(FlawKind.OVER_CAPACITY, ("left", 0)),
            Flaw(FlawKind.OVER_CAPACITY, ("right", 1)),
        ]),
        (replace(PROVED, right_prices=(1, -1)), [
            Flaw(FlawKind.NEGATIVE_PRICE, ("right", 1)),
        ]),
        (replace(PROVED, pairs=((0, 1),)), [
            Flaw(FlawKind.IDLE_WITH_PRICE, ("left", 1)),
            Flaw(FlawKind.IDLE_WITH_PRICE, ("right", 0)),
        ]),
        (replace(PROVED, left_prices=(9, 8)), [Flaw(FlawKind.KEPT_TOO_DEAR, (1, 0))]),
        (BEST, [Flaw(FlawKind.LEFT_OUT_TOO_CHEAP, (0, 0))]),
    ],
)  # fmt: skip
def test_flaws_of_a_wrong_answer(matching, found):
    assert flaws(TWO_POSTS, matching) == found


def test_bound_with_prices_that_prove_little():
    assert bound(TWO_POSTS, replace(PROVED, left_prices=(0, 0), right_prices=(0, 0))) == 27


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4))
def test_bound_is_never_under_the_best(prices):
    answer = replace(PROVED, left_prices=tuple(prices[:2]), right_prices=tuple(prices[2:]))

    assert bound(TWO_POSTS, answer) >= 17


def test_total_gain_of_a_pair_that_is_no_arc():
    with pytest.raises(KeyError):
        total_gain(TWO_POSTS, replace(PROVED, pairs=((1, 1),)))
