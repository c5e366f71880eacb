"""A roadmap as it stood at the end of a day, told from its moves, its milestones and its journal.

States come from the moves, which are kept for good: one taken back never was. Who led an action
and until when come from the journal, read backwards; what it does not tell is told apart.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ancrage.kit.days import midnight
from ancrage.kit.models import AuditLine
from ancrage.kit.moves import standing
from ancrage.roadmap.enums import LIVE_ACTION_STATES, ActionState, RoadmapEvent
from ancrage.roadmap.models import (
    Action,
    ActionMove,
    Axis,
    Indicator,
    IndicatorValue,
    Milestone,
    Roadmap,
)
from ancrage.roadmap.queries.indicators import overdue_since

_TOLD = (RoadmapEvent.ACTION_EDITED, RoadmapEvent.MILESTONE_EDITED, RoadmapEvent.MILESTONE_REMOVED)


@dataclass(frozen=True)
class ActionThen:
    """An action as it stood at the end of the day `on`, with the milestones it then had."""

    action: Action
    on: date
    state: ActionState
    stop_reason: str
    led_by: str
    starts_on: date
    ends_on: date
    milestones: tuple[Milestone, ...]

    @property
    def is_live(self) -> bool:
        """Say whether it was neither done nor stopped."""
        return self.state in LIVE_ACTION_STATES

    @property
    def due_on(self) -> date:
        """The day by which it had to begin, or to be over."""
        return self.starts_on if self.state == ActionState.PLANNED else self.ends_on

    @property
    def is_late(self) -> bool:
        """Say whether it should have been over, or begun, and was not."""
        return self.is_live and self.on > self.due_on

    @property
    def done(self) -> int:
        """How many of its milestones were reached."""
        return sum(_reached(one, self.on) for one in self.milestones)


@dataclass(frozen=True)
class LateThen:
    """What was late: an action, a milestone, a value that nobody had given."""

    label: str
    axis: Axis
    led_by: str
    due_on: date


@dataclass(frozen=True)
class Untold:
    """What cannot be told of that day: how many of each, and since when the journal is read."""

    removed: int = 0
    later: int = 0
    milestones_put_off: int = 0
    milestones_removed: int = 0
    journal_from: date | None = None


@dataclass(frozen=True)
class RoadmapThen:
    """The actions of a roadmap at the end of a day, what was late, what cannot be told."""

    actions: tuple[ActionThen, ...]
    late: tuple[LateThen, ...]
    untold: Untold

    def in_axis(self, axis: Axis) -> list[ActionThen]:
        """Return the actions that stand under an axis."""
        return [one for one in self.actions if one.action.axis_id == axis.pk]


def roadmap_then(
    roadmap: Roadmap,
    indicators: Iterable[Indicator],
    *,
    on: date,
    journal_from: date,
) -> RoadmapThen:
    """Return a roadmap as it stood at the end of `on`. Six queries.

    Actions stand under their axis of today. One removed since, perhaps a mistake, is only counted,
    as is one added since. `journal_from` is the day before which the journal is no longer kept.
    """
    after = midnight(on + timedelta(days=1))
    here = Action.objects.filter(axis__roadmap=roadmap, created_at__lt=after)
    kept = here.filter(removed_at__isnull=True, axis__removed_at__isnull=True)
    rows = list(kept.select_related("axis", "owner").order_by("axis__rank", "starts_on", "pk"))
    journal = _journal(rows, after)
    moves, milestones = _moves(rows), _milestones(rows, on=on, after=after)
    actions = tuple(
        _then(row, moves[row.pk], milestones[row.pk], journal[row.pk], on=on, after=after)
        for row in rows
    )
    late = [*_late_actions(actions), *_late_values(roadmap, indicators, on=on, after=after)]
    later = Action.objects.filter(
        axis__roadmap=roadmap, created_at__gte=after, removed_at__isnull=True
    )
    lines = [line for found in journal.values() for line in found]
    return RoadmapThen(
        actions,
        tuple(sorted(late, key=lambda one: (one.due_on, one.axis.rank, one.label))),
        Untold(
            removed=here.filter(removed_at__gte=after).count(),
            later=later.count(),
            milestones_put_off=sum(_puts_off(line) for line in lines),
            milestones_removed=sum(
                line.action == RoadmapEvent.MILESTONE_REMOVED for line in lines
            ),
            journal_from=journal_from if on < journal_from else None,
        ),
    )


def _moves(actions: list[Action]) -> dict[int, list[ActionMove]]:
    """The changes of state that stand, by action, the oldest first."""
    found: dict[int, list[ActionMove]] = defaultdict(list)
    for move in standing(ActionMove.objects.filter(action__in=actions)).reverse():
        found[move.action_id].append(move)
    return found


def _milestones(actions: list[Action], *, on: date, after: datetime) -> dict[int, list[Milestone]]:
    """The milestones of then, by action; one added since counts if it had been reached."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    rows = Milestone.objects.filter(action__in=actions)
    for row in rows.filter(Q(added_at__lt=after) | Q(done_on__lte=on)).order_by("due_on", "pk"):
        found[row.action_id].append(row)
    return found


def _journal(actions: list[Action], after: datetime) -> dict[int, list[AuditLine]]:
    """What the journal says of actions since that moment, by action, the latest first."""
    found: dict[int, list[AuditLine]] = defaultdict(list)
    lines: QuerySet[AuditLine] = AuditLine.objects.filter(
        target_type=Action._meta.label_lower,
        target_id__in=[str(one.pk) for one in actions],
        action__in=_TOLD,
        at__gte=after,
    ).order_by("-at", "-pk")
    for line in lines:
        found[int(line.target_id)].append(line)
    return found


def _then(
    action: Action,
    moves: list[ActionMove],
    milestones: list[Milestone],
    journal: list[AuditLine],
    *,
    on: date,
    after: datetime,
) -> ActionThen:
    state, reason = _state(action, moves, after)
    facts: dict[str, Any] = {
        "owner": action.owner.name if action.owner else "",
        "outside_body": action.outside_body,
        "starts_on": action.starts_on.isoformat(),
        "ends_on": action.ends_on.isoformat(),
    }
    for line in journal:
        if line.action == RoadmapEvent.ACTION_EDITED:
            facts |= {name: pair[0] for name, pair in line.changes.items() if name in facts}
    return ActionThen(
        action,
        on,
        state,
        reason,
        ", ".join(name for name in (facts["owner"], facts["outside_body"]) if name),
        date.fromisoformat(facts["starts_on"]),
        date.fromisoformat(facts["ends_on"]),
        tuple(milestones),
    )


def _state(action: Action, moves: list[ActionMove], after: datetime) -> tuple[ActionState, str]:
    """The state to which the last move of then had led; else that which the next one left."""
    earlier = [move for move in moves if move.at < after]
    if earlier:
        return ActionState(earlier[-1].after), earlier[-1].reason
    if moves:
        return ActionState(moves[0].before), ""
    return ActionState(action.state), action.stop_reason


def _late_actions(actions: Iterable[ActionThen]) -> list[LateThen]:
    live = [one for one in actions if one.is_live]
    return [
        *(
            LateThen(one.action.title, one.action.axis, one.led_by, one.due_on)
            for one in live
            if one.is_late
        ),
        *(
            LateThen(step.title, one.action.axis, one.led_by, step.due_on)
            for one in live
            for step in one.milestones
            if step.due_on < one.on and not _reached(step, one.on)
        ),
    ]


def _late_values(
    roadmap: Roadmap, indicators: Iterable[Indicator], *, on: date, after: datetime
) -> list[LateThen]:
    owed = [one for one in indicators if one.created_at < after]
    given: dict[int, list[date]] = defaultdict(list)
    values = IndicatorValue.objects.filter(indicator__in=owed, given_at__lt=after)
    stood = values.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gte=after))
    for indicator, starts in stood.order_by("pk").values_list("indicator", "starts_on"):
        given[indicator].append(starts)
    dues = (
        (one, overdue_since(one, given[one.pk], since=roadmap.starts_on, on=on)) for one in owed
    )
    return [
        LateThen(one.title, one.axis, one.action.led_by if one.action else "", due)
        for one, due in dues
        if due is not None
    ]


def _reached(step: Milestone, on: date) -> bool:
    return step.done_on is not None and step.done_on <= on


def _puts_off(line: AuditLine) -> bool:
    return line.action == RoadmapEvent.MILESTONE_EDITED and "due_on" in line.changes
