"""The signed links of the questions after a hire: what they carry, and what they still open.

A link names one question, the day it was sent and, for a structure, the member it was sent to.
It opens for thirty days, as long as nobody has answered; it lets one answer, nothing else.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.signing import Signer
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.models import User
from ancrage.journeys.enums import UNANSWERED_STATES, FollowUpSide
from ancrage.journeys.models import FollowUp
from ancrage.kit import links as kit_links
from ancrage.kit.links import LINK_LIFE, LinkExpired, LinkForged, LinkNotYours, unsigned
from ancrage.partners.recipients import members_of

_SIGNER = Signer(salt="ancrage.journeys.follow_up")


class LinkUsed(kit_links.LinkUsed):
    """Somebody has answered, or there is nothing left to ask."""

    sentence = _("La réponse est déjà enregistrée, ou la question n’a plus lieu d’être. Merci !")


@dataclass(frozen=True)
class Asked:
    """What a link opens: the question, and who answers (None: the person, or a mailbox)."""

    follow_up: FollowUp
    user: User | None
    language: str


def follow_up_token(follow_up: FollowUp, user: User | None, *, now: datetime) -> str:
    """Return the secret part of the link by which `user`, or the person, answers."""
    return _SIGNER.sign_object(
        {
            "follow_up": follow_up.pk,
            "asked": timezone.localdate(now).isoformat(),
            "user": user.pk if user else None,
        }
    )


def asked_follow_up(token: str, *, now: datetime) -> Asked:
    """Return what a link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    content = unsigned(_SIGNER, token)
    if timezone.localdate(now) > date.fromisoformat(content["asked"]) + LINK_LIFE:
        raise LinkExpired
    found = (
        FollowUp.objects.select_related(
            "stay__journey__candidate__subject", "stay__partner", "stay__profession"
        )
        .filter(pk=content["follow_up"], state__in=sorted(UNANSWERED_STATES))
        .first()
    )
    if found is None:
        raise LinkUsed
    candidate = found.stay.journey.candidate
    if not candidate.subject.is_shown:
        raise LinkUsed
    if found.side == FollowUpSide.PERSON:
        return Asked(found, None, candidate.language)
    if content["user"] is None:
        return Asked(found, None, settings.LANGUAGE_CODE)
    partner = found.stay.partner
    members = members_of([partner]).get(partner.pk, []) if partner else []
    user = next((member for member in members if member.pk == content["user"]), None)
    if user is None:
        raise LinkNotYours
    return Asked(found, user, user.language)


__all__ = [
    "Asked",
    "LinkExpired",
    "LinkForged",
    "LinkNotYours",
    "LinkUsed",
    "asked_follow_up",
    "follow_up_token",
]
