"""The life of a resource: published, paused, given, withdrawn, reopened, confirmed, undone."""

from datetime import datetime
from typing import Any

from ancrage.kit.changes import ChangeSource
from ancrage.kit.life import moves
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services.life import LIFE

__all__ = [
    "confirm_resource",
    "expire_past_resources",
    "give_resource",
    "pause_resource",
    "publish_resource",
    "reopen_resource",
    "undo_last_change",
    "withdraw_resource",
]


def publish_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Share a draft or a paused resource with the members of the territory.

    Raises ResourceClosed, ResourceIsOver, TransitionNotAllowed, ResourceChangedMeanwhile.
    """
    return moves.publish(LIFE, resource, by=by, now=now, source=source)


def reopen_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Share again what was given, withdrawn or expired.

    Raises ResourceNotClosed, ResourceIsOver, ResourceChangedMeanwhile.
    """
    return moves.reopen(LIFE, resource, by=by, now=now, source=source)


def pause_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Hide a published resource for a while. Raises TransitionNotAllowed."""
    after = ResourceStatus.PAUSED
    return moves.move(LIFE, resource, after, "paused", by=by, now=now, source=source)


def give_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Say that somebody took the resource. Raises TransitionNotAllowed."""
    after = ResourceStatus.GIVEN
    return moves.move(LIFE, resource, after, "given", by=by, now=now, source=source)


def withdraw_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Stop sharing, though nobody took the resource. Raises TransitionNotAllowed."""
    after = ResourceStatus.WITHDRAWN
    return moves.move(LIFE, resource, after, "withdrawn", by=by, now=now, source=source)


def confirm_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Say that a published resource is still available. Raises ResourceNotPublished.

    The revision stays: a colleague who is editing it is not disturbed.
    """
    return moves.confirm(LIFE, resource, by=by, now=now, source=source)


def expire_past_resources(*, now: datetime) -> int:
    """Close the open resources whose end is past; return how many. Safe to repeat."""
    return moves.expire_past(LIFE, now=now)


def undo_last_change(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Take back the last change of state, if it is less than 24 hours old.

    Everything returns to what it was; a resource that is shared again by this counts as
    confirmed. The resource must still be at the revision it was read at: pressing twice does not
    undo two changes. Raises NothingToUndo, UndoTooLate, ResourceIsOver, ResourceChangedMeanwhile.
    """
    return moves.undo_last_change(LIFE, resource, by=by, now=now, source=source)
