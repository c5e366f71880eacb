"""Resources written, rewritten, copied, deleted."""

from datetime import datetime
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import differences, record
from ancrage.kit.changes import ChangeSource, sourced
from ancrage.kit.life.history import last_change_of
from ancrage.partners.models import Partner
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services.errors import (
    ReferenceTaken,
    ResourceChangedMeanwhile,
    ResourceIsOver,
    ResourceNotDraft,
)
from ancrage.resources.services.facts import (
    REQUIRED,
    ResourceFacts,
    audited,
    check_resource,
    facts_of,
    normalised,
    search_text,
)
from ancrage.resources.services.life import LIFE, scope_of
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
    missing = [name for name in REQUIRED if facts.get(name) is None]
    if missing:
        raise ValidationError(dict.fromkeys(missing, _("Ce renseignement est nécessaire.")))
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
        _tell(resource, "resource.created", by=by, now=now, source=source)
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
    today = timezone.localdate(now)
    check_resource(after, partner=current.partner, on=today)
    published = current.status == ResourceStatus.PUBLISHED
    if published and after["available_to"] is not None and after["available_to"] < today:
        raise ResourceIsOver
    changes = differences(audited(before), audited(after))
    if changes:
        values = {name: after[name] for name in clean if after[name] != before[name]}
        values |= {
            "updated_at": now,
            "revision": current.revision + 1,
            "search": search_text(after, partner=current.partner),
        }
        _update(current, values)
    if published:
        _update(current, {"confirmed_at": now})
    if changes or published:
        action = "resource.edited" if changes else "resource.confirmed"
        _tell(current, action, by=by, now=now, source=source, changes=changes)
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


@transaction.atomic
def delete_draft(*, resource: Resource, by: Any, now: datetime) -> None:
    """Delete a resource that was never shared. Raises ResourceNotDraft or ResourceGone."""
    current = LIFE.current_row(resource)
    if current.status != ResourceStatus.DRAFT or current.published_at is not None:
        raise ResourceNotDraft
    _tell(current, "resource.deleted", by=by, now=now, source=ChangeSource.PAGE)
    Resource.objects.filter(pk=current.pk, status=ResourceStatus.DRAFT).delete()


def refresh_search() -> int:
    """Recompute the search column where a structure or a profession changed its name.

    Returns how many resources were mended. Safe to repeat.
    """
    mended = []
    for resource in LIFE.with_all(Resource.objects.order_by("pk")).iterator(chunk_size=500):
        text = search_text(facts_of(resource), partner=resource.partner)
        if text != resource.search:
            resource.search = text
            mended.append(resource)
    Resource.objects.bulk_update(mended, ["search"], batch_size=200)
    return len(mended)


def _update(current: Resource, values: dict[str, Any]) -> None:
    rows = Resource.objects.filter(pk=current.pk, revision=current.revision)
    try:
        with transaction.atomic():
            written = rows.update(**values)
    except IntegrityError:
        if not values.get("reference"):
            raise
        raise ReferenceTaken(values["reference"]) from None
    if not written:
        fresh = LIFE.current_row(current)
        raise ResourceChangedMeanwhile(fresh, last_change_of(fresh))
    for name, value in values.items():
        setattr(current, name, value)


def _tell(
    resource: Resource,
    action: str,
    *,
    by: Any,
    now: datetime,
    source: ChangeSource,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    record(
        action=action,
        target=resource,
        by=by,
        now=now,
        scope=scope_of(resource),
        changes=sourced(changes or {}, source),
    )
