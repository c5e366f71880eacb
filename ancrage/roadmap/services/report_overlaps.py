"""Counts of people that two reports would tell by difference, hidden in the second.

A report on a year and one on ten months of it are read side by side: their difference is a report
on two months, where a count under five would have been masked. What a published report told is
told; so the one that comes after leaves out the counts that would tell of too few.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from ancrage.privacy.spans import Span, newly_known
from ancrage.roadmap.models import Report, ReportEdition
from ancrage.territory.enums import MeasureMoment, MeasureUnit
from ancrage.territory.measures import Measure, Period, Reading, hidden_beside, readings
from ancrage.territory.perimeters import Perimeter

_A_DAY = timedelta(days=1)


def months_before(starts: date, ends: date) -> tuple[date, date]:
    """Return the first and the last day of the months just before, as many of them."""
    months = (ends.year - starts.year) * 12 + ends.month - starts.month + 1
    index = starts.year * 12 + starts.month - 1 - months
    return date(index // 12, index % 12 + 1, 1), starts - _A_DAY


def span_of(period: Period) -> Span:
    """Return the days of a period."""
    return Span(period.starts, period.until)


def spans_told(report: Report) -> list[Span]:
    """Return the periods that the other published reports of the same perimeter tell: their own
    months, and those just before, which they compare themselves with. One query."""
    others = (
        ReportEdition.objects.filter(
            report__territory=report.territory_id, report__perimeter=report.perimeter
        )
        .exclude(report=report.pk)
        .order_by("report__starts_on", "report__ends_on")
        .values_list("report__starts_on", "report__ends_on")
        .distinct()
    )
    return [
        Span(months[0], months[1] + _A_DAY)
        for starts, ends in others
        for months in ((starts, ends), months_before(starts, ends))
    ]


def without_differences(
    found: Mapping[str, Reading],
    *,
    among: Iterable[Measure],
    where: Perimeter,
    period: Period,
    told: Iterable[Span],
) -> dict[str, Reading]:
    """Return readings of a period beside what is `told`, without the counts of people that would
    tell by difference of too few.

    Some queries for each period that becomes known so; none where no other is.
    """
    counts = [
        one
        for one in among
        if one.unit == MeasureUnit.PEOPLE
        and one.moment == MeasureMoment.PERIOD
        and one.key in found
        and not found[one.key].masked
    ]
    hide: set[str] = set()
    own = span_of(period)
    for span in newly_known(told, own):
        # A longer period that holds this one counts no fewer people.
        if counts and not (span.first <= own.first and own.until <= span.until):
            left = readings(where, period.over(span.first, span.until - _A_DAY), counts)
            hide |= {key for key, reading in left.items() if reading.masked}
    return {**found, **{key: hidden_beside() for key in sorted(hide)}}
