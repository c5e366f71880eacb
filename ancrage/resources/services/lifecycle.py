"""The life of a resource: published, paused, given, withdrawn, reopened, confirmed, undone."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.kit.changes import ChangeSource, sourced
from ancrage.resources.enums import CLOSED_STATUSES, TRANSITIONS, ResourceStatus
from ancrage.resources.models import Resource, ResourceStatusChange
from ancrage.resources.queries import last_change_of
from ancrage.resources.services.errors import (
    NothingToUndo,
    ResourceChangedMeanwhile,
    ResourceClosed,
    ResourceGone,
    ResourceIsOver,
    ResourceNotClosed,
    ResourceNotPublished,
    TransitionNotAllowed,
    UndoTooLate,
)
from ancrage.resources.services.rows import current_row, scope_of

UNDO_WINDOW = timedelta(hours=24)


def publish_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Share a draft or a paused resource with the members of the territory.

    Raises ResourceClosed, ResourceIsOver, TransitionNotAllowed, ResourceChangedMeanwhile.
    """
    if resource.status in CLOSED_STATUSES:
        raise ResourceClosed
    return _open(resource, "resource.published", by=by, now=now, source=source)


def reopen_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Share again what was given, withdrawn or expired.

    Raises ResourceNotClosed, ResourceIsOver, ResourceChangedMeanwhile.
    """
    if resource.status not in CLOSED_STATUSES:
        raise ResourceNotClosed
    return _open(resource, "resource.reopened", by=by, now=now, source=source)


def pause_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Hide a published resource for a while. Raises TransitionNotAllowed."""
    return _move(resource, ResourceStatus.PAUSED, "resource.paused", by=by, now=now, source=source)


def give_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Say that somebody took the resource. Raises TransitionNotAllowed."""
    return _move(resource, ResourceStatus.GIVEN, "resource.given", by=by, now=now, source=source)


def withdraw_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Stop sharing, though nobody took the resource. Raises TransitionNotAllowed."""
    return _move(
        resource, ResourceStatus.WITHDRAWN, "resource.withdrawn", by=by, now=now, source=source
    )


@transaction.atomic
def confirm_resource(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Say that a published resource is still available. Raises ResourceNotPublished.

    The revision stays: a colleague who is editing it is not disturbed.
    """
    rows = Resource.objects.filter(pk=resource.pk, status=ResourceStatus.PUBLISHED)
    if not rows.update(confirmed_at=now):
        raise ResourceNotPublished
    record(
        action="resource.confirmed",
        target=resource,
        by=by,
        now=now,
        scope=scope_of(resource),
        changes=sourced({}, source),
    )
    resource.confirmed_at = now
    return resource


def expire_past_resources(*, now: datetime) -> int:
    """Close the open resources whose end is past; return how many. Safe to repeat."""
    past = (
        Resource.objects.filter(
            status__in=(ResourceStatus.PUBLISHED, ResourceStatus.PAUSED),
            available_to__lt=timezone.localdate(now),
        )
        .select_related("partner")
        .order_by("pk")
    )
    expired = 0
    for resource in past:
        try:
            _move(
                resource,
                ResourceStatus.EXPIRED,
                "resource.expired",
                by=None,
                now=now,
                source=ChangeSource.AUTOMATIC,
            )
        except (ResourceChangedMeanwhile, ResourceGone):
            continue  # somebody was quicker: the next pass looks again
        expired += 1
    return expired


@transaction.atomic
def undo_last_change(
    *, resource: Resource, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Resource:
    """Take back the last change of state, if it is less than 24 hours old.

    Everything returns to what it was; a resource that is shared again by this counts as
    confirmed. Raises NothingToUndo, UndoTooLate, ResourceIsOver, ResourceChangedMeanwhile.
    """
    standing = ResourceStatusChange.objects.filter(resource=resource, undone_at__isnull=True)
    two = list(standing.order_by("-at", "-pk")[:2])
    if not two:
        raise NothingToUndo
    last, earlier = two[0], two[1:]
    if now - last.at > UNDO_WINDOW:
        raise UndoTooLate
    if last.before == ResourceStatus.PUBLISHED:
        _refuse_past_end(resource, now)
    values: dict[str, Any] = {
        "status": last.before,
        "status_since": earlier[0].at if earlier else resource.created_at,
        "updated_at": now,
    }
    if last.after == ResourceStatus.PUBLISHED and resource.published_at == last.at:
        values["published_at"] = None  # it had never been open before
    if last.before == ResourceStatus.PUBLISHED:
        values["confirmed_at"] = now
    changes = ResourceStatusChange.objects.filter(pk=last.pk, undone_at__isnull=True)
    if not changes.update(undone_at=now):
        raise NothingToUndo
    _write(resource, values, expected=ResourceStatus(last.after))
    record(
        action="resource.undone",
        target=resource,
        by=by,
        now=now,
        scope=scope_of(resource),
        changes=sourced({"status": [last.after, last.before]}, source),
    )
    return resource


def _open(
    resource: Resource, action: str, *, by: Any, now: datetime, source: ChangeSource
) -> Resource:
    _refuse_past_end(resource, now)
    return _move(resource, ResourceStatus.PUBLISHED, action, by=by, now=now, source=source)


def _refuse_past_end(resource: Resource, now: datetime) -> None:
    end = resource.available_to
    if end is not None and end < timezone.localdate(now):
        raise ResourceIsOver


@transaction.atomic
def _move(
    resource: Resource,
    after: ResourceStatus,
    action: str,
    *,
    by: Any,
    now: datetime,
    source: ChangeSource,
) -> Resource:
    before = ResourceStatus(resource.status)
    if after not in TRANSITIONS[before]:
        raise TransitionNotAllowed(before, after)
    values: dict[str, Any] = {"status": after, "status_since": now, "updated_at": now}
    if after == ResourceStatus.PUBLISHED:
        values |= {"published_at": resource.published_at or now, "confirmed_at": now}
    _write(resource, values, expected=before)
    ResourceStatusChange.objects.create(
        resource=resource,
        before=before,
        after=after,
        at=now,
        by=by if getattr(by, "pk", None) else None,
        source=source,
    )
    record(
        action=action,
        target=resource,
        by=by,
        now=now,
        scope=scope_of(resource),
        changes=sourced({"status": [before.value, after.value]}, source),
    )
    return resource


def _write(resource: Resource, values: dict[str, Any], *, expected: ResourceStatus) -> None:
    """Write `values` if the row still is as it was read, raising its revision."""
    rows = Resource.objects.filter(pk=resource.pk, status=expected)
    if not rows.update(**values, revision=F("revision") + 1):
        current = current_row(resource)
        raise ResourceChangedMeanwhile(current, last_change_of(current))
    for name, value in values.items():
        setattr(resource, name, value)
    resource.revision = Resource.objects.values_list("revision", flat=True).get(pk=resource.pk)
