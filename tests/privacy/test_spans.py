"""What periods told side by side tell of others by difference."""

from datetime import date
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.privacy.spans import Span, newly_known

MONTHS = 7
FIRST_DAYS = [date(2026, month, 1) for month in range(1, MONTHS + 2)]
SPANS = [Span(*pair) for pair in combinations(FIRST_DAYS, 2)]


def months(first, until):
    return Span(date(2026, first, 1), date(2026, until, 1))


def test_ten_months_of_a_year_told_before_leave_two_known():
    year = Span(date(2026, 1, 1), date(2027, 1, 1))

    assert newly_known([Span(date(2026, 1, 1), date(2026, 11, 1))], year) == (
        year,
        Span(date(2026, 11, 1), date(2027, 1, 1)),
    )


def test_periods_that_only_overlap_tell_nothing_more():
    assert newly_known([months(1, 5)], months(3, 7)) == (months(3, 7),)


def test_period_that_two_others_tell_by_difference_makes_nothing_known():
    assert newly_known([months(1, 7), months(1, 4)], months(4, 7)) == ()


def test_third_period_may_leave_a_month_alone():
    # A year less its first half and its next five months is its last month.
    assert months(6, 7) in newly_known([months(1, 4), months(4, 6)], months(1, 7))


def _known(told, span):
    """Say whether a count is a combination of told ones: by the rank of their months."""
    rows = [_row(one) for one in told]
    rank = np.linalg.matrix_rank(np.array(rows)) if rows else 0
    return np.linalg.matrix_rank(np.array([*rows, _row(span)])) == rank


def _row(span):
    return [float(span.first <= day < span.until) for day in FIRST_DAYS[:-1]]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SPANS), max_size=4), st.sampled_from(SPANS))
def test_linear_algebra_finds_the_same_periods(told, one_more):
    expected = {
        span for span in SPANS if not _known(told, span) and _known([*told, one_more], span)
    }

    assert set(newly_known(told, one_more)) == expected
