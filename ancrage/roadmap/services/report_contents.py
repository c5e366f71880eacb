"""What a report holds: figures, sentences, the state of the roadmap, what changed.

All of it is computed here, at one moment, and kept as one value (`Report.contents`): the page, the
PDF and the workbook print the same, and a published version stays as it was. Figures come from
the registry of measures: those of the pages, small numbers masked.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
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
    value_text,
)
from ancrage.roadmap.services.report_words import LANGUAGE, Told, agree, sentences_of, summary_of
from ancrage.territory.enums import MeasureMoment, MeasurePart
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    measures,
    reading_in_words,
    readings,
)
from ancrage.territory.models import Commune

# The shape of `contents`: a published version is read by the platform of years later.
SHAPE = 1
HIGHLIGHTS = ("needs.filled", "needs.days_to_fill", "people.known", "journeys.kept_12")


def contents_of(*, report: Report, now: datetime) -> dict[str, Any]:
    """Return what `report` says at `now`, ready to be kept. Some ninety queries, always."""
    with translation.override(LANGUAGE):
        period = Period(report.starts_on, report.ends_on, now)
        told = Told(
            readings(report.territory, period),
            readings(report.territory, period_before(period)),
        )
        return {
            "shape": SHAPE,
            "territory": report.territory.name,
            "period": period_in_words(period.starts, period.ends),
            "before": period_in_words(period_before(period).starts, period_before(period).ends),
            "computed": day_in_words(period.today),
            "summary": summary_of(told),
            "highlights": [
                _figure(one, told, period) for one in measures() if one.key in HIGHLIGHTS
            ],
            "parts": [_part(part, told, period) for part in MeasurePart if measures(part)],
            **_posts_by_place_and_profession(report, period),
            "roadmap": _roadmap(report.roadmap, told, period) if report.roadmap else None,
        }


def period_before(period: Period) -> Period:
    """Return the months just before, as many as the period has."""
    last = period.starts - timedelta(days=1)
    months = (period.ends.year - period.starts.year) * 12
    months += period.ends.month - period.starts.month + 1
    index = period.starts.year * 12 + period.starts.month - 1 - months
    return Period(date(index // 12, index % 12 + 1, 1), last, period.now)


def period_in_words(starts: date, ends: date) -> str:
    """« du 1er janvier au 31 décembre 2026 »."""
    first = day_in_words(starts)
    if starts.year == ends.year:
        first = first.removesuffix(f"{starts.year}").rstrip("\u00a0 ")
    return f"du {first} au {day_in_words(ends)}"


def _part(part: MeasurePart, told: Told, period: Period) -> dict[str, Any]:
    return {
        "section": ReportSection(part.value).value,
        "title": str(part.label),
        "sentences": sentences_of(part, told),
        "figures": [_figure(one, told, period) for one in measures(part)],
    }


def _figure(one: Measure, told: Told, period: Period) -> dict[str, Any]:
    reading, before = told.now[one.key], told.before[one.key]
    is_flow = one.moment == MeasureMoment.PERIOD
    when = (
        period_in_words(period.starts, period.ends)
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
        "when": when,
        **_told(reading, one),
        "before": reading_in_words(before, one.unit) if is_flow else "",
        "before_value": None if before.value is None or not is_flow else str(before.value),
    }


def _told(reading: Reading, one: Measure) -> dict[str, Any]:
    return {
        "value": None if reading.value is None else str(reading.value),
        "text": reading_in_words(reading, one.unit),
        "masked": reading.masked,
        "note": reading.note,
    }


def _posts_by_place_and_profession(report: Report, period: Period) -> dict[str, Any]:
    """The posts to fill by profession and by commune, the most first, as on the overview."""
    overview = overview_of(
        needs_open_in(report.territory, on=period.today),
        territory=report.territory,
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
    on = min(period.today, period.ends)
    views = axis_views(roadmap, on=on)
    indicators = list(indicators_in(roadmap))
    values = current_values(indicators)
    stands = {one.pk: _indicator(one, told, values[one.pk], period=period) for one in indicators}
    changes = changes_since(roadmap, [view.axis for view in views], period.starts)
    late = overdue_in(roadmap, on=on)
    return {
        "title": roadmap.title,
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
    source = f"Calculé par la plateforme, {known.moment.label}"
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
    """The last value given for days of the period, or before it."""
    known = [row for row in values if row.starts_on <= period.ends]
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
    told = ", ".join(f"{count} {label.lower()}" for label, count in counts.items() if count)
    first = agree(total, "action", "actions")
    end = f"\u00a0; {agree(late, 'point est en retard', 'points sont en retard')}" if late else ""
    return f"{first}\u00a0: {told}{end}." if total else "Aucune action n’est inscrite."


def aims_in_words(roadmap: Mapping[str, Any]) -> str:
    """How many indicators reach their target, among those that have one and a value."""
    reached, aimed = roadmap["reached"], roadmap["aimed"]
    if not aimed:
        return "Aucun indicateur n’a encore de valeur et de cible."
    return f"{agree(reached, 'cible est atteinte', 'cibles sont atteintes')}, sur {aimed}."
