"""The signed links of freshness mails: what they carry, and what they still open.

A link names one need, the moment it was last confirmed, and the reader it was sent to. It
opens for thirty days, as long as nothing was answered and the reader still acts for the
structure; it lets them say « toujours d’actualité », « pourvu » or « retirer », nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.accounts.models import User
from ancrage.kit.links import LINK_LIFE, UNDO_LIFE, LinkExpired, LinkForged, LinkNotYours, unsigned
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.partners.recipients import Recipient, members_of

_ASK = Signer(salt="ancrage.needs.freshness.ask")
_UNDO = Signer(salt="ancrage.needs.freshness.undo")


class LinkUsed(ValidationError):
    """The need was confirmed, changed or closed since the mail."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce besoin a déjà été mis à jour depuis ce courriel. Merci !"), code="used"
        )


@dataclass(frozen=True)
class AskedNeed:
    """What an ask link opens: the need, and who answers (None: the structure's mailbox)."""

    need: Need
    user: User | None
    language: str
    confirmed_at: datetime


@dataclass(frozen=True)
class Answered:
    """What an undo link opens: the need, who answered, and what to go back to.

    `change` is the change of state of the answer, or None for a confirmation, whose earlier
    moment is `confirmed_before`.
    """

    need: Need
    user: User | None
    language: str
    change: NeedStatusChange | None
    answered_at: datetime
    confirmed_before: datetime

    @property
    def is_undone(self) -> bool:
        """Say whether the answer was taken back, or overtaken by another."""
        if self.change is not None:
            return self.change.undone_at is not None
        return self.need.confirmed_at != self.answered_at


def ask_token(need: Need, recipient: Recipient, *, now: datetime) -> str:
    """Return the secret part of the link by which `recipient` answers for `need`."""
    if need.confirmed_at is None:
        message = "a need that was never published is not asked for"
        raise ValueError(message)
    return _ASK.sign_object(
        {
            "need": need.pk,
            "seen": need.confirmed_at.isoformat(),
            "asked": timezone.localdate(now).isoformat(),
            "user": recipient.user.pk if recipient.user else None,
        }
    )


def asked_need(token: str, *, now: datetime) -> AskedNeed:
    """Return what an ask link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    content = unsigned(_ASK, token)
    asked = date.fromisoformat(content["asked"])
    if timezone.localdate(now) > asked + LINK_LIFE:
        raise LinkExpired
    need, user, language = _opened(content)
    may_answer = need.status in (NeedStatus.PUBLISHED, NeedStatus.PAUSED)
    confirmed_at = datetime.fromisoformat(content["seen"])
    if not may_answer or need.confirmed_at != confirmed_at:
        raise LinkUsed
    return AskedNeed(need=need, user=user, language=language, confirmed_at=confirmed_at)


def undo_token(
    asked: AskedNeed,
    *,
    change: NeedStatusChange | None,
    now: datetime,
) -> str:
    """Return the secret part of the link that shows an answer and takes it back."""
    return _UNDO.sign_object(
        {
            "need": asked.need.pk,
            "user": asked.user.pk if asked.user else None,
            "change": change.pk if change else None,
            "at": now.isoformat(),
            "seen": asked.confirmed_at.isoformat(),
        }
    )


def answered_need(token: str, *, now: datetime) -> Answered:
    """Return what an undo link opens. Raises LinkForged, LinkExpired, LinkNotYours."""
    content = unsigned(_UNDO, token)
    answered_at = datetime.fromisoformat(content["at"])
    if now > answered_at + UNDO_LIFE:
        raise LinkExpired
    need, user, language = _opened(content)
    change = None
    if content["change"] is not None:
        change = NeedStatusChange.objects.filter(pk=content["change"], need=need).first()
        if change is None:
            raise LinkForged
    return Answered(
        need=need,
        user=user,
        language=language,
        change=change,
        answered_at=answered_at,
        confirmed_before=datetime.fromisoformat(content["seen"]),
    )


def _opened(content: dict[str, Any]) -> tuple[Need, User | None, str]:
    need = (
        Need.objects.select_related("partner", "profession", "commune")
        .filter(pk=content["need"])
        .first()
    )
    if need is None:
        raise LinkUsed
    if content["user"] is None:
        return need, None, "fr"
    user = next(
        (
            member
            for member in members_of([need.partner]).get(need.partner_id, [])
            if member.pk == content["user"]
        ),
        None,
    )
    if user is None:
        raise LinkNotYours
    return need, user, user.language
