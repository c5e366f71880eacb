"""What a report says of a roadmap: where it stood on its last day, and what changed on the way."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ancrage.kit.days import day_in_words
from ancrage.kit.figures import percent_of
from ancrage.privacy.services import JOURNAL_KEPT
from ancrage.roadmap.enums import ActionState, Direction, IndicatorKind
from ancrage.roadmap.models import Indicator, IndicatorValue, Roadmap
from ancrage.roadmap.queries import (
    ActionThen,
    AxisChanges,
    Untold,
    axes_in,
    changes_since,
    current_values,
    gap_text,
    indicators_in,
    measure_of,
    reaches,
    roadmap_then,
    unit_of,
    value_text,
)
from ancrage.roadmap.services.report_words import Told, agree, period_in_words
from ancrage.territory.measures import Period, reading_in_words


def roadmap_told(roadmap: Roadmap, told: Told, period: Period) -> dict[str, Any]:
    """Return what the report of a period says of a roadmap, as it stood at its end; today, while
    it is not over."""
    on = min(period.ends, period.today)
    axes, indicators = list(axes_in(roadmap)), list(indicators_in(roadmap))
    then = roadmap_then(
        roadmap, indicators, on=on, journal_from=timezone.localdate(period.now - JOURNAL_KEPT)
    )
    values = current_values(indicators)
    stands = {one.pk: _indicator(one, told, values[one.pk], period=period) for one in indicators}
    changes = changes_since(roadmap, axes, period.starts)
    return {
        "title": roadmap.title,
        "on": day_in_words(on),
        "states": [
            {"label": str(state.label), "count": sum(one.state == state for one in then.actions)}
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
            for one in then.late
        ],
        "untold": _untold(then.untold),
        "axes": [
            {
                "rank": axis.rank,
                "title": axis.title,
                "purpose": axis.purpose,
                "done_share": _done_share(then.in_axis(axis)),
                "actions": [_action(one) for one in then.in_axis(axis)],
                "indicators": [stands[one.pk] for one in indicators if one.axis_id == axis.pk],
                "changes": _changes(changes[axis.pk], until=period.ends),
            }
            for axis in axes
        ],
    }


def _done_share(actions: list[ActionThen]) -> int:
    """The percentage of the actions that were done, those stopped left aside."""
    states = [one.state for one in actions]
    return percent_of(
        states.count(ActionState.DONE), len(states) - states.count(ActionState.STOPPED)
    )


def _action(one: ActionThen) -> dict[str, Any]:
    count = len(one.milestones)
    return {
        "title": one.action.title,
        "led_by": one.led_by,
        "ends": day_in_words(one.ends_on),
        "ends_on": one.ends_on.isoformat(),
        "milestones": f"{one.done} sur {count}" if count else "",
        "state": str(one.state.label),
        "state_key": one.state.value,
        "late": one.is_late,
        "reason": one.stop_reason,
    }


def _untold(untold: Untold) -> list[str]:
    """What the roadmap of that day had and that cannot be told, a sentence each."""
    said = []
    if untold.later:
        many = agree(untold.later, "action inscrite", "actions inscrites")
        said.append(f"{many} depuis n’y {'était' if untold.later == 1 else 'étaient'} pas encore.")
    if untold.removed:
        many = agree(untold.removed, "action retirée", "actions retirées")
        said.append(
            f"{many} depuis {'n’est pas dite' if untold.removed == 1 else 'ne sont pas dites'}."
        )
    if untold.milestones_removed:
        many = agree(untold.milestones_removed, "jalon retiré", "jalons retirés")
        verb = "n’est pas compté" if untold.milestones_removed == 1 else "ne sont pas comptés"
        said.append(f"{many} depuis {verb}.")
    if untold.milestones_put_off:
        said.append(
            "Des jalons ont changé d’échéance depuis\u00a0: leur retard est jugé sur celle "
            "d’aujourd’hui."
        )
    if untold.journal_from:
        said.append(
            "Le journal se garde un an\u00a0: les pilotes et les dates des actions sont ceux du "
            f"{day_in_words(untold.journal_from)}."
        )
    return said


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
        "gap": _gap(indicator, value, target),
    }


def _gap(indicator: Indicator, value: Decimal | None, target: Decimal | None) -> str:
    """How far from its target a value is: « il manque 3 points », « 12 jours de trop »."""
    if value is None or target is None or reaches(indicator, value, target):
        return ""
    gap = gap_text(indicator, abs(target - value))
    return f"{gap} de trop" if indicator.direction == Direction.DOWN else f"il manque {gap}"


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
    if not total:
        on = f"Au {roadmap['on']}, aucune" if roadmap.get("on") else "Aucune"
        return f"{on} action n’est inscrite{end}."
    return f"{dated}\u00a0: {told}{end}."


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
