"""Roadmaps, axes and actions as pages show them."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from ancrage.kit.figures import percent_of
from ancrage.roadmap.enums import ActionState, RoadmapStatus
from ancrage.roadmap.models import Action, Axis, Indicator, Roadmap


@dataclass(frozen=True)
class AxisView:
    """An axis, its actions in their order, and how many are in each state."""

    axis: Axis
    actions: tuple[Action, ...]
    late: int
    counts: dict[ActionState, int] = field(hash=False)

    @property
    def done_share(self) -> int:
        """The percentage of its actions that are done, those stopped left aside."""
        running = len(self.actions) - self.counts[ActionState.STOPPED]
        return percent_of(self.counts[ActionState.DONE], running)


def roadmaps_in_order(roadmaps: QuerySet[Roadmap]) -> QuerySet[Roadmap]:
    """Order roadmaps: those under way, in preparation, over; the latest first."""
    rank = Case(
        When(status=RoadmapStatus.ACTIVE, then=Value(0)),
        When(status=RoadmapStatus.DRAFT, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        roadmaps.select_related("territory")
        .annotate(rank=rank)
        .order_by("rank", "-starts_on", "-pk")
    )


def late_on(day: date) -> Q:
    """The actions that should be over, or begun, on that day, and are not."""
    return Q(state=ActionState.RUNNING, ends_on__lt=day) | Q(
        state=ActionState.PLANNED, starts_on__lt=day
    )


def axes_in(roadmap: Roadmap) -> QuerySet[Axis]:
    """Return the axes that stand, in their order."""
    return Axis.objects.filter(roadmap=roadmap, removed_at__isnull=True).order_by("rank", "pk")


def actions_in(roadmap: Roadmap, *, on: date) -> QuerySet[Action]:
    """Return the actions that stand, with their axis, their owner and their milestones counted."""
    return (
        Action.objects.filter(axis__roadmap=roadmap, removed_at__isnull=True)
        .select_related("axis", "owner")
        .annotate(
            milestone_count=Count("milestones"),
            milestones_done=Count("milestones", filter=Q(milestones__done_on__isnull=False)),
            late_today=ExpressionWrapper(late_on(on), output_field=BooleanField()),
        )
        .order_by("axis__rank", "starts_on", "pk")
    )


def axis_views(roadmap: Roadmap, *, on: date) -> list[AxisView]:
    """Return the axes of a roadmap with their actions. Two queries."""
    actions = list(actions_in(roadmap, on=on))
    return [
        _view(axis, [action for action in actions if action.axis_id == axis.pk], on=on)
        for axis in axes_in(roadmap)
    ]


def indicators_in(roadmap: Roadmap) -> QuerySet[Indicator]:
    """Return the indicators that stand, by axis."""
    return (
        Indicator.objects.filter(
            axis__roadmap=roadmap, removed_at__isnull=True, axis__removed_at__isnull=True
        )
        .filter(Q(action__isnull=True) | Q(action__removed_at__isnull=True))
        .select_related("axis__roadmap", "action__owner")
        .order_by("axis__rank", "pk")
    )


def _view(axis: Axis, actions: list[Action], *, on: date) -> AxisView:
    states = [ActionState(action.state) for action in actions]
    return AxisView(
        axis=axis,
        actions=tuple(actions),
        late=sum(action.is_late(on) for action in actions),
        counts={state: states.count(state) for state in ActionState},
    )
