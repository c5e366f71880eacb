from datetime import date, timedelta
from itertools import pairwise

import pytest

from ancrage.kit.periods import Span, last_ended, span_before, span_of, spans_within


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_spans_of_a_year_follow_one_another(months):
    spans = list(spans_within(date(2027, 1, 1), date(2028, 12, 31), months))

    assert len(spans) == 24 // months
    assert spans[0].starts == date(2027, 1, 1)
    assert spans[-1].ends == date(2028, 12, 31)
    for before, after in pairwise(spans):
        assert after.starts == before.ends + timedelta(days=1)
        assert span_before(after, months) == before
        assert span_of(before.ends, months) == span_of(before.starts, months) == before


def test_last_ended_is_over_that_day():
    assert last_ended(date(2026, 6, 30), 6) == Span(date(2025, 7, 1), date(2025, 12, 31))
    assert last_ended(date(2026, 7, 1), 6) == Span(date(2026, 1, 1), date(2026, 6, 30))


def test_span_that_no_year_is_made_of_is_refused():
    with pytest.raises(ValueError, match="5 months"):
        span_of(date(2026, 1, 1), 5)
