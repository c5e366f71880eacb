"""Departures: who is left, by hypothesis, and where patients turn."""

import pytest

from ancrage.core.accessibility.departures import (
    Active,
    Event,
    Hypothesis,
    Leaving,
    ahead,
    cuts,
    to_place,
)
from tests.core.accessibility.invented import Land

RATES = Leaving(((0, 0.0), (60, 0.5)), last=70)
DOCTORS = [Active(0, 40, 1.0), Active(0, 62, 2.0), Active(1, 68, 1.0)]


def test_those_who_leave_are_counted_year_by_year() -> None:
    left = ahead(2, DOCTORS, years=3, hypothesis=Hypothesis.NOBODY_COMES, leaving=RATES)

    # The one of 68 has half a chance to be there at 69, none at 70.
    assert left.tolist() == [[3, 2, 1.5, 1.25], [1, 0.5, 0, 0]]


def test_half_of_what_leaves_is_replaced() -> None:
    left = ahead(2, DOCTORS, years=3, hypothesis=Hypothesis.AS_BEFORE, leaving=RATES, replaced=0.5)

    assert left.tolist() == [[3, 2.5, 2.25, 2.125], [1, 0.75, 0.5, 0.5]]


def test_only_what_is_known_happens() -> None:
    known = [Event(0, 1, -2.0), Event(1, 2, 1.0), Event(1, 9, 4.0), Event(0, 3, -5.0)]

    left = ahead(2, DOCTORS, years=3, hypothesis=Hypothesis.KNOWN, known=known)

    assert left.tolist() == [[3, 1, 1, 0], [1, 1, 2, 2]]


def test_cuts_leave_out_the_oldest() -> None:
    found = cuts(2, DOCTORS)

    assert {age: kept.tolist() for age, kept in found.items()} == {
        65: [3, 0],
        62: [3, 0],
        60: [1, 0],
    }


def test_patients_turn_to_those_they_reach() -> None:
    minutes = [[0, 12, 45], [12, 0, 45], [45, 45, 0]]
    state = Land(minutes, [1_000, 1_000, 500], [2, 1, 1]).state()

    found = to_place(state, 0, 1.0, patients=1_500)

    # A thousand people go to the first at full weight, a thousand at half: two thirds of the 750
    # patients live there. They turn to the post that stays (1) and to the second place (0.5);
    # the others to the second place (1) and to the post that stays (0.5).
    assert (found.looking, found.nowhere) == (750, 0)
    assert found.places.tolist() == [0, 1]
    assert found.more.tolist() == pytest.approx([500 * 2 / 3 + 250 / 3, 500 / 3 + 250 * 2 / 3])
    assert found.more.sum() == pytest.approx(750)


def test_patients_who_reach_nobody_else_are_counted_apart() -> None:
    lonely = Land([[0, 45], [45, 0]], [100, 100], [1, 1]).state()
    empty = Land([[0]], [0], [1]).state()

    assert to_place(lonely, 0, 1.0, patients=900).nowhere == 900
    assert to_place(empty, 0, 1.0, patients=900).nowhere == 900


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Leaving(((20, 0.1),), last=70), "begin at age 0"),
        (lambda: Leaving(((0, 1.4),), last=70), "a rate is a share"),
        (lambda: Leaving(((0, 0.4),), last=200), "nobody works past"),
        (lambda: cuts(1, DOCTORS), "no place 1"),
        (lambda: cuts(2, [Active(0, 200, 1.0)]), "counted in years"),
        (
            lambda: ahead(2, DOCTORS, years=0, hypothesis=Hypothesis.KNOWN),
            "at least a year",
        ),
        (
            lambda: ahead(2, DOCTORS, years=5, hypothesis=Hypothesis.NOBODY_COMES),
            "rates by age are needed",
        ),
        (
            lambda: ahead(
                2, DOCTORS, years=5, hypothesis=Hypothesis.KNOWN, known=[Event(0, 0, 1.0)]
            ),
            "in a year or later",
        ),
        (lambda: to_place(Land([[0]], [1], [1]).state(), 0, 2.0, 10), "was there"),
    ],
)
def test_what_makes_no_sense_is_refused(call, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
