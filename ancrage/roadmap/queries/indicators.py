"""What indicators say: the last value typed, or what the platform computes today."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.kit.periods import Span, last_ended, span_before, span_of
from ancrage.roadmap.enums import Direction, IndicatorKind, Periodicity
from ancrage.roadmap.models import GRACE_DAYS, Indicator, IndicatorValue
from ancrage.territory.enums import MeasureMoment
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    UnknownMeasure,
    as_recorded,
    measure,
    reading_in_words,
    value_in_words,
)
from ancrage.territory.models import Territory
from ancrage.territory.perimeters import Perimeter

_Read = Callable[[Measure, Span], "Point"]
# How far back a page looks.
MOST_PERIODS = 6


@dataclass(frozen=True)
class Point:
    """The value of one period; `value` is None where there is none, `text` then says why."""

    span: Span
    value: Decimal | None
    text: str
    source: str = ""
    is_running: bool = False


@dataclass(frozen=True)
class Standing:
    """Where an indicator stands: its periods, the oldest first, and the way to its target.

    `gone` when the measure it names is no longer computed. `reached` is None without a target or
    without a value.
    """

    indicator: Indicator
    points: tuple[Point, ...]
    target: str
    reached: bool | None
    gap: str
    share: int | None
    gone: bool = False
    measure: Measure | None = None

    @property
    def last(self) -> Point | None:
        """The latest point that has a value; without one, the latest."""
        known = tuple(point for point in self.points if point.value is not None)
        return (known or self.points)[-1] if self.points else None

    @property
    def values(self) -> list[float]:
        """The values known, the oldest first, for a drawing."""
        return [float(point.value) for point in self.points if point.value is not None]


def standings(
    indicators: Iterable[Indicator], territory: Territory, *, now: datetime, periods: int = 1
) -> list[Standing]:
    """Return where indicators stand. One query for typed values; measures of the same period ask
    the same question once.

    A computed indicator is read for the last `periods` periods, the running one included (and
    the one before where it has no value yet); typed ones tell up to `MOST_PERIODS`.
    """
    wanted = list(indicators)
    typed = current_values(wanted)
    read = _reader(Perimeter(territory), now=now)
    return [
        _computed(one, read, now=now, periods=periods)
        if one.kind == IndicatorKind.COMPUTED
        else _typed(one, typed[one.pk])
        for one in wanted
    ]


def current_values(indicators: Sequence[Indicator]) -> dict[int, list[IndicatorValue]]:
    """Return the values that stand, by indicator, the oldest first. One query."""
    found: dict[int, list[IndicatorValue]] = defaultdict(list)
    rows = IndicatorValue.objects.filter(
        indicator__in=[one.pk for one in indicators], replaced_at__isnull=True
    ).order_by("indicator", "starts_on")
    for row in rows:
        found[row.indicator_id].append(row)
    return found


def overdue_since(
    indicator: Indicator, known: Iterable[date], *, since: date, on: date
) -> date | None:
    """Return the day since when a typed indicator lacks the value of its last ended period.

    `known` are the first days of the periods that have one; `since` is the first day of the
    roadmap, before which nothing is owed. None when nothing is overdue.
    """
    if indicator.kind != IndicatorKind.TYPED:
        return None
    months = Periodicity(indicator.periodicity).months
    span = last_ended(on, months)
    due = date.fromordinal(span.ends.toordinal() + GRACE_DAYS)
    if on <= due:
        span = span_before(span, months)
        due = date.fromordinal(span.ends.toordinal() + GRACE_DAYS)
    if span.ends < since or span.starts in set(known):
        return None
    return due


def measure_of(indicator: Indicator) -> Measure | None:
    """Return the measure of a computed indicator, None when it is no longer declared."""
    try:
        return measure(indicator.measure)
    except UnknownMeasure:
        return None


def unit_of(indicator: Indicator) -> str | Promise:
    """Return the unit of an indicator, in words."""
    known = measure_of(indicator) if indicator.measure else None
    return known.unit.label if known else indicator.unit


def value_text(indicator: Indicator, value: Decimal) -> str:
    """Return a value with the unit of its indicator, as the language of the page writes it."""
    known = measure_of(indicator) if indicator.measure else None
    if known is not None:
        return value_in_words(value, known.unit)
    bare = value.normalize()
    shown = bare.quantize(Decimal(1)) if bare == bare.to_integral_value() else bare
    number = number_format(shown, use_l10n=True, force_grouping=True)
    return (
        _("%(number)s %(unit)s") % {"number": number, "unit": indicator.unit}
        if (indicator.unit)
        else number
    )


def _typed(indicator: Indicator, values: list[IndicatorValue]) -> Standing:
    points = tuple(
        Point(
            Span(row.starts_on, row.ends_on),
            row.value,
            value_text(indicator, row.value),
            row.source,
        )
        for row in values[-MOST_PERIODS:]
    )
    return _standing(indicator, points)


def _computed(indicator: Indicator, read: _Read, *, now: datetime, periods: int) -> Standing:
    known = measure_of(indicator)
    if known is None:
        return _standing(indicator, (), gone=True)
    *past, running = _last_spans(indicator, timezone.localdate(now), max(periods, 2))
    points = [read(known, running)]
    # What only holds today has no past to be read.
    if known.moment == MeasureMoment.PERIOD and (periods > 1 or points[0].value is None):
        # Without more periods asked for: what is counted once a period is over has nothing yet.
        points = [*(read(known, span) for span in past), *points]
    return _standing(indicator, tuple(points), known=known)


def _last_spans(indicator: Indicator, today: date, number: int) -> list[Span]:
    months = Periodicity(indicator.periodicity).months

    spans = [span_of(today, months)]
    while len(spans) < number:
        spans.append(span_before(spans[-1], months))
    since = indicator.axis.roadmap.starts_on
    return [one for one in spans if one.ends >= since or one is spans[0]][::-1]


def _reader(where: Perimeter, *, now: datetime) -> _Read:
    """Return what reads a measure over a period, for a page that reads many."""
    today = timezone.localdate(now)
    together = Period(today, today, now).together()

    def read(known: Measure, span: Span) -> Point:
        period = together.over(span.starts, span.ends)
        reading: Reading = known.read(where, period)
        if span.ends < today:
            reading = as_recorded(where, period, {known.key: reading})[known.key]
        text = reading_in_words(reading, known.unit)
        return Point(span, reading.value, text, reading.note, is_running=span.holds(today))

    return read


def _standing(
    indicator: Indicator,
    points: tuple[Point, ...],
    *,
    known: Measure | None = None,
    gone: bool = False,
) -> Standing:
    value = next((one.value for one in reversed(points) if one.value is not None), None)
    target = indicator.target
    reached = None if value is None or target is None else reaches(indicator, value, target)
    gap = ""
    if value is not None and target is not None and not reached:
        gap = gap_text(indicator, abs(target - value))
    return Standing(
        indicator=indicator,
        points=points,
        target="" if target is None else value_text(indicator, target),
        reached=reached,
        gap=gap,
        share=_share(indicator, value, target),
        gone=gone,
        measure=known,
    )


def gap_text(indicator: Indicator, gap: Decimal) -> str:
    """Return what lies between two values, in words; between two shares, points."""
    text = value_text(indicator, gap)
    if not text.endswith("%"):
        return text
    number = text.removesuffix("%").strip()
    points = ngettext("%(number)s point", "%(number)s points", ceil(gap))
    return points % {"number": number}


def reaches(indicator: Indicator, value: Decimal, target: Decimal) -> bool:
    """Say whether `value` is at the target or beyond, in the direction wished."""
    return value <= target if indicator.direction == Direction.DOWN else value >= target


def _share(indicator: Indicator, value: Decimal | None, target: Decimal | None) -> int | None:
    """How much of the way is done, in percents, where that says something."""
    if value is None or not target or indicator.direction == Direction.DOWN or value < 0:
        return None
    return min(100, int(100 * value / target))
