"""The signed links by which a partner answers a request from its mail, without signing in.

A link names one request and the reader it was sent to. It opens for thirty days, while the
person agrees, nothing was answered, and the reader still acts for the partner.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.signing import Signer
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.models import User
from ancrage.kit.links import (
    LINK_LIFE,
    LinkExpired,
    LinkForged,
    LinkNotYours,
    LinkUsed,
    unsigned,
)
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.partners.enums import MemberRole, PartnerKind
from ancrage.partners.recipients import Recipient, members_of, recipients_for
from ancrage.welcome.enums import OPEN_STATES
from ancrage.welcome.models import RequestMove, WelcomeRequest
from ancrage.welcome.services.moving import agreed

_ANSWER = Signer(salt="ancrage.welcome.answer")
_UNDO = Signer(salt="ancrage.welcome.undo")
_ROLES = (MemberRole.WELCOME_PARTNER,)


class RequestNotOpen(LinkUsed):
    """It was answered, closed, or its person no longer agrees."""

    sentence = _("Cette demande n’attend plus de réponse : elle a été traitée, ou retirée.")


@dataclass(frozen=True)
class AskedPartner:
    """What an answer link opens: the request, and who answers (None: the mailbox)."""

    request: WelcomeRequest
    user: User | None
    language: str


@dataclass(frozen=True)
class GivenReply:
    """What an undo link opens: the request, who answered, and the step they took."""

    request: WelcomeRequest
    user: User | None
    language: str
    move: RequestMove

    @property
    def is_undone(self) -> bool:
        """Say whether the answer was taken back, or overtaken."""
        return self.request.state != self.move.after


def partner_recipients(request: WelcomeRequest) -> list[Recipient]:
    """Return who answers for the partner: those who welcome for it, or its mailbox.

    The mailbox of a body that recruits is never written to: who recruits reads nothing of this.
    """
    return [
        recipient
        for recipient, _rows in recipients_for([request], roles=_ROLES)
        if recipient.user is not None or request.partner.kind == PartnerKind.WELCOME
    ]


def reply_token(request: WelcomeRequest, recipient: Recipient, *, asked_on: date) -> str:
    """Return the secret part of the link by which `recipient` answers."""
    return _ANSWER.sign_object(
        {
            "request": request.pk,
            "user": recipient.user.pk if recipient.user else None,
            "asked": asked_on.isoformat(),
        }
    )


def asked_partner(*, token: str, now: datetime) -> AskedPartner:
    """Return what a link opens. Raises LinkForged, LinkExpired, LinkNotYours, RequestNotOpen."""
    content = unsigned(_ANSWER, token)
    if timezone.localdate(now) > date.fromisoformat(content["asked"]) + LINK_LIFE:
        raise LinkExpired
    request, user, language = _opened(content)
    if request.state not in OPEN_STATES:
        raise RequestNotOpen
    return AskedPartner(request, user, language)


def undo_token(move: RequestMove, user: User | None) -> str:
    """Return the secret part of the link that shows an answer and takes it back."""
    return _UNDO.sign_object(
        {"request": move.request_id, "user": user.pk if user else None, "move": move.pk}
    )


def given_reply(*, token: str, now: datetime) -> GivenReply:
    """Return what an undo link opens.

    Raises LinkForged, LinkExpired, LinkNotYours, RequestNotOpen.
    """
    content = unsigned(_UNDO, token)
    request, user, language = _opened(content)
    move = request.moves.filter(pk=content["move"]).first()
    if move is None:
        raise LinkForged
    if now > move.at + UNDO_WINDOW:
        raise LinkExpired
    return GivenReply(request, user, language, move)


def _opened(content: dict[str, Any]) -> tuple[WelcomeRequest, User | None, str]:
    rows = WelcomeRequest.objects.select_related("partner", "resource", "project__subject")
    request = rows.filter(pk=content["request"]).first()
    if request is None or request.project is None:
        raise RequestNotOpen
    if not agreed(request.project, request.partner):
        raise RequestNotOpen
    if content["user"] is None:
        return request, None, settings.LANGUAGE_CODE
    members = members_of([request.partner], roles=_ROLES).get(request.partner_id, [])
    user = next((one for one in members if one.pk == content["user"]), None)
    if user is None:
        raise LinkNotYours
    return request, user, user.language
