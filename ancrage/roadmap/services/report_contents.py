"""What a report holds: figures, sentences, the state of the roadmap, what changed.

All of it is computed here, at one moment, and kept as one value (`Report.contents`): the page, the
PDF and the workbook print the same, and a published version stays as it was. Figures come from
the registry of measures: those of the pages, small numbers masked.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from ancrage.kit.days import day_in_words
from ancrage.needs.overview import Period as Months
from ancrage.needs.overview import overview_of
from ancrage.needs.queries import needs_open_in
from ancrage.professions.models import Profession
from ancrage.roadmap.enums import ActionState, IndicatorKind, ReportSection
from ancrage.roadmap.models import Indicator, IndicatorValue, Report, Roadmap
from ancrage.roadmap.queries import (
    AxisChanges,
    axis_views,
    changes_since,
    current_values,
    indicators_in,
    measure_of,
    overdue_in,
    reaches,
    unit_of,
    value_text,
)
from ancrage.roadmap.services.report_overlaps import (
    months_before,
    span_of,
    spans_told,
    without_differences,
)
from ancrage.roadmap.services.report_retention import retention_told
from ancrage.roadmap.services.report_words import LANGUAGE, Told, agree, sentences_of, summary_of
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
# `perimeter`, `communes_told`, `left_out`, `retention`.
SHAPE = 2
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
            "roadmap": _roadmap(report.roadmap, told, period) if report.roadmap else None,
        }


def period_before(period: Period) -> Period:
    """Return the months just before, as many as the period has."""
    return period.over(*months_before(period.starts, period.ends))


def period_in_words(starts: date, ends: date) -> str:
    """« du 1er janvier au 31 décembre 2026 »."""
    first = day_in_words(starts)
    if starts.year == ends.year:
        first = first.removesuffix(f"{starts.year}").rstrip("\u00a0 ")
    return f"du {first} au {day_in_words(ends)}"


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


def _roadmap(roadmap: Roadmap, told: Told, period: Period) -> dict[str, Any]:
    # States and what is late are of one day, which the report says: that of reading.
    on = period.today
    views = axis_views(roadmap, on=on)
    indicators = list(indicators_in(roadmap))
    values = current_values(indicators)
    stands = {one.pk: _indicator(one, told, values[one.pk], period=period) for one in indicators}
    changes = changes_since(roadmap, [view.axis for view in views], period.starts)
    late = overdue_in(roadmap, on=on)
    return {
        "title": roadmap.title,
        "on": day_in_words(on),
        "states": [
            {"label": str(state.label), "count": sum(view.counts[state] for view in views)}
            for state in ActionState
        ],
        "reached": sum(one["reached"] is True for one in stands.values()),
        "aimed": sum(one["reached"] is not None for one in stands.values()),
        "late": [
            {
                "label": one.label,
                "axis": one.axis.rank,
                "led_by": one.led_by,
                "due": day_in_words(one.due_on),
            }
            for one in late
        ],
        "axes": [
            {
                "rank": view.axis.rank,
                "title": view.axis.title,
                "purpose": view.axis.purpose,
                "done_share": view.done_share,
                "actions": [_action(one) for one in view.actions],
                "indicators": [
                    stands[one.pk] for one in indicators if one.axis_id == view.axis.pk
                ],
                "changes": _changes(changes[view.axis.pk], until=period.ends),
            }
            for view in views
        ],
    }


def _action(action: Any) -> dict[str, Any]:
    done, count = action.milestones_done, action.milestone_count
    return {
        "title": action.title,
        "led_by": action.led_by,
        "ends": day_in_words(action.ends_on),
        "ends_on": action.ends_on.isoformat(),
        "milestones": f"{done} sur {count}" if count else "",
        "state": str(ActionState(action.state).label),
        "state_key": action.state,
        "late": bool(action.late_today),
        "reason": action.stop_reason,
    }


def _indicator(
    indicator: Indicator, told: Told, values: Iterable[IndicatorValue], *, period: Period
) -> dict[str, Any]:
    found = (
        _typed(indicator, values, period=period)
        if indicator.kind == IndicatorKind.TYPED
        else _computed(indicator, told)
    )
    value, target = found.pop("number"), indicator.target
    return {
        "title": indicator.title,
        "definition": indicator.definition,
        **found,
        "target": "" if target is None else value_text(indicator, target),
        "target_value": None if target is None else str(target),
        "unit": str(unit_of(indicator)),
        "target_day": None if indicator.target_on is None else indicator.target_on.isoformat(),
        "target_on": "" if indicator.target_on is None else day_in_words(indicator.target_on),
        "reached": None if value is None or target is None else reaches(indicator, value, target),
    }


def _computed(indicator: Indicator, told: Told) -> dict[str, Any]:
    known = measure_of(indicator)
    if known is None:
        text = "sans objet"
        note = "La plateforme ne calcule plus cette mesure."
        return {"number": None, "value": None, "text": text, "source": "", "note": note}
    reading = told.now[known.key]
    source = f"Calculé par la plateforme, {reading.vintage or known.moment.label}"
    return {
        "number": reading.value,
        "value": None if reading.value is None else str(reading.value),
        "text": reading_in_words(reading, known.unit),
        "source": source,
        "note": reading.note,
    }


def _typed(
    indicator: Indicator, values: Iterable[IndicatorValue], *, period: Period
) -> dict[str, Any]:
    """The last value given for days that end with the period, or before its end."""
    known = [row for row in values if row.ends_on <= period.ends]
    if not known:
        note = "Aucune valeur n’est saisie."
        return {"number": None, "value": None, "text": "sans objet", "source": "", "note": note}
    row = known[-1]
    return {
        "number": row.value,
        "value": str(row.value),
        "text": value_text(indicator, row.value),
        "source": f"{row.source}, {period_in_words(row.starts_on, row.ends_on)}",
        "note": row.note,
    }


def _changes(changes: AxisChanges, *, until: date) -> list[str]:
    """What happened in an axis up to the last day of the period, in sentences."""
    dated = [
        *((_day(one.created_at), f"Action ajoutée\u00a0: {one.title}.") for one in changes.added),
        *(
            (
                _day(one.at),
                f"{one.action.title}\u00a0: "
                f"{str(ActionState(one.before).label).lower()} → "
                f"{str(ActionState(one.after).label).lower()}.",
            )
            for one in changes.moves
        ),
        *(
            (one.done_on, f"Jalon atteint\u00a0: {one.title} ({one.action.title}).")
            for one in changes.milestones
            if one.done_on is not None
        ),
        *((one.meeting.held_on, f"Décision\u00a0: {one.text}") for one in changes.decisions),
    ]
    kept = sorted((day, text) for day, text in dated if day <= until)
    return [f"{day_in_words(day)}\u00a0– {text}" for day, text in kept]


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def state_sentence(roadmap: Mapping[str, Any]) -> str:
    """Where the actions of a kept roadmap stand, in one sentence."""
    counts = {one["label"]: one["count"] for one in roadmap["states"]}
    total = sum(counts.values())
    late = len(roadmap["late"])
    told = ", ".join(_in_state(count, label) for label, count in counts.items() if count)
    first = agree(total, "action", "actions")
    end = f"\u00a0; {agree(late, 'point est en retard', 'points sont en retard')}" if late else ""
    dated = f"Au {roadmap['on']}, {first}" if roadmap.get("on") else first
    return f"{dated}\u00a0: {told}{end}." if total else "Aucune action n’est inscrite."


def _in_state(count: int, label: str) -> str:
    """« 1 prévue », « 3 prévues », « 10 en cours »: the participles agree."""
    word = label.lower()
    many = word if " " in word else f"{word}s"
    return agree(count, word, many)


def aims_in_words(roadmap: Mapping[str, Any]) -> str:
    """How many indicators reach their target, among those that have one and a value."""
    reached, aimed = roadmap["reached"], roadmap["aimed"]
    if not aimed:
        return "Aucun indicateur n’a encore de valeur et de cible."
    return f"{agree(reached, 'cible est atteinte', 'cibles sont atteintes')}, sur {aimed}."
