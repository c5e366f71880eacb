"""Resources written, rewritten, copied, deleted."""

from datetime import datetime
from typing import Any, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.kit.audit import differences
from ancrage.kit.changes import ChangeSource
from ancrage.kit.life import editing
from ancrage.kit.life.editing import audited, normalised, refuse_missing, save_at_revision
from ancrage.kit.life.history import last_change_of
from ancrage.kit.life.trace import leave_trace
from ancrage.partners.models import Partner
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services.errors import (
    ReferenceTaken,
    ResourceChangedMeanwhile,
)
from ancrage.resources.services.facts import (
    REQUIRED,
    ResourceFacts,
    check_resource,
    facts_of,
    search_text,
)
from ancrage.resources.services.life import LIFE
from ancrage.resources.services.lifecycle import publish_resource


@transaction.atomic
def create_resource(
    *,
    partner: Partner,
    by: Any,
    now: datetime,
    publish: bool = False,
    source: ChangeSource = ChangeSource.PAGE,
    **facts: Unpack[ResourceFacts],
) -> Resource:
    """Write a resource of `partner`, as a draft or shared at once.

    Raises ValidationError (reasons by field), ReferenceTaken, or ResourceIsOver when it would
    be published after its end.
    """
    refuse_missing(facts, REQUIRED)
    resource = Resource(
        partner=partner,
        created_by=by if getattr(by, "pk", None) else None,
        created_at=now,
        updated_at=now,
        status_since=now,
    )
    whole = {**facts_of(resource), **normalised(facts)}
    check_resource(whole, partner=partner, on=timezone.localdate(now))
    for name, value in whole.items():
        setattr(resource, name, value)
    resource.search = search_text(whole, partner=partner)
    try:
        with transaction.atomic():
            resource.save(force_insert=True)
    except IntegrityError:
        if not resource.reference:
            raise
        raise ReferenceTaken(resource.reference) from None
    if not publish:
        leave_trace(LIFE, resource, "created", by=by, now=now, source=source)
        return resource
    # One line for one act: « shared » says that it was written too.
    return publish_resource(resource=resource, by=by, now=now, source=source)


@transaction.atomic
def edit_resource(
    *,
    resource: Resource,
    revision: int,
    by: Any,
    now: datetime,
    publish: bool = False,
    source: ChangeSource = ChangeSource.PAGE,
    **facts: Unpack[ResourceFacts],
) -> Resource:
    """Change the given facts of a resource read at `revision`, and return it as it is now.

    A published resource that is edited, even to say the same, is thereby confirmed; with
    `publish` a draft or a paused one is shared in the same breath. Raises ValidationError
    (reasons by field), ReferenceTaken, ResourceChangedMeanwhile, ResourceGone or
    ResourceIsOver, and what `publish_resource` raises.
    """
    current = LIFE.current_row(resource)
    if current.revision != revision:
        raise ResourceChangedMeanwhile(current, last_change_of(current))
    before, clean = facts_of(current), normalised(facts)
    after = {**before, **clean}
    check_resource(after, partner=current.partner, on=timezone.localdate(now))
    published = current.status == ResourceStatus.PUBLISHED
    if published:
        LIFE.refuse_past_end(after["available_to"], now=now)
    changes = differences(audited(before), audited(after))
    values: dict[str, Any] = {"confirmed_at": now} if published else {}
    if changes:
        values |= {name: after[name] for name in clean if after[name] != before[name]}
        values |= {
            "updated_at": now,
            "revision": revision + 1,
            "search": search_text(after, partner=current.partner),
        }
    if values:
        save_at_revision(LIFE, current, values, revision=revision)
        done = "edited" if changes else "confirmed"
        leave_trace(LIFE, current, done, by=by, now=now, source=source, changes=changes)
    if publish:
        publish_resource(resource=current, by=by, now=now, source=source)
    return current


def duplicate_resource(*, resource: Resource, by: Any, now: datetime) -> Resource:
    """Write a draft that says the same as `resource`, starting today at the earliest.

    The reference is left out, being unique, and so is the end if it is past.
    """
    facts = facts_of(resource)
    facts["reference"] = ""
    facts["available_from"] = max(facts["available_from"], timezone.localdate(now))
    if facts["available_to"] is not None and facts["available_to"] < facts["available_from"]:
        facts["available_to"] = None
    return create_resource(partner=resource.partner, by=by, now=now, **facts)


def delete_draft(*, resource: Resource, by: Any, now: datetime) -> None:
    """Delete a resource that was never shared. Raises ResourceNotDraft or ResourceGone."""
    editing.delete_draft(LIFE, resource, by=by, now=now)


def refresh_search() -> int:
    """Recompute the search column where a structure or a profession changed its name.

    Returns how many resources were mended. Safe to repeat.
    """
    return editing.refresh_search(
        LIFE, lambda resource: search_text(facts_of(resource), partner=resource.partner)
    )
