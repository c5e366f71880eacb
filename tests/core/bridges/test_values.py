"""Months on the calendar."""

from datetime import date

import pytest

from ancrage.core.bridges.values import after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 11, 22), -11, date(2025, 12, 22)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_months_after_a_day(day, months, then):
    assert after(day, months) == then
