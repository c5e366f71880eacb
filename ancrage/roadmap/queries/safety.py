"""What structures count together, shown only where no structure's own count can be told.

Three rules, for each count of each half-year:

* nothing is shown before the collection is closed: the total seen before and after one answer
  would give that answer by difference;
* fewer than three structures answered: nothing is shown;
* for every structure that answered, the others together count at least five (`privacy.cells.K`):
  else one of them would know, by taking its own away, a number too small to be told, and a total
  under five is hidden by the same rule.

The median is told from five answers on and rounded to five: the exact one is somebody's count.
A year is the sum of its two half-years, and is hidden as soon as one of them is: the half that
is shown would give the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ancrage.kit.periods import Span, span_before, span_of, spans_within
from ancrage.kit.search import with_words
from ancrage.privacy.cells import K
from ancrage.roadmap.enums import SafetyTopic
from ancrage.roadmap.models import GoodPractice, SafetyCollection, SafetyReport
from ancrage.territory.models import Territory

LEAST_ANSWERS = 3
LEAST_FOR_MEDIAN = 5
_STEP = 5
_HALF_YEAR = 6


class Hidden(StrEnum):
    """Why a figure is not shown."""

    OPEN = "open"
    FEW = "few"
    SMALL = "small"


@dataclass(frozen=True)
class Pooled:
    """What structures count together: the total, the rounded median, or why there is none."""

    answers: int
    total: int | None
    median: int | None
    hidden: Hidden | None = None


@dataclass(frozen=True)
class TopicFigures:
    """One count of a half-year: one's own, where the reader answered, and the territory's."""

    topic: SafetyTopic
    own: int | None
    pooled: Pooled


def pooled(counts: Sequence[int]) -> Pooled:
    """Return what may be told of these counts of a closed collection, one a structure.

    >>> pooled([4, 9, 12])
    Pooled(answers=3, total=25, median=None, hidden=None)
    >>> pooled([40, 1, 2]).hidden
    <Hidden.SMALL: 'small'>
    """
    if len(counts) < LEAST_ANSWERS:
        return Pooled(len(counts), None, None, Hidden.FEW)
    total = sum(counts)
    if total - max(counts) < K:
        return Pooled(len(counts), None, None, Hidden.SMALL)
    middle = median(counts)
    told = len(counts) >= LEAST_FOR_MEDIAN and middle >= K
    return Pooled(len(counts), total, _rounded(middle) if told else None)


def safety_figures(
    territory: Territory, span: Span, *, own: SafetyReport | None = None
) -> list[TopicFigures]:
    """Return the counts of a half-year, in the order of the form. Two queries."""
    is_closed = SafetyCollection.objects.filter(
        territory=territory, starts_on=span.starts
    ).exists()
    reports = list(reports_of(territory, span))
    return [
        TopicFigures(
            topic,
            getattr(own, topic.value) if own else None,
            _told([getattr(one, topic.value) for one in reports], is_closed=is_closed),
        )
        for topic in SafetyTopic
    ]


def pooled_over(
    territory: Territory, topics: Sequence[SafetyTopic], first: date, last: date
) -> list[Pooled]:
    """Return counts over the half-years that lie within these days; hidden if one of them is.

    One query.
    """
    spans = spans_within(first, last, _HALF_YEAR)
    starts = [one.starts for one in spans if one.starts >= first and one.ends <= last]
    closed = SafetyCollection.objects.filter(
        territory=territory, starts_on=OuterRef("starts_on")
    ).order_by()
    rows = list(
        SafetyReport.objects.filter(partner__territory=territory, starts_on__in=starts)
        .annotate(is_closed=Exists(closed))
        .order_by("starts_on", "pk")
        .values("starts_on", "is_closed", *(topic.value for topic in topics))
    )
    return [_summed(rows, topic) for topic in topics]


def _summed(rows: Sequence[Mapping[str, Any]], topic: SafetyTopic) -> Pooled:
    halves = []
    for _starts_on, group in groupby(rows, key=itemgetter("starts_on")):
        answers = [row for row in group if row[topic.value] is not None]
        if answers:
            numbers = [row[topic.value] for row in answers]
            halves.append(_told(numbers, is_closed=answers[0]["is_closed"]))
    worst = next((one for one in halves if one.hidden), None)
    if worst is not None or not halves:
        return worst or Pooled(0, None, None)
    return Pooled(max(one.answers for one in halves), sum(one.total or 0 for one in halves), None)


def reports_of(territory: Territory, span: Span) -> QuerySet[SafetyReport]:
    """Return the answers of a half-year."""
    return SafetyReport.objects.filter(
        partner__territory=territory, starts_on=span.starts
    ).order_by("pk")


def half_years(today: date, *, number: int = 5) -> list[Span]:
    """Return the running half-year, then those that are over, the latest first."""
    spans = [span_of(today, _HALF_YEAR)]
    while len(spans) < number:
        spans.append(span_before(spans[-1], _HALF_YEAR))
    return spans


def closed_spans(territory: Territory) -> set[date]:
    """Return the first days of the half-years whose collection is closed."""
    rows = SafetyCollection.objects.filter(territory=territory)
    return set(rows.values_list("starts_on", flat=True))


def practices_matching(practices: QuerySet[GoodPractice], text: str) -> QuerySet[GoodPractice]:
    """Narrow practices to those that have these words, the latest first."""
    return with_words(practices, text).select_related("partner").order_by("-added_at", "-pk")


def _told(numbers: Sequence[int | None], *, is_closed: bool) -> Pooled:
    known = [number for number in numbers if number is not None]
    return pooled(known) if is_closed else Pooled(len(known), None, None, Hidden.OPEN)


def _rounded(number: float) -> int:
    return int((number + _STEP / 2) // _STEP * _STEP)
