"""What is owed in return, and what leaving costs, to the day and to the cent."""

from datetime import date

import pytest

from ancrage.core.eligibility.calendar import add_months
from ancrage.core.eligibility.commitment import (
    Clock,
    Repayment,
    Terms,
    UnknownLength,
    clock,
    months_owed,
)

START = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("terms", "course", "expected"),
    [
        (Terms(months=18), None, 18),
        # Étude promotionnelle: three times the course, five years at most.
        (Terms(factor=300, most=60), 11, 33),
        (Terms(factor=300, most=60), 36, 60),
        # As long as the contract, two years at least.
        (Terms(factor=100, least=24), 12, 24),
        (Terms(factor=100, least=24), 36, 36),
        (Terms(factor=150), 3, 5),
    ],
)
def test_length_of_a_commitment(terms, course, expected):
    assert months_owed(terms, course) == expected


def test_length_that_depends_on_an_unknown_course_is_not_guessed():
    with pytest.raises(UnknownLength):
        months_owed(Terms(factor=300))


@pytest.mark.parametrize(
    ("repayment", "on", "served", "cents"),
    [
        (Repayment.PRO_RATA, date(2025, 12, 31), 0, 500_000),
        (Repayment.PRO_RATA, date(2026, 1, 1), 1, 498_630),
        (Repayment.PRO_RATA, date(2026, 12, 30), 364, 1_370),
        (Repayment.PRO_RATA, date(2026, 12, 31), 365, 0),
        (Repayment.PRO_RATA, date(2030, 1, 1), 365, 0),
        (Repayment.WHOLE, date(2026, 12, 30), 364, 500_000),
        (Repayment.WHOLE, date(2026, 12, 31), 365, 0),
        (Repayment.NONE, date(2026, 1, 1), 1, 0),
        (Repayment.UNKNOWN, date(2026, 1, 1), 1, None),
        (Repayment.UNKNOWN, date(2026, 12, 31), 365, 0),
    ],
)
def test_clock_of_a_year(repayment, on, served, cents):
    found = clock(
        Terms(12, repayment=repayment), start=START, months=12, received_cents=500_000, on=on
    )

    assert found == Clock(date(2026, 12, 31), 365, served, cents)
    assert found.left == 365 - served


def test_nothing_owed_has_nothing_to_repay():
    found = clock(
        Terms(repayment=Repayment.PRO_RATA), start=START, months=0, received_cents=100, on=START
    )

    assert found == Clock(date(2025, 12, 31), 0, 0, 0)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 1), 13, date(2028, 1, 1)),
    ],
)
def test_months_are_counted_as_contracts_do(day, months, expected):
    assert add_months(day, months) == expected


def test_no_calendar_goes_beyond_its_years():
    with pytest.raises(OverflowError):
        add_months(START, 12 * 9000)
