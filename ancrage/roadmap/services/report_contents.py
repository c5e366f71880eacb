"""What a report holds: figures, sentences, the state of the roadmap, what changed.

All of it is computed here, at one moment, and kept as one value (`Report.contents`): the page, the
PDF and the workbook print the same, and a published version stays as it was. Figures come from
the registry of measures: those of the pages, small numbers masked.
"""

from datetime import date, datetime
from typing import Any

from django.utils import translation

from ancrage.kit.days import day_in_words
from ancrage.needs.overview import Period as Months
from ancrage.needs.overview import overview_of
from ancrage.needs.queries import needs_open_in
from ancrage.professions.models import Profession
from ancrage.roadmap.enums import ReportSection
from ancrage.roadmap.models import Report
from ancrage.roadmap.services.report_overlaps import (
    months_before,
    span_of,
    spans_told,
    without_differences,
)
from ancrage.roadmap.services.report_retention import retention_told
from ancrage.roadmap.services.report_roadmap import roadmap_told
from ancrage.roadmap.services.report_words import (
    LANGUAGE,
    Told,
    period_in_words,
    sentences_of,
    summary_of,
)
from ancrage.territory.enums import MeasureMoment, MeasurePart
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    as_recorded,
    measures,
    reading_in_words,
    readings,
)
from ancrage.territory.models import Commune
from ancrage.territory.perimeters import Perimeter

# The shape of `contents`: a published version is read by the platform of years later. Since 2:
# `perimeter`, `communes_told`, `left_out`, `retention`. Since 3: the roadmap of the last day, with
# what is `untold` of it.
SHAPE = 3
# Those of the panel: the first four that are told of the perimeter.
HIGHLIGHTS = (
    "needs.filled",
    "needs.days_to_fill",
    "people.known",
    "journeys.kept_12",
    "journeys.started",
    "needs.posts",
)
_MOST_HIGHLIGHTS = 4


def contents_of(*, report: Report, where: Perimeter, now: datetime) -> dict[str, Any]:
    """Return what `report` says of `where` at `now`, ready to be kept. About a hundred
    queries, whatever the number of rows; a few more beside reports of overlapping months."""
    with translation.override(LANGUAGE):
        period = Period(report.starts_on, report.ends_on, now).together()
        # What only holds at the moment of reading has no value to be compared with.
        flows = [one for one in measures() if one.moment == MeasureMoment.PERIOD]
        earlier = period_before(period)
        known = spans_told(report)
        told = Told(
            without_differences(
                readings(where, period), among=flows, where=where, period=period, told=known
            ),
            without_differences(
                as_recorded(where, earlier, readings(where, earlier, flows)),
                among=flows,
                where=where,
                period=earlier,
                told=[*known, span_of(period)],
            ),
            of_part=not where.is_whole,
            on=day_in_words(period.today),
        )
        panel = [key for key in HIGHLIGHTS if key in told.now][:_MOST_HIGHLIGHTS]
        return {
            "shape": SHAPE,
            "territory": report.territory.name,
            "perimeter": where.name,
            "communes_told": _communes(where),
            "left_out": [str(one.name) for one in measures() if not one.is_told_of(where)],
            "period": period_in_words(period.starts, period.ends),
            "before": period_in_words(period_before(period).starts, period_before(period).ends),
            "computed": day_in_words(period.today),
            "summary": summary_of(told),
            "highlights": [_figure(one, told, period) for one in measures() if one.key in panel],
            "parts": [_part(part, told, period) for part in MeasurePart if _told_in(part, told)],
            "retention": retention_told(where, period),
            **_posts_by_place_and_profession(where, period),
            "roadmap": roadmap_told(report.roadmap, told, period) if report.roadmap else None,
        }


def period_before(period: Period) -> Period:
    """Return the months just before, as many as the period has."""
    return period.over(*months_before(period.starts, period.ends))


def _communes(where: Perimeter) -> list[dict[str, str]]:
    """The communes of a part, by name; none for the whole territory."""
    rows = Commune.objects.filter(pk__in=where.communes).order_by("search_name", "pk")
    return [{"label": name, "code": insee} for name, insee in rows.values_list("name", "insee")]


def _told_in(part: MeasurePart, told: Told) -> list[Measure]:
    """The measures of a part of the report that are told of the perimeter."""
    return [one for one in measures(part) if one.key in told.now]


def _part(part: MeasurePart, told: Told, period: Period) -> dict[str, Any]:
    return {
        "section": ReportSection(part.value).value,
        "title": str(part.label),
        "sentences": sentences_of(part, told),
        "figures": [_figure(one, told, period) for one in _told_in(part, told)],
    }


def _figure(one: Measure, told: Told, period: Period) -> dict[str, Any]:
    reading, before = told.now[one.key], told.before.get(one.key)
    is_flow = one.moment == MeasureMoment.PERIOD
    when = (
        period_in_words(period.starts, min(period.ends, period.today))
        if is_flow
        else f"au {day_in_words(period.today)}"
    )
    return {
        "key": one.key,
        "name": str(one.name),
        "definition": str(one.definition),
        "unit": one.unit.value,
        "unit_label": str(one.unit.label),
        "moment": one.moment.value,
        "when": reading.vintage or when,
        **_told(reading, one),
        "before": "" if before is None else reading_in_words(before, one.unit),
        "before_value": None if before is None or before.value is None else str(before.value),
    }


def _told(reading: Reading, one: Measure) -> dict[str, Any]:
    return {
        "value": None if reading.value is None else str(reading.value),
        "text": reading_in_words(reading, one.unit),
        "masked": reading.masked,
        "note": reading.note,
    }


def _posts_by_place_and_profession(where: Perimeter, period: Period) -> dict[str, Any]:
    """The posts to fill by profession and by commune, the most first, as on the overview."""
    overview = overview_of(
        needs_open_in(where.territory, on=period.today).filter(where.holds("commune")),
        territory=where.territory,
        period=Months(today=period.today, since=None, until=date.max),
        now=period.now,
        declared=None,
    )
    professions = Profession.objects.in_bulk([line.pk for line in overview.professions])
    communes = Commune.objects.in_bulk([line.pk for line in overview.communes])
    return {
        "professions": [
            {"label": str(professions[line.pk]), "posts": line.positions}
            for line in overview.professions
        ],
        "communes": [
            {
                "label": communes[line.pk].name,
                "code": communes[line.pk].insee,
                "posts": line.positions,
            }
            for line in overview.communes
        ],
    }
