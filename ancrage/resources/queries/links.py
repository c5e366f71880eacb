"""The signed links of freshness mails: what they carry, and what they still open.

A link names one resource, the moment it was last confirmed, and the reader it was sent to. It
opens for thirty days, as long as nothing was answered and the reader still acts for the
structure; it lets them say « toujours disponible », « attribuée » or « retirer », nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.accounts.models import User
from ancrage.kit.links import (
    LINK_LIFE,
    UNDO_LIFE,
    LinkExpired,
    LinkForged,
    LinkNotYours,
    unsigned,
)
from ancrage.partners.enums import MemberRole
from ancrage.partners.recipients import Recipient, members_of
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource, ResourceStatusChange

# Welcome bodies share housing and childcare: they answer for it as employers do.
SHARERS = (MemberRole.EMPLOYER, MemberRole.WELCOME_PARTNER)
_ASK = Signer(salt="ancrage.resources.freshness.ask")
_UNDO = Signer(salt="ancrage.resources.freshness.undo")


class LinkUsed(ValidationError):
    """The resource was confirmed, changed or closed since the mail."""

    def __init__(self) -> None:
        super().__init__(
            _("Cette ressource a déjà été mise à jour depuis ce courriel. Merci !"), code="used"
        )


@dataclass(frozen=True)
class AskedResource:
    """What an ask link opens: the resource, and who answers (None: the structure's mailbox)."""

    resource: Resource
    user: User | None
    language: str
    confirmed_at: datetime


@dataclass(frozen=True)
class Answered:
    """What an undo link opens: the resource, who answered, and what to go back to.

    `change` is the change of state of the answer, or None for a confirmation, whose earlier
    moment is `confirmed_before`.
    """

    resource: Resource
    user: User | None
    language: str
    change: ResourceStatusChange | None
    answered_at: datetime
    confirmed_before: datetime

    @property
    def is_undone(self) -> bool:
        """Say whether the answer was taken back, or overtaken by another."""
        if self.change is not None:
            return self.change.undone_at is not None
        return self.resource.confirmed_at != self.answered_at


def ask_token(resource: Resource, recipient: Recipient, *, now: datetime) -> str:
    """Return the secret part of the link by which `recipient` answers for `resource`."""
    if resource.confirmed_at is None:
        message = "a resource that was never published is not asked for"
        raise ValueError(message)
    return _ASK.sign_object(
        {
            "resource": resource.pk,
            "seen": resource.confirmed_at.isoformat(),
            "asked": timezone.localdate(now).isoformat(),
            "user": recipient.user.pk if recipient.user else None,
        }
    )


def asked_resource(token: str, *, now: datetime) -> AskedResource:
    """Return what an ask link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    content = unsigned(_ASK, token)
    if timezone.localdate(now) > date.fromisoformat(content["asked"]) + LINK_LIFE:
        raise LinkExpired
    resource, user, language = _opened(content)
    may_answer = resource.status in (ResourceStatus.PUBLISHED, ResourceStatus.PAUSED)
    confirmed_at = datetime.fromisoformat(content["seen"])
    if not may_answer or resource.confirmed_at != confirmed_at:
        raise LinkUsed
    return AskedResource(
        resource=resource, user=user, language=language, confirmed_at=confirmed_at
    )


def undo_token(asked: AskedResource, *, change: ResourceStatusChange | None, now: datetime) -> str:
    """Return the secret part of the link that shows an answer and takes it back."""
    return _UNDO.sign_object(
        {
            "resource": asked.resource.pk,
            "user": asked.user.pk if asked.user else None,
            "change": change.pk if change else None,
            "at": now.isoformat(),
            "seen": asked.confirmed_at.isoformat(),
        }
    )


def answered_resource(token: str, *, now: datetime) -> Answered:
    """Return what an undo link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    content = unsigned(_UNDO, token)
    answered_at = datetime.fromisoformat(content["at"])
    if now > answered_at + UNDO_LIFE:
        raise LinkExpired
    resource, user, language = _opened(content)
    change = None
    if content["change"] is not None:
        change = resource.status_changes.filter(pk=content["change"]).first()
        if change is None:
            raise LinkForged
    return Answered(
        resource=resource,
        user=user,
        language=language,
        change=change,
        answered_at=answered_at,
        confirmed_before=datetime.fromisoformat(content["seen"]),
    )


def _opened(content: dict[str, Any]) -> tuple[Resource, User | None, str]:
    resource = (
        Resource.objects.select_related("partner", "profession", "commune")
        .filter(pk=content["resource"])
        .first()
    )
    if resource is None:
        raise LinkUsed
    if content["user"] is None:
        return resource, None, settings.LANGUAGE_CODE
    members = members_of([resource.partner], roles=SHARERS).get(resource.partner_id, [])
    user = next((member for member in members if member.pk == content["user"]), None)
    if user is None:
        raise LinkNotYours
    return resource, user, user.language
