"""The signed links by which an employer answers about its part of a shared post."""

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
from ancrage.matching.enums import PartAnswer, PostState
from ancrage.matching.models import SharedPostMove, SharedPostPart
from ancrage.partners.recipients import Recipient, members_of

_ANSWER = Signer(salt="ancrage.matching.post.answer")
_UNDO = Signer(salt="ancrage.matching.post.undo")


class PartAnswered(LinkUsed):
    """The employer answered already, or the file moved on."""

    sentence = _("Ce poste partagé n’attend plus votre réponse, ou ses conditions ont changé.")


@dataclass(frozen=True)
class AskedPart:
    """What a link opens: the part, and who answers (None: the structure's mailbox)."""

    part: SharedPostPart
    user: User | None
    language: str


@dataclass(frozen=True)
class GivenPartAnswer:
    """What an undo link opens: the step that an employer took."""

    step: SharedPostMove
    user: User | None
    language: str

    @property
    def is_undone(self) -> bool:
        """Say whether the answer was taken back."""
        return self.step.undone_at is not None


def part_token(part: SharedPostPart, recipient: Recipient, *, now: datetime) -> str:
    """Return the secret part of the link by which `recipient` answers for `part`."""
    return _ANSWER.sign_object(
        {
            "part": part.pk,
            "asked": part.asked_at.isoformat() if part.asked_at else "",
            "sent": timezone.localdate(now).isoformat(),
            "user": recipient.user.pk if recipient.user else None,
        }
    )


def asked_part(token: str, *, now: datetime) -> AskedPart:
    """Return what a link opens. Raises LinkForged, LinkExpired, LinkNotYours, PartAnswered."""
    content = unsigned(_ANSWER, token)
    if timezone.localdate(now) > date.fromisoformat(content["sent"]) + LINK_LIFE:
        raise LinkExpired
    part, user, language = _opened(content)
    same = part.asked_at is not None and part.asked_at.isoformat() == content["asked"]
    if not same or part.answer != PartAnswer.ASKED or part.post.state != PostState.STUDIED:
        raise PartAnswered
    return AskedPart(part, user, language)


def part_answer_token(step: SharedPostMove, asked: AskedPart) -> str:
    """Return the secret part of the link that shows an answer and takes it back."""
    return _UNDO.sign_object(
        {
            "part": asked.part.pk,
            "step": step.pk,
            "user": asked.user.pk if asked.user else None,
        }
    )


def given_part_answer(token: str, *, now: datetime) -> GivenPartAnswer:
    """Return what an undo link opens. Raises LinkForged, LinkExpired, LinkNotYours."""
    content = unsigned(_UNDO, token)
    part, user, language = _opened(content)
    step = (
        SharedPostMove.objects.filter(pk=content["step"], part=part)
        .select_related("post__lead", "post__territory", "post__need", "part__need__partner")
        .first()
    )
    if step is None:
        raise LinkForged
    if not step.is_recent(now):
        raise LinkExpired
    return GivenPartAnswer(step, user, language)


def _opened(content: dict[str, Any]) -> tuple[SharedPostPart, User | None, str]:
    part = (
        SharedPostPart.objects.filter(pk=content["part"])
        .select_related(
            "post__lead",
            "post__territory",
            "post__profession",
            "need__partner",
            "need__profession",
            "need__specialty",
            "need__commune",
            "retained__profession",
            "retained__commune",
            "partner",
        )
        .first()
    )
    if part is None:
        raise PartAnswered
    if content["user"] is None:
        return part, None, settings.LANGUAGE_CODE
    members = members_of([part.partner]).get(part.partner_id, [])
    user = next((member for member in members if member.pk == content["user"]), None)
    if user is None:
        raise LinkNotYours
    return part, user, user.language
