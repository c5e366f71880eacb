"""One minute to stay fresh: structures are asked by mail about what they published.

They answer from the mail; what stays silent is paused, and they are told.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ancrage.kit.changes import ChangeSource
from ancrage.kit.life import moves
from ancrage.kit.life.freshness import gone_silent, to_ask_about
from ancrage.kit.life.kinds import Life, Row
from ancrage.kit.life.refusals import NothingToUndo
from ancrage.kit.life.states import State
from ancrage.kit.life.trace import leave_trace
from ancrage.kit.mail import queue_mail
from ancrage.kit.moves import standing
from ancrage.partners.links import Links, read_ask, read_undo, sign_ask, sign_undo
from ancrage.partners.recipients import Recipient, recipients_for


@dataclass(frozen=True)
class Asking(Generic[Row]):
    """How the structures are asked about one kind of row, whose model has a `partner`.

    `mails` is the folder of the mails' templates, and the first word of their keys.
    """

    life: Life[Row]
    links: Links[Row]
    mails: str


@dataclass(frozen=True)
class Told:
    """About how many rows structures were written to, in how many mails."""

    rows: int
    mails: int


@transaction.atomic
def ask(*, asking: Asking[Row], now: datetime) -> Told:
    """Ask structures about the rows they have not confirmed for a while.

    One mail a person and a day lists all of theirs. Safe to repeat, and to run twice at once:
    the outbox knows each mail by its reader and its day.
    """
    present = asking.life.rows.filter(partner__left_at__isnull=True)
    due = to_ask_about(present, now=now).select_related(*asking.links.joined)
    written: set[int] = set()
    mails = 0
    for recipient, theirs in _readers(asking, due.order_by("confirmed_at", "pk")):
        if _tell(asking, recipient, theirs, mail="freshness", key="ask", now=now):
            mails += 1
            written.update(row.pk for row in theirs)
    asking.life.rows.filter(pk__in=written).update(asked_at=now)
    return Told(rows=len(written), mails=mails)


@transaction.atomic
def pause_silent(*, asking: Asking[Row], now: datetime) -> Told:
    """Pause the rows that stayed without news for FRESHNESS_PAUSE_DAYS, and say so by mail."""
    silent = gone_silent(asking.life.rows, now=now).select_related(*asking.links.joined)
    # Held to the end: nobody confirms or closes one of them in between.
    held = silent.select_for_update(of=("self",)).order_by("confirmed_at", "pk")
    how: dict[str, Any] = {"by": None, "now": now, "source": ChangeSource.AUTOMATIC}
    paused = [moves.move(asking.life, row, State.PAUSED, "paused", **how) for row in held]
    mails = [
        _tell(asking, recipient, theirs, mail="paused", key="paused", now=now)
        for recipient, theirs in _readers(asking, paused)
    ]
    return Told(rows=len(paused), mails=sum(mails))


@transaction.atomic
def answer(
    *, asking: Asking[Row], token: str, close: Callable[..., Row] | None, now: datetime
) -> str:
    """Do what the reader of a mail answers, and return the secret of the link that undoes it.

    `close(row, by=…, now=…, source=…)` ends the row; None says that it still holds, which
    confirms a published row and publishes again a paused one. Raises what `read_ask` raises, and
    the kind's `is_over` when a paused row has passed its end.
    """
    asked = read_ask(asking.links, token, now=now)
    row = asked.row
    how: dict[str, Any] = {"by": asked.user, "now": now, "source": ChangeSource.FRESHNESS}
    if close is None and row.status == State.PUBLISHED:
        moves.confirm(asking.life, row, **how)
        return sign_undo(asking.links, asked, change=None, now=now)
    if close is None:
        moves.publish(asking.life, row, **how)
    else:
        close(row, **how)
    change = row.status_changes.order_by("-at", "-pk").first()
    return sign_undo(asking.links, asked, change=change, now=now)


@transaction.atomic
def undo_answer(*, asking: Asking[Row], token: str, now: datetime) -> Row:
    """Take back an answer given from a mail.

    Raises what `read_undo` and `undo_last_change` raise, and NothingToUndo when the row has
    moved on.
    """
    answered = read_undo(asking.links, token, now=now)
    row = answered.row
    how: dict[str, Any] = {"by": answered.user, "now": now, "source": ChangeSource.FRESHNESS}
    if answered.is_undone:
        raise NothingToUndo
    if answered.change is not None:
        if standing(row.status_changes.all()).first() != answered.change:
            raise NothingToUndo
        return moves.undo_last_change(asking.life, row, **how)
    rows = asking.life.rows.filter(
        pk=row.pk, status=State.PUBLISHED, confirmed_at=answered.answered_at
    )
    if not rows.update(confirmed_at=answered.confirmed_before):
        raise NothingToUndo
    row.confirmed_at = answered.confirmed_before
    leave_trace(asking.life, row, "unconfirmed", **how)
    return row


def _readers(asking: Asking[Row], rows: Iterable[Row]) -> list[tuple[Recipient, list[Row]]]:
    return recipients_for(rows, roles=asking.links.roles)


def _tell(
    asking: Asking[Row],
    recipient: Recipient,
    rows: Iterable[Row],
    *,
    mail: str,
    key: str,
    now: datetime,
) -> bool:
    today = timezone.localdate(now)
    items = [
        {
            asking.links.name: row,
            "token": sign_ask(asking.links, row, recipient, now=now),
            "days": (today - timezone.localdate(row.confirmed_at)).days,
        }
        for row in rows
    ]
    return queue_mail(
        key=f"{asking.mails}.{key}:{recipient.key}:{today.isoformat()}",
        to=recipient.email,
        template=f"{asking.mails}/email/{mail}",
        context={
            "items": items,
            "greeting": recipient.user.first_name if recipient.user else "",
            "pause_days": settings.FRESHNESS_PAUSE_DAYS,
        },
        language=recipient.language,
        now=now,
    )
