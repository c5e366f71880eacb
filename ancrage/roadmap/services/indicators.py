"""Indicators, and the values that people type."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.periods import span_of
from ancrage.roadmap.enums import IndicatorKind, Periodicity, RoadmapEvent
from ancrage.roadmap.models import Axis, Indicator, IndicatorValue
from ancrage.roadmap.services.errors import ChangedMeanwhile, Computed, PeriodToCome
from ancrage.roadmap.services.writing import (
    insert,
    put_back,
    rewrite,
    take_out,
    tell,
)
from ancrage.roadmap.validators import tidy, validate_day, validate_origin, validate_value
from ancrage.territory.measures import UnknownMeasure, measure

_CENT = Decimal("0.01")
_FIELDS = ("kind", "measure", "source", "unit", "target", "target_on")


@transaction.atomic
def add_indicator(*, axis: Axis, by: Any, now: datetime, **facts: Any) -> Indicator:
    """Add an indicator to an axis, or to one of its actions. Raises `ValidationError`."""
    fresh = Indicator(axis=axis, created_at=now, created_by=by, kind=IndicatorKind.TYPED)
    values = _checked_facts(fresh, facts)
    indicator = insert(Indicator(axis=axis, created_at=now, created_by=by, **values))
    _tell(RoadmapEvent.INDICATOR_ADDED, indicator, by=by, now=now)
    return indicator


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, revision: int, by: Any, now: datetime, **facts: Any
) -> Indicator:
    """Change an indicator; the values typed before stay.

    Raises `ChangedMeanwhile`, `ValidationError`.
    """
    row = current_indicator(indicator)
    changes = rewrite(row, _checked_facts(row, facts), revision=revision)
    if changes:
        _tell(RoadmapEvent.INDICATOR_EDITED, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def remove_indicator(*, indicator: Indicator, by: Any, now: datetime) -> None:
    """Put an indicator aside, its values with it."""
    if take_out(row=indicator, now=now):
        _tell(RoadmapEvent.INDICATOR_REMOVED, indicator, by=by, now=now)


@transaction.atomic
def restore_indicator(*, indicator: Indicator, by: Any, now: datetime) -> None:
    """Take back a removal. Raises `NothingToUndo`."""
    put_back(row=indicator, now=now)
    _tell(RoadmapEvent.INDICATOR_RESTORED, indicator, by=by, now=now)


@transaction.atomic
def give_value(
    *,
    indicator: Indicator,
    on: date,
    value: Decimal,
    source: str = "",
    note: str = "",
    by: Any,
    now: datetime,
) -> IndicatorValue:
    """Give the value of the period that holds `on`; one given before is kept, replaced.

    Without a source, that of the indicator. Raises `Computed`, `PeriodToCome`,
    `ChangedMeanwhile`, `ValidationError`.
    """
    row = current_indicator(indicator)
    if row.kind != IndicatorKind.TYPED:
        raise Computed
    validate_day("on", on)
    validate_value(value, unit=row.unit)
    span = span_of(on, Periodicity(row.periodicity).months)
    if span.starts > timezone.localdate(now):
        raise PeriodToCome
    given = IndicatorValue(
        indicator=row,
        starts_on=span.starts,
        ends_on=span.ends,
        value=value.quantize(_CENT, ROUND_HALF_UP),
        source=(source or row.source).strip(),
        note=note.strip(),
        given_at=now,
        given_by=by,
    )
    given.clean_fields()
    former = row.values.filter(starts_on=span.starts, replaced_at__isnull=True).first()
    if former is not None and _says_the_same(former, given):
        return former
    _replace(former, given, now=now)
    event = RoadmapEvent.VALUE_CORRECTED if former else RoadmapEvent.VALUE_GIVEN
    changes = {
        "starts_on": ["", span.starts.isoformat()],
        "value": [_bare(former.value) if former else "", _bare(given.value)],
    }
    _tell(event, row, by=by, now=now, changes=changes)
    return given


@transaction.atomic
def withdraw_value(*, value: IndicatorValue, by: Any, now: datetime) -> None:
    """Take back a value: its period has none, what was typed stays in the history.

    Raises `ChangedMeanwhile` when it was corrected or withdrawn since.
    """
    row = current_indicator(value.indicator)
    rows = IndicatorValue.objects.filter(pk=value.pk, replaced_at__isnull=True)
    if not rows.update(replaced_at=now):
        raise ChangedMeanwhile(row)
    changes = {
        "starts_on": ["", value.starts_on.isoformat()],
        "value": [_bare(value.value), ""],
    }
    _tell(RoadmapEvent.VALUE_WITHDRAWN, row, by=by, now=now, changes=changes)


def current_indicator(indicator: Indicator) -> Indicator:
    """Read an indicator again, with what its lines and checks need."""
    return Indicator.objects.select_related("axis__roadmap", "action").get(pk=indicator.pk)


def _replace(former: IndicatorValue | None, given: IndicatorValue, *, now: datetime) -> None:
    if former is not None:
        rows = IndicatorValue.objects.filter(pk=former.pk, replaced_at__isnull=True)
        if not rows.update(replaced_at=now):
            raise ChangedMeanwhile(given.indicator)
    try:
        with transaction.atomic():
            given.save(force_insert=True)
    except IntegrityError:
        raise ChangedMeanwhile(given.indicator) from None


def _bare(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _says_the_same(former: IndicatorValue, given: IndicatorValue) -> bool:
    return all(
        getattr(former, name) == getattr(given, name) for name in ("value", "source", "note")
    )


def _checked_facts(row: Indicator, facts: dict[str, Any]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _FIELDS} | tidy(facts)
    values["measure"] = values["measure"] if values["kind"] == IndicatorKind.COMPUTED else ""
    validate_origin(values)
    if values["target"] is not None and values["kind"] == IndicatorKind.TYPED:
        validate_value(values["target"], unit=values["unit"], field="target")
    validate_day("target_on", values["target_on"])
    if values["measure"] and values["measure"] != row.measure:
        try:
            measure(values["measure"])
        except UnknownMeasure:
            raise ValidationError(
                {"measure": _("La plateforme ne calcule plus cette mesure.")}
            ) from None
    action = values.get("action", row.action)
    if action is not None and action.axis_id != values.get("axis", row.axis).pk:
        raise ValidationError({"action": _("Choisissez une action de cet axe.")})
    if (
        row.pk
        and values.get("periodicity", row.periodicity) != row.periodicity
        and row.values.exists()
    ):
        raise ValidationError(
            {"periodicity": _("Des valeurs sont déjà saisies à ce rythme : il ne change plus.")}
        )
    return values


def _tell(event: RoadmapEvent, indicator: Indicator, **trace: Any) -> None:
    tell(event=event, row=indicator, territory_pk=indicator.axis.roadmap.territory_id, **trace)
