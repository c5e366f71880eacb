"""Counts of people that two reports would tell by difference."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ancrage.privacy.spans import Span
from ancrage.roadmap import services
from ancrage.roadmap.services.report_overlaps import (
    months_before,
    spans_told,
    without_differences,
)
from ancrage.territory.enums import MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, counted, hidden_beside, people
from ancrage.territory.perimeters import Perimeter
from tests.factories import CandidateFactory, TerritoryFactory

AFTER = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TEN_MONTHS = (date(2026, 1, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("starts", "ends", "before"),
    [
        (*YEAR, (date(2025, 1, 1), date(2025, 12, 31))),
        (*TEN_MONTHS, (date(2025, 3, 1), date(2025, 12, 31))),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
    ],
)
def test_months_before_are_as_many(starts, ends, before):
    assert months_before(starts, ends) == before


def _span(starts, ends):
    return Span(starts, ends + timedelta(days=1))


def _came(days):
    """A measure of people who came on these days, and one of things done on them."""

    def count(_where, period):
        return sum(period.starts <= day <= period.ends for day in days)

    def measure(key, unit, told):
        return Measure(key, key, key, unit, MeasurePart.PEOPLE, lambda *asked: told(count(*asked)))

    return [
        measure("came", MeasureUnit.PEOPLE, people),
        measure("done", MeasureUnit.COUNT, counted),
    ]


def _told(days, period, told):
    among, where = _came(days), Perimeter(TerritoryFactory.build())
    found = {one.key: one.read(where, period) for one in among}
    return without_differences(found, among=among, where=where, period=period, told=told)


IN_TEN_MONTHS = [date(2026, month, 15) for month in range(1, 11)]


def test_count_that_ten_months_told_would_take_down_to_two_people_is_hidden():
    two_later = [*IN_TEN_MONTHS, date(2026, 11, 3), date(2026, 12, 3)]
    year = Period(*YEAR, AFTER)

    alone = _told(two_later, year, [])
    beside = _told(two_later, year, [_span(*TEN_MONTHS)])

    assert alone == {"came": people(12), "done": counted(12)}
    # What counts no people is told of as many as there are.
    assert beside == {"came": hidden_beside(), "done": counted(12)}


@pytest.mark.parametrize("later", [0, 5])
def test_count_stays_where_the_difference_is_nobody_or_five_people(later):
    days = [*IN_TEN_MONTHS, *[date(2026, 11, 3)] * later]

    assert _told(days, Period(*YEAR, AFTER), [_span(*TEN_MONTHS)])["came"] == people(10 + later)


@pytest.mark.django_db
def test_published_report_hides_in_the_next_one_what_they_would_tell_together():
    territory = TerritoryFactory()
    for month, many in ((3, 6), (11, 3)):
        CandidateFactory.create_batch(
            many, territory=territory, created_at=datetime(2026, month, 9, 9, tzinfo=UTC)
        )

    def report(starts, ends):
        return services.create_report(
            territory=territory, starts_on=starts, ends_on=ends, roadmap=None, by=None, now=AFTER
        )

    def known(one):
        (found,) = [
            figure
            for part in one.contents["parts"]
            for figure in part["figures"]
            if figure["key"] == "people.known"
        ]
        return found["value"], found["masked"]

    first = report(*TEN_MONTHS)
    before = report(*YEAR)
    services.publish_report(report=first, by=None, now=AFTER)
    after = services.compute_report(report=before, by=None, now=AFTER)

    assert (known(first), known(before), known(after)) == (
        ("6", False),
        ("9", False),
        (None, True),
    )
    # The one published first tells what it told.
    assert spans_told(first) == []
    assert spans_told(after) == [
        _span(*TEN_MONTHS),
        _span(date(2025, 3, 1), date(2025, 12, 31)),
    ]
