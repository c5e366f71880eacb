"""Actions: added, changed, taken from one state to the next, put aside."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.moves import standing
from ancrage.kit.text import words
from ancrage.partners.models import Partner
from ancrage.roadmap.enums import ACTION_TRANSITIONS, ActionState, RoadmapEvent
from ancrage.roadmap.models import Action, ActionMove, Axis, Roadmap
from ancrage.roadmap.services.errors import (
    ElsewhereAxis,
    NotAMember,
    NothingToUndo,
    ReasonMissing,
    StepNotAllowed,
)
from ancrage.roadmap.services.writing import (
    insert,
    put_back,
    rewrite,
    take_out,
    tell,
)
from ancrage.roadmap.validators import tidy, validate_day, validate_led

_ALL = ("axis__roadmap", "owner")


@transaction.atomic
def add_action(
    *, axis: Axis, partners: Iterable[Partner] = (), by: Any, now: datetime, **facts: Any
) -> Action:
    """Add an action to an axis. Raises `NotAMember`, `ValidationError`."""
    joined = list(partners)
    values = _checked_facts(axis.roadmap, facts, joined)
    action = Action(axis=axis, created_at=now, created_by=by, state_since=now, **values)
    action.search = _search(action)
    insert(action)
    action.partners.set(joined)
    tell_action(RoadmapEvent.ACTION_ADDED, action, by=by, now=now)
    return action


@transaction.atomic
def edit_action(
    *,
    action: Action,
    revision: int,
    partners: Iterable[Partner] | None = None,
    by: Any,
    now: datetime,
    **facts: Any,
) -> Action:
    """Change an action; its state changes by `move_action` only.

    Raises `ChangedMeanwhile`, `NotAMember`, `ValidationError`.
    """
    row = current_action(action)
    axis = facts.get("axis", row.axis)
    joined = list(row.partners.order_by("name", "pk"))
    wanted = joined if partners is None else sorted(partners, key=lambda one: (one.name, one.pk))
    values = _checked_facts(axis.roadmap, facts, wanted)
    drawn = Action(**{name: value for name, value in values.items() if name != "axis"})
    values["search"] = _search(drawn)
    if axis.roadmap_id != row.axis.roadmap_id:
        raise ElsewhereAxis
    has_moved = axis.pk != row.axis_id
    changes = rewrite(row, values, revision=revision)
    if has_moved:
        # What measures an action stands under the same axis.
        row.indicators.update(axis=axis)
    if wanted != joined:
        if not changes and not _bumped(row, revision):
            return current_action(row)
        row.partners.set(wanted)
        changes["partners"] = [_names(joined), _names(wanted)]
    if changes:
        tell_action(RoadmapEvent.ACTION_EDITED, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def move_action(
    *, action: Action, to: ActionState, reason: str = "", by: Any, now: datetime
) -> Action:
    """Take an action to another state. Raises `StepNotAllowed`, `ReasonMissing`."""
    row = current_action(action)
    before = ActionState(row.state)
    if to not in ACTION_TRANSITIONS[before]:
        raise StepNotAllowed
    said = reason.strip()[:300] if to is ActionState.STOPPED else ""
    if to is ActionState.STOPPED and not said:
        raise ReasonMissing
    _set_state(row, before, to, said, now=now)
    ActionMove.objects.create(action=row, before=before, after=to, reason=said, at=now, by=by)
    changes = {"state": [before.value, to.value]}
    tell_action(RoadmapEvent.ACTION_MOVED, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def undo_action_move(*, action: Action, by: Any, now: datetime) -> Action:
    """Take back the last change of state, for a day. Raises `NothingToUndo`."""
    row = current_action(action)
    last = last_action_move(row)
    if last is None or not last.is_recent(now) or last.after != row.state:
        raise NothingToUndo
    before = ActionState(last.before)
    stopped = standing(row.moves.filter(at__lt=last.at, after=ActionState.STOPPED)).first()
    said = stopped.reason if stopped and before is ActionState.STOPPED else ""
    _set_state(row, ActionState(row.state), before, said, now=now)
    ActionMove.objects.filter(pk=last.pk).update(undone_at=now)
    changes = {"state": [last.after, last.before]}
    tell_action(RoadmapEvent.ACTION_UNDONE, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def remove_action(*, action: Action, by: Any, now: datetime) -> None:
    """Put an action aside; `restore_action` takes it back for a day."""
    if take_out(row=action, now=now):
        tell_action(RoadmapEvent.ACTION_REMOVED, action, by=by, now=now)


@transaction.atomic
def restore_action(*, action: Action, by: Any, now: datetime) -> None:
    """Take back a removal. Raises `NothingToUndo`."""
    put_back(row=action, now=now)
    tell_action(RoadmapEvent.ACTION_RESTORED, action, by=by, now=now)


def last_action_move(action: Action) -> ActionMove | None:
    """Return the last change of state that stands."""
    return standing(action.moves.all()).first()


def current_action(action: Action) -> Action:
    """Read an action again, with what its lines and checks need."""
    return Action.objects.select_related(*_ALL).get(pk=action.pk)


def tell_action(event: RoadmapEvent, action: Action, **trace: Any) -> None:
    """Write the audit line of an action, or of what belongs to it."""
    tell(event=event, row=action, territory_pk=action.axis.roadmap.territory_id, **trace)


def _set_state(
    row: Action, before: ActionState, after: ActionState, reason: str, *, now: datetime
) -> None:
    rows = Action.objects.filter(pk=row.pk, state=before, removed_at__isnull=True)
    if not rows.update(state=after, stop_reason=reason, state_since=now):
        raise StepNotAllowed
    row.state, row.stop_reason, row.state_since = after, reason, now


def _checked_facts(
    roadmap: Roadmap, facts: dict[str, Any], partners: list[Partner]
) -> dict[str, Any]:
    values = tidy(facts)
    for name in ("starts_on", "ends_on"):
        validate_day(name, values.get(name))
    owner = values.get("owner")
    validate_led(owner, values.get("outside_body", ""))
    if owner is not None and owner.territory_id != roadmap.territory_id:
        raise NotAMember("owner")
    if any(one.territory_id != roadmap.territory_id for one in partners):
        raise NotAMember("partners")
    return values


def _bumped(row: Action, revision: int) -> bool:
    rows = Action.objects.filter(pk=row.pk, revision=revision)
    return bool(rows.update(revision=revision + 1))


def _names(partners: list[Partner]) -> str:
    return ", ".join(one.name for one in partners)


def _search(action: Action) -> str:
    owner = action.owner.name if action.owner else ""
    text = f"{action.title} {action.description} {owner} {action.outside_body} {action.funder}"
    return " ".join(words(text))
