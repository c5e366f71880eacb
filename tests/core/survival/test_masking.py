import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.survival.masking import MaskedCurve, masked, masked_reading
from ancrage.core.survival.retention import Reading, Stay, retention_curve

SEVEN = [Stay(1, True), Stay(2, True), Stay(3, True), Stay(4, True), *[Stay(9, False)] * 3]


def test_masked_stops_where_fewer_than_five_people_are_at_risk():
    curve = retention_curve(SEVEN)

    assert [step.at_risk for step in curve.steps] == [7, 7, 6, 5, 4, 3]
    assert masked(curve) == MaskedCurve(curve.steps[:4], 4, None, 0.95)


def test_masked_shows_the_median_of_a_step_shown():
    curve = retention_curve([Stay(1, True)] * 5 + [Stay(2, False)] * 5)

    assert masked(curve) == MaskedCurve(curve.steps, None, 1, 0.95)


def test_masked_hides_the_median_of_a_step_hidden():
    curve = retention_curve(SEVEN)

    assert curve.median == 4
    assert masked(curve).median is None


def test_masked_shows_again_when_nobody_left_while_few_were_followed():
    curve = retention_curve([Stay(9, False, 2)] * 4 + [Stay(9, True, 4)] * 4)

    assert [(s.time, s.at_risk) for s in curve.steps] == [(0, 0), (2, 0), (4, 4), (9, 8)]
    assert masked(curve) == MaskedCurve(curve.steps[3:], None, 9, 0.95)


def test_masked_never_shows_what_follows_a_departure_among_few():
    curve = retention_curve([Stay(3, True, 1), *[Stay(9, False, 5)] * 9])

    assert masked(curve) == MaskedCurve((), 0, None, 0.95)


def test_masked_with_another_threshold():
    curve = retention_curve(SEVEN)

    assert [step.at_risk for step in masked(curve, smallest=7).steps] == [7, 7]
    assert masked(curve, smallest=1).steps == curve.steps


def test_masked_with_a_group_of_nobody():
    with pytest.raises(ValueError, match="at least one person"):
        masked(retention_curve(SEVEN), smallest=0)
    with pytest.raises(ValueError, match="at least one person"):
        masked_reading(retention_curve(SEVEN), 1, smallest=0)


def test_masked_reading_rests_on_enough_people():
    curve = retention_curve(SEVEN)

    second = curve.steps[2]
    assert masked_reading(curve, 2.5) == Reading(2.5, 5, second.survival, second.low, second.high)
    assert masked_reading(curve, 3.5) is None
    assert masked_reading(curve, 10) is None


def test_masked_reading_after_a_departure_among_few():
    curve = retention_curve([Stay(3, True, 1), *[Stay(9, False, 5)] * 9])

    assert masked_reading(curve, 8) is None
    assert masked_reading(curve, 8, smallest=1) == Reading(8, 9, 0.0, None, None)


@given(
    st.lists(st.tuples(st.integers(1, 8), st.booleans(), st.integers(0, 8)), max_size=20),
    st.integers(1, 7),
)
def test_masked_shows_only_what_rests_on_enough_people(rows, smallest):
    stays = [Stay(entered + length, departed, entered) for length, departed, entered in rows]
    curve = retention_curve(stays)

    shown = masked(curve, smallest=smallest)

    assert all(step.at_risk >= smallest for step in shown.steps)
    for step in shown.steps:
        before = curve.steps[: curve.steps.index(step)]
        assert all(s.at_risk >= smallest for s in before if s.departures)
    assert shown.hidden_from not in {step.time for step in shown.steps}
