"""One minute to stay fresh: needs are asked for, answered from the mail, paused when silent."""

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
from ancrage.needs.enums import NeedStatus, WithdrawReason
from ancrage.needs.models import Need
from ancrage.needs.queries.freshness import needs_to_ask_about, stale_needs
from ancrage.needs.queries.links import (
    answered_need,
    ask_token,
    asked_need,
    undo_token,
)
from ancrage.needs.services.errors import NothingToUndo
from ancrage.needs.services.life import scope_of
from ancrage.needs.services.lifecycle import (
    confirm_need,
    fill_need,
    pause_need,
    publish_need,
    undo_last_change,
    withdraw_need,
)
from ancrage.partners.recipients import Recipient, recipients_for


class FreshnessAnswer(TextChoices):
    """What may be answered from the mail."""

    STILL_OPEN = "still_open", _("Toujours d’actualité")
    FILLED = "filled", _("Pourvu")
    WITHDRAWN = "withdrawn", _("Retirer")


@dataclass(frozen=True)
class Asked:
    """How many needs were asked for, in how many mails."""

    needs: int
    mails: int


@dataclass(frozen=True)
class Paused:
    """How many needs were paused for want of news, told in how many mails."""

    needs: int
    mails: int


@transaction.atomic
def ask_freshness(*, now: datetime) -> Asked:
    """Ask structures about the needs they have not confirmed for a while.

    One mail a person and a day lists all their needs. Safe to repeat, and to run twice at
    once: the outbox knows each mail by its reader and its day.
    """
    due = needs_to_ask_about(now=now).select_related("partner", "profession", "commune")
    written: set[int] = set()
    mails = 0
    for recipient, needs in recipients_for(due.order_by("confirmed_at", "pk")):
        if _tell(recipient, needs, template="needs/email/freshness", kind="ask", now=now):
            mails += 1
            written.update(need.pk for need in needs)
    Need.objects.filter(pk__in=written).update(asked_at=now)
    return Asked(needs=len(written), mails=mails)


@transaction.atomic
def pause_stale(*, now: datetime) -> Paused:
    """Pause the needs that stayed without news for FRESHNESS_PAUSE_DAYS, and say so by mail."""
    rows = stale_needs(now=now).select_related("partner", "profession", "commune")
    # Held to the end: nobody confirms or closes one of them in between.
    stale = rows.select_for_update(of=("self",)).order_by("confirmed_at", "pk")
    paused = [
        pause_need(need=need, by=None, now=now, source=ChangeSource.AUTOMATIC) for need in stale
    ]
    mails = [
        _tell(recipient, needs, template="needs/email/paused", kind="paused", now=now)
        for recipient, needs in recipients_for(paused)
    ]
    return Paused(needs=len(paused), mails=sum(mails))


@transaction.atomic
def answer_freshness(*, token: str, answer: FreshnessAnswer, now: datetime) -> str:
    """Do what the reader of a mail answers, and return the secret of the link that undoes it.

    « Toujours d’actualité » confirms a published need and publishes again a paused one. Raises
    what `asked_need` raises, and NeedIsOver when a paused need has passed its end.
    """
    asked = asked_need(token, now=now)
    need = asked.need
    how: dict[str, Any] = {
        "need": need,
        "by": asked.user,
        "now": now,
        "source": ChangeSource.FRESHNESS,
    }
    moved = True
    if answer == FreshnessAnswer.FILLED:
        fill_need(**how)
    elif answer == FreshnessAnswer.WITHDRAWN:
        withdraw_need(**how, reason=WithdrawReason.OTHER)
    elif need.status == NeedStatus.PAUSED:
        publish_need(**how)
    else:
        confirm_need(**how)
        moved = False
    change = need.status_changes.order_by("-at", "-pk").first() if moved else None
    return undo_token(asked, change=change, now=now)


@transaction.atomic
def undo_freshness_answer(*, token: str, now: datetime) -> Need:
    """Take back an answer given from a mail.

    Raises LinkForged, LinkExpired, LinkNotYours, NothingToUndo when the need has moved on, and
    what `undo_last_change` raises.
    """
    answered = answered_need(token, now=now)
    need = answered.need
    if answered.is_undone:
        raise NothingToUndo
    if answered.change is not None:
        last = need.status_changes.filter(undone_at__isnull=True).order_by("-at", "-pk").first()
        if last != answered.change:
            raise NothingToUndo
        return undo_last_change(
            need=need, by=answered.user, now=now, source=ChangeSource.FRESHNESS
        )
    rows = Need.objects.filter(
        pk=need.pk, status=NeedStatus.PUBLISHED, confirmed_at=answered.answered_at
    )
    if not rows.update(confirmed_at=answered.confirmed_before):
        raise NothingToUndo
    need.confirmed_at = answered.confirmed_before
    record(
        action="need.unconfirmed",
        target=need,
        by=answered.user,
        now=now,
        scope=scope_of(need),
        changes=sourced({}, ChangeSource.FRESHNESS),
    )
    return need


def _tell(
    recipient: Recipient, needs: Iterable[Need], *, template: str, kind: str, now: datetime
) -> bool:
    today = timezone.localdate(now)
    return queue_mail(
        key=f"needs.{kind}:{recipient.key}:{today.isoformat()}",
        to=recipient.email,
        template=template,
        context={
            "items": [
                {
                    "need": need,
                    "token": ask_token(need, recipient, now=now),
                    "days": (today - timezone.localdate(need.confirmed_at)).days,
                }
                for need in needs
            ],
            "greeting": recipient.user.first_name if recipient.user else "",
            "pause_days": settings.FRESHNESS_PAUSE_DAYS,
        },
        language=recipient.language,
        now=now,
    )
