"""One minute to stay fresh: resources are asked for, answered from the mail, paused if silent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.kit.audit import record
from ancrage.kit.changes import ChangeSource, sourced
from ancrage.kit.mail import queue_mail
from ancrage.partners.recipients import Recipient, recipients_for
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.queries.freshness import resources_to_ask_about, stale_resources
from ancrage.resources.queries.links import (
    SHARERS,
    answered_resource,
    ask_token,
    asked_resource,
    undo_token,
)
from ancrage.resources.services.errors import (
    NothingToUndo,
    ResourceChangedMeanwhile,
    ResourceGone,
)
from ancrage.resources.services.life import scope_of
from ancrage.resources.services.lifecycle import (
    confirm_resource,
    give_resource,
    pause_resource,
    publish_resource,
    undo_last_change,
    withdraw_resource,
)


class FreshnessAnswer(TextChoices):
    """What may be answered from the mail."""

    STILL_AVAILABLE = "still_available", _("Toujours disponible")
    GIVEN = "given", _("Attribuée")
    WITHDRAWN = "withdrawn", _("Retirer")


@dataclass(frozen=True)
class Written:
    """How many resources were asked for or paused, told in how many mails."""

    resources: int
    mails: int


@transaction.atomic
def ask_freshness(*, now: datetime) -> Written:
    """Ask structures about the resources they have not confirmed for a while.

    One mail a person and a day lists all of theirs. Safe to repeat, and to run twice at once:
    the outbox knows each mail by its reader and its day.
    """
    due = resources_to_ask_about(now=now).select_related("partner", "profession", "commune")
    written: set[int] = set()
    mails = 0
    for recipient, theirs in recipients_for(due.order_by("confirmed_at", "pk"), roles=SHARERS):
        if _tell(recipient, theirs, template="resources/email/freshness", kind="ask", now=now):
            mails += 1
            written.update(resource.pk for resource in theirs)
    Resource.objects.filter(pk__in=written).update(asked_at=now)
    return Written(resources=len(written), mails=mails)


@transaction.atomic
def pause_stale(*, now: datetime) -> Written:
    """Pause the resources without news for FRESHNESS_PAUSE_DAYS, and say so by mail."""
    rows = stale_resources(now=now).select_related("partner", "profession", "commune")
    paused = []
    for resource in rows.order_by("confirmed_at", "pk"):
        try:
            pause_resource(resource=resource, by=None, now=now, source=ChangeSource.AUTOMATIC)
        except (ResourceChangedMeanwhile, ResourceGone):
            continue  # confirmed or closed while the command ran
        paused.append(resource)
    mails = [
        _tell(recipient, theirs, template="resources/email/paused", kind="paused", now=now)
        for recipient, theirs in recipients_for(paused, roles=SHARERS)
    ]
    return Written(resources=len(paused), mails=sum(mails))


@transaction.atomic
def answer_freshness(*, token: str, answer: FreshnessAnswer, now: datetime) -> str:
    """Do what the reader of a mail answers, and return the secret of the link that undoes it.

    « Toujours disponible » confirms a published resource and shares again a paused one. Raises
    what `asked_resource` raises, and ResourceIsOver when a paused one has passed its end.
    """
    asked = asked_resource(token, now=now)
    resource = asked.resource
    how: dict[str, Any] = {
        "resource": resource,
        "by": asked.user,
        "now": now,
        "source": ChangeSource.FRESHNESS,
    }
    moved = True
    if answer == FreshnessAnswer.GIVEN:
        give_resource(**how)
    elif answer == FreshnessAnswer.WITHDRAWN:
        withdraw_resource(**how)
    elif resource.status == ResourceStatus.PAUSED:
        publish_resource(**how)
    else:
        confirm_resource(**how)
        moved = False
    change = resource.status_changes.order_by("-at", "-pk").first() if moved else None
    return undo_token(asked, change=change, now=now)


@transaction.atomic
def undo_freshness_answer(*, token: str, now: datetime) -> Resource:
    """Take back an answer given from a mail.

    Raises what `answered_resource` and `undo_last_change` raise, and NothingToUndo when the
    resource has moved on.
    """
    answered = answered_resource(token, now=now)
    resource = answered.resource
    if answered.is_undone:
        raise NothingToUndo
    if answered.change is not None:
        standing = resource.status_changes.filter(undone_at__isnull=True)
        if standing.order_by("-at", "-pk").first() != answered.change:
            raise NothingToUndo
        return undo_last_change(
            resource=resource, by=answered.user, now=now, source=ChangeSource.FRESHNESS
        )
    rows = Resource.objects.filter(
        pk=resource.pk, status=ResourceStatus.PUBLISHED, confirmed_at=answered.answered_at
    )
    if not rows.update(confirmed_at=answered.confirmed_before):
        raise NothingToUndo
    resource.confirmed_at = answered.confirmed_before
    record(
        action="resource.unconfirmed",
        target=resource,
        by=answered.user,
        now=now,
        scope=scope_of(resource),
        changes=sourced({}, ChangeSource.FRESHNESS),
    )
    return resource


def _tell(
    recipient: Recipient, theirs: Iterable[Resource], *, template: str, kind: str, now: datetime
) -> bool:
    today = timezone.localdate(now)
    items = [
        {
            "resource": resource,
            "token": ask_token(resource, recipient, now=now),
            "days": (today - timezone.localdate(resource.confirmed_at)).days,
        }
        for resource in theirs
    ]
    return queue_mail(
        key=f"resources.{kind}:{recipient.key}:{today.isoformat()}",
        to=recipient.email,
        template=template,
        context={
            "items": items,
            "greeting": recipient.user.first_name if recipient.user else "",
            "pause_days": settings.FRESHNESS_PAUSE_DAYS,
        },
        language=recipient.language,
        now=now,
    )
