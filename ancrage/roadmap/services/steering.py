"""Roadmaps and their axes: made, changed, opened, ended."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from ancrage.roadmap.enums import (
    ROADMAP_TRANSITIONS,
    IndicatorKind,
    RoadmapEvent,
    RoadmapStatus,
)
from ancrage.roadmap.models import Action, Axis, Indicator, Roadmap
from ancrage.roadmap.reference import AXES, SuggestedIndicator
from ancrage.roadmap.services.errors import AxisInUse, StepNotAllowed
from ancrage.roadmap.services.writing import insert, put_back, rewrite, take_out, tell
from ancrage.roadmap.validators import tidy, validate_day
from ancrage.territory.measures import UnknownMeasure, measure
from ancrage.territory.models import Territory

_STATUS_EVENTS = {
    RoadmapStatus.ACTIVE: RoadmapEvent.OPENED,
    RoadmapStatus.CLOSED: RoadmapEvent.CLOSED,
    RoadmapStatus.DRAFT: RoadmapEvent.HIDDEN,
}


@transaction.atomic
def create_roadmap(
    *,
    territory: Territory,
    title: str,
    starts_on: date,
    ends_on: date,
    summary: str = "",
    from_template: bool = False,
    by: Any,
    now: datetime,
) -> Roadmap:
    """Begin a roadmap, empty or with the six axes of the template and their indicators.

    Raises `ValidationError`.
    """
    facts = tidy({"title": title, "summary": summary, "starts_on": starts_on, "ends_on": ends_on})
    _check_days(facts)
    roadmap = insert(Roadmap(territory=territory, created_at=now, created_by=by, **facts))
    if from_template:
        _fill(roadmap, by=by, now=now)
    _tell(RoadmapEvent.CREATED, roadmap, by=by, now=now)
    return roadmap


@transaction.atomic
def edit_roadmap(
    *, roadmap: Roadmap, revision: int, by: Any, now: datetime, **facts: Any
) -> Roadmap:
    """Change its title, its presentation, its days.

    Raises `ChangedMeanwhile`, `ValidationError`.
    """
    row = Roadmap.objects.get(pk=roadmap.pk)
    values = tidy(facts)
    _check_days(values)
    changes = rewrite(row, values, revision=revision)
    if changes:
        _tell(RoadmapEvent.EDITED, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def move_roadmap(*, roadmap: Roadmap, to: RoadmapStatus, by: Any, now: datetime) -> Roadmap:
    """Open a roadmap to the members, end it, or the way back. Raises `StepNotAllowed`."""
    row = Roadmap.objects.get(pk=roadmap.pk)
    before = RoadmapStatus(row.status)
    if to not in ROADMAP_TRANSITIONS[before]:
        raise StepNotAllowed
    if not Roadmap.objects.filter(pk=row.pk, status=before).update(status=to):
        raise StepNotAllowed
    row.status = to
    _tell(_STATUS_EVENTS[to], row, by=by, now=now)
    return row


@transaction.atomic
def add_axis(
    *, roadmap: Roadmap, rank: int, title: str, purpose: str = "", by: Any, now: datetime
) -> Axis:
    """Add an axis. Raises `RankTaken`, `ValidationError`."""
    facts = tidy({"rank": rank, "title": title, "purpose": purpose})
    axis = insert(Axis(roadmap=roadmap, **facts))
    _tell_axis(RoadmapEvent.AXIS_ADDED, axis, by=by, now=now)
    return axis


@transaction.atomic
def edit_axis(*, axis: Axis, revision: int, by: Any, now: datetime, **facts: Any) -> Axis:
    """Change an axis. Raises `ChangedMeanwhile`, `RankTaken`, `ValidationError`."""
    row = Axis.objects.select_related("roadmap").get(pk=axis.pk)
    changes = rewrite(row, tidy(facts), revision=revision)
    if changes:
        _tell_axis(RoadmapEvent.AXIS_EDITED, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def remove_axis(*, axis: Axis, by: Any, now: datetime) -> None:
    """Take out an axis that holds nothing. Raises `AxisInUse`."""
    held = {"axis": axis, "removed_at__isnull": True}
    if Action.objects.filter(**held).exists() or Indicator.objects.filter(**held).exists():
        raise AxisInUse
    if take_out(row=axis, now=now):
        _tell_axis(RoadmapEvent.AXIS_REMOVED, axis, by=by, now=now)


@transaction.atomic
def restore_axis(*, axis: Axis, by: Any, now: datetime) -> None:
    """Take back the removal of an axis. Raises `NothingToUndo`, `RankTaken`."""
    put_back(row=axis, now=now)
    _tell_axis(RoadmapEvent.AXIS_RESTORED, axis, by=by, now=now)


def next_rank(roadmap: Roadmap) -> int:
    """Return the number that the next axis may bear."""
    ranks = set(
        Axis.objects.filter(roadmap=roadmap, removed_at__isnull=True).values_list(
            "rank", flat=True
        )
    )
    return next(rank for rank in range(1, len(ranks) + 2) if rank not in ranks)


def _fill(roadmap: Roadmap, *, by: Any, now: datetime) -> None:
    for rank, suggested in enumerate(AXES, start=1):
        axis = Axis(
            roadmap=roadmap,
            rank=rank,
            title=str(suggested.title),
            purpose=str(suggested.purpose),
        )
        axis.save(force_insert=True)
        Indicator.objects.bulk_create(
            _suggested(axis, one, by=by, now=now) for one in suggested.indicators
        )


def _suggested(axis: Axis, one: SuggestedIndicator, *, by: Any, now: datetime) -> Indicator:
    """An indicator of the template: computed if a part declares its measure, else typed."""
    is_known = bool(one.measure) and _is_declared(one.measure)
    return Indicator(
        axis=axis,
        title=str(one.title),
        definition=str(one.definition),
        unit="" if is_known else str(one.unit),
        kind=IndicatorKind.COMPUTED if is_known else IndicatorKind.TYPED,
        measure=one.measure if is_known else "",
        source="" if is_known else str(one.source),
        periodicity=one.periodicity,
        direction=one.direction,
        created_at=now,
        created_by=by,
    )


def _is_declared(key: str) -> bool:
    try:
        measure(key)
    except UnknownMeasure:
        return False
    return True


def _check_days(facts: dict[str, Any]) -> None:
    for name in ("starts_on", "ends_on"):
        validate_day(name, facts.get(name))


def _tell(event: RoadmapEvent, roadmap: Roadmap, **trace: Any) -> None:
    tell(event=event, row=roadmap, territory_pk=roadmap.territory_id, **trace)


def _tell_axis(event: RoadmapEvent, axis: Axis, **trace: Any) -> None:
    tell(event=event, row=axis, territory_pk=axis.roadmap.territory_id, **trace)
