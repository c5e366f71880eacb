"""What changed: the journal of a roadmap, and what a meeting has to know."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from ancrage.kit.models import AuditLine
from ancrage.kit.text import words
from ancrage.roadmap.models import (
    Action,
    ActionMove,
    Axis,
    Decision,
    Indicator,
    IndicatorValue,
    Meeting,
    Milestone,
    Roadmap,
)


@dataclass(frozen=True)
class LogSearch:
    """What a reader looks for in the journal. Every part is optional."""

    text: str = ""
    event: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class AxisChanges:
    """What changed in an axis since a day: moves, milestones reached, values, decisions."""

    axis: Axis
    added: tuple[Action, ...] = ()
    moves: tuple[ActionMove, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    values: tuple[IndicatorValue, ...] = ()
    decisions: tuple[Decision, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Say whether nothing changed."""
        return not (self.added or self.moves or self.milestones or self.values)


def log_of(roadmap: Roadmap, search: LogSearch) -> QuerySet[AuditLine]:
    """Return the lines of the journal about a roadmap and what it holds, the latest first."""
    about = Q(target_type="roadmap.roadmap", target_id=str(roadmap.pk))
    for model, path in (
        (Axis, "roadmap"),
        (Action, "axis__roadmap"),
        (Indicator, "axis__roadmap"),
        (Meeting, "roadmap"),
    ):
        keys = model._default_manager.filter(**{path: roadmap}).order_by()
        about |= Q(
            target_type=model._meta.label_lower,
            target_id__in=keys.annotate(key=Cast("pk", CharField())).values("key"),
        )
    lines = AuditLine.objects.filter(about, scope=f"territory:{roadmap.territory_id}")
    for word in words(search.text):
        lines = lines.filter(target_label__icontains=word)
    if search.event:
        lines = lines.filter(action=search.event)
    if search.first:
        lines = lines.filter(at__gte=_midnight(search.first))
    if search.last:
        lines = lines.filter(at__lt=_midnight(date.fromordinal(search.last.toordinal() + 1)))
    return lines.select_related("actor").order_by("-at", "-pk")


def meetings_of(roadmap: Roadmap) -> QuerySet[Meeting]:
    """Return the meetings noted, the latest first."""
    return Meeting.objects.filter(roadmap=roadmap).order_by("-held_on", "-pk")


def decisions_in(roadmap: Roadmap) -> QuerySet[Decision]:
    """Return the decisions of every meeting, the latest first."""
    return (
        Decision.objects.filter(meeting__roadmap=roadmap)
        .select_related("meeting", "axis", "action")
        .order_by("-meeting__held_on", "-pk")
    )


def changes_since(roadmap: Roadmap, axes: list[Axis], day: date) -> dict[int, AxisChanges]:
    """Return what changed in each axis from the morning of `day` on. Five queries."""
    moment = _midnight(day)
    here = {"axis__roadmap": roadmap, "removed_at__isnull": True}
    added = Action.objects.filter(**here, created_at__gte=moment).select_related("owner")
    moves = ActionMove.objects.filter(
        action__axis__roadmap=roadmap,
        action__removed_at__isnull=True,
        undone_at__isnull=True,
        at__gte=moment,
    ).select_related("action")
    reached = Milestone.objects.filter(
        action__axis__roadmap=roadmap, action__removed_at__isnull=True, done_on__gte=day
    ).select_related("action")
    values = IndicatorValue.objects.filter(
        indicator__axis__roadmap=roadmap,
        indicator__removed_at__isnull=True,
        replaced_at__isnull=True,
        given_at__gte=moment,
    ).select_related("indicator")
    decisions = list(decisions_in(roadmap).filter(meeting__held_on__gte=day))
    rows = (
        list(added.order_by("created_at", "pk")),
        list(moves.order_by("at", "pk")),
        list(reached.order_by("done_on", "pk")),
        list(values.order_by("given_at", "pk")),
    )
    return {axis.pk: _of_axis(axis, *rows, decisions) for axis in axes}


def _of_axis(
    axis: Axis,
    added: list[Action],
    moves: list[ActionMove],
    reached: list[Milestone],
    values: list[IndicatorValue],
    decisions: list[Decision],
) -> AxisChanges:
    return AxisChanges(
        axis,
        tuple(one for one in added if one.axis_id == axis.pk),
        tuple(one for one in moves if one.action.axis_id == axis.pk),
        tuple(one for one in reached if one.action.axis_id == axis.pk),
        tuple(one for one in values if one.indicator.axis_id == axis.pk),
        tuple(one for one in decisions if one.axis_id == axis.pk),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
