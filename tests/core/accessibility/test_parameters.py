"""Sets of parameters: steps open or closed, slopes, activity, age."""

from dataclasses import replace

import numpy as np
import pytest

from ancrage.core.accessibility.parameters import (
    IRDES_2012,
    NEAR_2015,
    SETS,
    THIRDS,
    Activity,
    AgeWeights,
    Flaw,
    InvalidParameters,
    Slope,
    Steps,
)


def test_open_steps_end_before_their_bound_and_closed_ones_at_it() -> None:
    minutes = [0, 4.9, 5, 9.9, 10, 14.9, 15, 40]

    assert IRDES_2012.decay.weights(minutes).tolist() == [1, 1, 0.3, 0.3, 0.1, 0.1, 0, 0]
    assert THIRDS.decay.weights([10, 10.01, 15, 20, 20.01]).tolist() == [1, 2 / 3, 2 / 3, 1 / 3, 0]


def test_a_slope_falls_straight() -> None:
    assert NEAR_2015.decay.weights([0, 5, 12.5, 20, 30]).tolist() == [1, 1, 0.5, 0, 0]
    assert (Slope(5, 20).reach, THIRDS.decay.reach) == (20, 20)


def test_acts_count_between_a_floor_and_a_ceiling() -> None:
    assert NEAR_2015.activity.counted([0, 3_600, 5_000, 9_000]).tolist() == [
        3_600,
        3_600,
        5_000,
        6_000,
    ]


def test_acts_count_for_posts_by_class() -> None:
    acts = [0, 272, 273, 1_027, 1_028, 2_643, 4_251, 4_252, 20_000]

    assert IRDES_2012.activity.counted(acts).tolist() == [0, 0, 0.2, 0.2, 0.5, 0.7, 0.7, 1, 1]


def test_people_weighted_by_age_are_as_many() -> None:
    weights = AgeWeights(((0, 1.0), (65, 3.0)))

    result = weights.standardised([[100, 0], [0, 100]])

    assert result.tolist() == [50, 150]
    assert weights.standardised([[0, 0]]).tolist() == [0]


def test_no_two_sets_share_a_name_and_stand_ins_say_so() -> None:
    assert {name: one.approximate for name, one in SETS.items()} == {
        "irdes-2012": False,
        "proche-2015": True,
        "tiers-10-15-20": False,
    }


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: Steps((5, 10), (0.3, 1.0)), "the weight grows from step 1 to step 2"),
        (lambda: Steps((10, 5), (1.0, 0.3)), "the bound of step 2 does not grow"),
        (lambda: Steps((5,), (1.0, 0.3)), "one bound and one weight"),
        (lambda: Steps((5,), (1.2,)), "1 at most"),
        (lambda: Slope(20, 5), "the slope falls"),
        (lambda: Activity(floor=6_000, ceiling=3_600), "between 0 and the ceiling"),
        (lambda: Activity(classes=((500, 1.0), (200, 0.5))), "classes of acts grow"),
        (lambda: AgeWeights(((5, 1.0),)), "bands begin at age 0"),
        (lambda: AgeWeights(((0, 0.0),)), "above 0"),
    ],
)
def test_a_set_that_makes_no_sense_is_refused(build, said: str) -> None:
    with pytest.raises(InvalidParameters, match=said):
        build()


@pytest.mark.parametrize(
    ("build", "where", "flaw", "rank"),
    [
        (lambda: Steps((5, 10, 15), (1.0, 0.3, 0.4)), "decay", Flaw.GROWS, 3),
        (lambda: Steps((5, 5), (1.0, 0.3)), "decay", Flaw.BOUND, 2),
        (lambda: Steps((5, 10), (1.0, float("nan"))), "decay", Flaw.LEVEL, 2),
        (lambda: Activity(floor=float("inf")), "activity", Flaw.FLOOR, 0),
        (lambda: Activity(classes=((100, 1.0), (200, 0.5))), "activity", Flaw.CLASSES, 2),
        (lambda: AgeWeights(()), "age_weights", Flaw.AGES, 1),
        (lambda: AgeWeights(((0, 1.0), (121, 1.0))), "age_weights", Flaw.AGES, 2),
        (lambda: AgeWeights(((0, 1.0), (5, float("inf")))), "age_weights", Flaw.AGE_WEIGHT, 2),
        (lambda: replace(NEAR_2015, post=float("nan")), "post", Flaw.POST, 0),
        (lambda: replace(NEAR_2015, people=0), "people", Flaw.PEOPLE, 0),
        (lambda: replace(NEAR_2015, age_cap=0), "age_cap", Flaw.AGE_CAP, 0),
        (lambda: replace(NEAR_2015, threshold=0.0), "threshold", Flaw.THRESHOLD, 0),
    ],
)
def test_what_is_wrong_is_located(build, where: str, flaw: Flaw, rank: int) -> None:
    with pytest.raises(InvalidParameters) as refusal:
        build()

    assert (refusal.value.where, refusal.value.flaw, refusal.value.rank) == (where, flaw, rank)


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="19 age bands"):
        NEAR_2015.age_weights.standardised(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="counted from 0"):
        NEAR_2015.activity.counted([-1])
