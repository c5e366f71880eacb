"""The signed links of freshness mails: what they carry, and what they still open.

A link names one row, the moment it was last confirmed, and the reader it was sent to. It opens
for thirty days, as long as nothing was answered and the reader still acts for the structure; it
lets them say that it still holds or that it is over, nothing else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic

from django.conf import settings
from django.core.signing import Signer
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.kit.life.kinds import Row
from ancrage.kit.life.models import StatusChange
from ancrage.kit.life.states import State
from ancrage.kit.links import (
    LINK_LIFE,
    LinkExpired,
    LinkForged,
    LinkNotYours,
    LinkUsed,
    unsigned,
)
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.partners.enums import MemberRole
from ancrage.partners.recipients import RECRUITERS, Recipient, members_of


@dataclass(frozen=True)
class Links(Generic[Row]):
    """The links of one kind of row, whose model has a `partner`.

    `ask` and `undo` sign under two salts, so that neither serves for the other; `joined` are the
    relations that mails and pages name a row by, `roles` those who may answer, and `used` says in
    the kind's words that the row has moved on.
    """

    model: type[Row]
    ask: Signer
    undo: Signer
    used: type[LinkUsed]
    joined: tuple[str, ...] = ("partner", "profession", "commune")
    roles: Collection[MemberRole] = RECRUITERS

    @property
    def name(self) -> str:
        """What the links call the row: « need »."""
        return str(self.model._meta.model_name)


@dataclass(frozen=True)
class Asked(Generic[Row]):
    """What an ask link opens: the row, and who answers (None: the structure's mailbox)."""

    row: Row
    user: User | None
    language: str
    confirmed_at: datetime


@dataclass(frozen=True)
class Answered(Generic[Row]):
    """What an undo link opens: the row, who answered, and what to go back to.

    `change` is the change of state of the answer, or None for a confirmation, whose earlier
    moment is `confirmed_before`.
    """

    row: Row
    user: User | None
    language: str
    change: StatusChange | None
    answered_at: datetime
    confirmed_before: datetime

    @property
    def is_undone(self) -> bool:
        """Say whether the answer was taken back, or overtaken by another."""
        if self.change is not None:
            return self.change.undone_at is not None
        return self.row.confirmed_at != self.answered_at


def sign_ask(links: Links[Row], row: Row, recipient: Recipient, *, now: datetime) -> str:
    """Return the secret part of the link by which `recipient` answers for `row`."""
    if row.confirmed_at is None:
        message = f"a {links.name} that was never published is not asked for"
        raise ValueError(message)
    return links.ask.sign_object(
        {
            links.name: row.pk,
            "seen": row.confirmed_at.isoformat(),
            "asked": timezone.localdate(now).isoformat(),
            "user": recipient.user.pk if recipient.user else None,
        }
    )


def read_ask(links: Links[Row], token: str, *, now: datetime) -> Asked[Row]:
    """Return what an ask link opens.

    Raises LinkForged, LinkExpired, LinkNotYours, or the kind's `used`.
    """
    content = unsigned(links.ask, token)
    if timezone.localdate(now) > date.fromisoformat(content["asked"]) + LINK_LIFE:
        raise LinkExpired
    row, user, language = _opened(links, content)
    confirmed_at = datetime.fromisoformat(content["seen"])
    if row.status not in (State.PUBLISHED, State.PAUSED) or row.confirmed_at != confirmed_at:
        raise links.used
    return Asked(row=row, user=user, language=language, confirmed_at=confirmed_at)


def sign_undo(
    links: Links[Row], asked: Asked[Row], *, change: StatusChange | None, now: datetime
) -> str:
    """Return the secret part of the link that shows an answer and takes it back."""
    return links.undo.sign_object(
        {
            links.name: asked.row.pk,
            "user": asked.user.pk if asked.user else None,
            "change": change.pk if change else None,
            "at": now.isoformat(),
            "seen": asked.confirmed_at.isoformat(),
        }
    )


def read_undo(links: Links[Row], token: str, *, now: datetime) -> Answered[Row]:
    """Return what an undo link opens.

    Raises LinkForged, LinkExpired, LinkNotYours, or the kind's `used`.
    """
    content = unsigned(links.undo, token)
    answered_at = datetime.fromisoformat(content["at"])
    if now > answered_at + UNDO_WINDOW:
        raise LinkExpired
    row, user, language = _opened(links, content)
    change = None
    if content["change"] is not None:
        change = row.status_changes.filter(pk=content["change"]).first()
        if change is None:
            raise LinkForged
    return Answered(
        row=row,
        user=user,
        language=language,
        change=change,
        answered_at=answered_at,
        confirmed_before=datetime.fromisoformat(content["seen"]),
    )


def _opened(links: Links[Row], content: dict[str, Any]) -> tuple[Row, User | None, str]:
    rows: Any = links.model._default_manager.select_related(*links.joined)
    row = rows.filter(pk=content[links.name]).first()
    if row is None:
        raise links.used
    if content["user"] is None:
        return row, None, settings.LANGUAGE_CODE
    members = members_of([row.partner], roles=links.roles).get(row.partner_id, [])
    user = next((member for member in members if member.pk == content["user"]), None)
    if user is None:
        raise LinkNotYours
    return row, user, user.language
