"""What is overdue in a roadmap: actions, milestones, values that nobody has given."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.kit.text import words
from ancrage.roadmap.enums import LIVE_ACTION_STATES, ActionState
from ancrage.roadmap.models import Action, Axis, Indicator, Milestone, Roadmap
from ancrage.roadmap.queries.indicators import current_values, overdue_since
from ancrage.roadmap.queries.steering import actions_in, indicators_in


class LateKind(StrEnum):
    """What is late."""

    ACTION = "action"
    START = "start"
    MILESTONE = "milestone"
    VALUE = "value"


@dataclass(frozen=True)
class Overdue:
    """One thing past its day. `row` is the action or the indicator whose page mends it."""

    kind: LateKind
    label: str
    axis: Axis
    row: Action | Indicator
    led_by: str
    due_on: date
    days: int


@dataclass(frozen=True)
class LateSearch:
    """What a reader looks for among what is late. Every part is optional."""

    text: str = ""
    kind: str = ""
    axis: Axis | None = None
    owner: int | None = None


def overdue_in(roadmap: Roadmap, search: LateSearch | None = None, *, on: date) -> list[Overdue]:
    """Return what is late, the longest first. Four queries whatever the number of rows."""
    found = [*_actions(roadmap, on=on), *_milestones(roadmap, on=on), *_values(roadmap, on=on)]
    kept = [one for one in found if search is None or _matches(one, search)]
    return sorted(kept, key=lambda one: (one.due_on, one.axis.rank, one.kind, one.label))


def _actions(roadmap: Roadmap, *, on: date) -> list[Overdue]:
    return [
        Overdue(
            LateKind.START if action.state == ActionState.PLANNED else LateKind.ACTION,
            action.title,
            action.axis,
            action,
            action.led_by,
            due := action.starts_on if action.state == ActionState.PLANNED else action.ends_on,
            (on - due).days,
        )
        for action in actions_in(roadmap, on=on)
        if action.is_late(on)
    ]


def _milestones(roadmap: Roadmap, *, on: date) -> list[Overdue]:
    rows = Milestone.objects.filter(
        action__axis__roadmap=roadmap,
        action__removed_at__isnull=True,
        action__state__in=sorted(LIVE_ACTION_STATES),
        done_on__isnull=True,
        due_on__lt=on,
    ).select_related("action__axis", "action__owner")
    return [
        Overdue(
            LateKind.MILESTONE,
            row.title,
            row.action.axis,
            row.action,
            row.action.led_by,
            row.due_on,
            (on - row.due_on).days,
        )
        for row in rows
    ]


def _values(roadmap: Roadmap, *, on: date) -> list[Overdue]:
    indicators = list(indicators_in(roadmap))
    known = current_values(indicators)
    found = []
    for one in indicators:
        starts = [value.starts_on for value in known[one.pk]]
        due = overdue_since(one, starts, since=roadmap.starts_on, on=on)
        if due is not None:
            led_by = one.action.led_by if one.action else ""
            late = Overdue(LateKind.VALUE, one.title, one.axis, one, led_by, due, (on - due).days)
            found.append(late)
    return found


def _matches(one: Overdue, search: LateSearch) -> bool:
    owner = one.row.action if isinstance(one.row, Indicator) else one.row
    told = words(f"{one.label} {one.led_by} {one.row.title}")
    return (
        (not search.kind or one.kind == search.kind)
        and (search.axis is None or one.axis.pk == search.axis.pk)
        and (search.owner is None or (owner is not None and owner.owner_id == search.owner))
        and all(any(word.startswith(asked) for word in told) for asked in words(search.text))
    )
