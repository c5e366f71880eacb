import json
import math
import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.survival.retention import (
    Curve,
    InvalidStay,
    Reading,
    Stay,
    reading_at,
    retention_curve,
)

# Drawn stays, and what lifelines says of them; live, when it is installed, it is asked again.
LIFELINES = json.loads((Path(__file__).parent / "lifelines.json").read_text(encoding="utf-8"))
CASES = {case["name"]: case for case in LIFELINES["cases"]}


@st.composite
def stays(draw, most=12, late=True, censored=True):
    entered = draw(st.integers(0, 6)) if late else 0
    until = draw(st.integers(entered + 1, 12)) if entered else draw(st.integers(0, 12))
    return Stay(until, draw(st.booleans()) if censored else True, entered)


def survival_by_counting(followed: list[Stay], time: int) -> Fraction:
    """The product of the definition, each risk set counted person by person."""
    share = Fraction(1)
    for t in sorted({stay.until for stay in followed if stay.departed and stay.until <= time}):
        at_risk = [s for s in followed if (s.entered < t or not s.entered) and t <= s.until]
        left = [s for s in at_risk if s.departed and s.until == t]
        share *= 1 - Fraction(len(left), len(at_risk))
    return share


def close(ours: list[float], theirs: list[float]) -> bool:
    return all(
        math.isclose(a, b, rel_tol=0, abs_tol=1e-12) for a, b in zip(ours, theirs, strict=True)
    )


def test_retention_curve_computed_by_hand():
    """Five people: one leaves at 3; at 5 one leaves and one is last seen; one leaves at 7."""
    followed = [Stay(3, True), Stay(5, True), Stay(5, False), Stay(7, True), Stay(9, False)]

    curve = retention_curve(followed)

    assert [(s.time, s.at_risk, s.departures, s.censored) for s in curve.steps] == [
        (0, 5, 0, 0), (3, 5, 1, 0), (5, 4, 1, 1), (7, 2, 1, 0), (9, 1, 0, 1),
    ]  # fmt: skip
    assert [round(s.survival, 12) for s in curve.steps] == [1, 0.8, 0.6, 0.3, 0.3]
    # Greenwood by hand: 1/(5·4), + 1/(4·3), + 1/(2·1)
    variances = [0, 1 / 20, 2 / 15, 19 / 30, 19 / 30]
    errors = [
        share * math.sqrt(v) for share, v in zip([1, 0.8, 0.6, 0.3, 0.3], variances, strict=True)
    ]
    assert close([s.std_error for s in curve.steps], errors)
    assert (round(curve.steps[1].low, 6), round(curve.steps[1].high, 6)) == (0.203809, 0.969180)
    assert curve.median == 7


def test_retention_curve_counts_late_entries_only_after_they_begin():
    followed = [
        Stay(3, True),
        Stay(5, True, 3),
        Stay(5, False),
        Stay(7, True, 5),
        Stay(9, False, 2),
    ]

    curve = retention_curve(followed)

    assert [(s.time, s.at_risk, s.entries) for s in curve.steps] == [
        (0, 2, 0), (2, 2, 1), (3, 3, 1), (5, 3, 1), (7, 2, 0), (9, 1, 0),
    ]  # fmt: skip
    assert close([s.survival for s in curve.steps], [1, 1, 2 / 3, 4 / 9, 2 / 9, 2 / 9])


def test_retention_curve_of_nobody():
    assert retention_curve([]) == Curve((), None, 0.95)


def test_retention_curve_when_all_leave():
    curve = retention_curve([Stay(0, True), Stay(2, True)])

    assert [(s.time, s.survival) for s in curve.steps] == [(0, 0.5), (2, 0.0)]
    assert (curve.steps[1].std_error, curve.steps[1].low, curve.steps[1].high) == (None,) * 3
    assert curve.median == 0


def test_retention_curve_reads_a_half_reached_by_products():
    """2/3 × 3/4 = 1/2, whatever the rounding of floats."""
    followed = [Stay(1, True), Stay(2, False), *[Stay(4, False)]]
    followed += [Stay(3, True, 2), Stay(9, False, 2), Stay(9, False, 2)]

    curve = retention_curve(followed)

    assert curve.median == 3


def test_retention_curve_whose_half_is_not_reached():
    assert retention_curve([Stay(1, True), Stay(2, False), Stay(2, False)]).median is None


@pytest.mark.parametrize("name", CASES)
def test_retention_curve_equals_lifelines(name):
    case = CASES[name]

    curve = retention_curve([Stay(*stay[:2], stay[2]) for stay in case["stays"]])

    assert [step.time for step in curve.steps] == [row[0] for row in case["steps"]]
    for step, (_time, survival, low, high) in zip(curve.steps, case["steps"], strict=True):
        assert close([step.survival, step.low, step.high], [survival, low, high])
    assert curve.median == case["median"]


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("seed", range(5))
def test_retention_curve_equals_lifelines_asked_now(seed):
    lifelines = pytest.importorskip("lifelines", reason="./run bench installs it")
    dice = random.Random(seed)
    entered = [dice.choice([0, 0, 10, 50]) for _person in range(300)]
    until = [start + dice.randrange(1, 400) for start in entered]
    departed = [dice.random() < 0.6 for _person in range(300)]

    curve = retention_curve(map(Stay, until, departed, entered))

    theirs = lifelines.KaplanMeierFitter().fit(until, departed, entry=entered)
    bounds = theirs.confidence_interval_.to_numpy()
    shares = theirs.survival_function_.to_numpy()[:, 0]
    assert [step.time for step in curve.steps] == list(theirs.survival_function_.index)
    for step, share, (low, high) in zip(curve.steps, shares, bounds, strict=True):
        if step.survival:
            assert close([step.survival, step.low, step.high], [share, low, high])


@given(st.lists(stays(), min_size=1, max_size=12))
def test_retention_curve_equals_the_definition(followed):
    curve = retention_curve(followed)

    assert close(
        [step.survival for step in curve.steps],
        [float(survival_by_counting(followed, step.time)) for step in curve.steps],
    )


@given(st.lists(stays(late=False, censored=False), min_size=1, max_size=30))
def test_retention_curve_of_people_all_seen_to_leave_is_the_share_still_there(followed):
    for step in retention_curve(followed).steps:
        there = sum(stay.until > step.time for stay in followed)

        assert math.isclose(step.survival, there / len(followed), abs_tol=1e-12)


@given(st.lists(stays(), min_size=1, max_size=15), st.randoms(use_true_random=False))
def test_retention_curve_never_rises_and_ignores_the_order(followed, dice):
    curve = retention_curve(followed)
    dice.shuffle(followed)

    shares = [step.survival for step in curve.steps]
    assert shares == sorted(shares, reverse=True)
    assert retention_curve(followed) == curve


@given(st.lists(stays(), min_size=1, max_size=15))
def test_retention_curve_lies_within_its_interval_and_ends_with_nobody_followed(followed):
    steps = retention_curve(followed).steps

    assert all(0 <= s.low <= s.survival <= s.high <= 1 for s in steps if s.low is not None)
    assert [s.low is None for s in steps] == [s.survival == 0 for s in steps]
    assert steps[-1].still_followed == 0


def test_retention_curve_interval_widens_with_the_confidence():
    followed = [Stay(1, True), Stay(2, False), Stay(2, True)]

    usual, wide = (retention_curve(followed, confidence=c).steps[1] for c in (0.95, 0.99))

    assert wide.low < usual.low < usual.high < wide.high


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        (Stay(-1, True), "negative"),
        (Stay(3, True, -1), "negative"),
        (Stay(3, True, 3), "before being followed"),
        (Stay(math.nan, True), "not a number"),
        (Stay(3, True, math.inf), "not a number"),
    ],
)
def test_retention_curve_of_an_impossible_stay(stay, words):
    with pytest.raises(InvalidStay, match=words):
        retention_curve([stay])


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95])
def test_retention_curve_with_an_impossible_confidence(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        retention_curve([Stay(1, True)], confidence=confidence)


def test_reading_at_between_two_steps():
    curve = retention_curve([Stay(3, True), Stay(5, False), Stay(7, False, 4)])

    after = curve.steps[1]
    assert [(s.time, s.at_risk) for s in curve.steps] == [(0, 2), (3, 2), (4, 1), (5, 2), (7, 1)]
    assert reading_at(curve, 3) == Reading(3, 2, 0.5, after.low, after.high)
    assert reading_at(curve, 3.5) == Reading(3.5, 1, 0.5, after.low, after.high)
    assert reading_at(curve, 4) == Reading(4, 1, 0.5, after.low, after.high)
    assert reading_at(curve, 4.5) == Reading(4.5, 2, 0.5, after.low, after.high)


def test_reading_at_a_time_nobody_lived():
    curve = retention_curve([Stay(3, False)])

    assert reading_at(curve, 4) is None
    assert reading_at(curve, -1) is None
    assert reading_at(retention_curve([]), 0) is None


def test_reading_at_after_everybody_left():
    assert reading_at(retention_curve([Stay(3, True)]), 30) == Reading(30, 0, 0.0, None, None)
