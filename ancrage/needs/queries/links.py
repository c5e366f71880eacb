"""The signed links by which a structure answers for a need: « toujours d’actualité ? »."""

from datetime import datetime

from django.core.signing import Signer
from django.utils.translation import gettext_lazy as _

from ancrage.kit import links as kit_links
from ancrage.needs.models import Need
from ancrage.partners.links import Answered, Asked, Links, read_ask, read_undo, sign_ask
from ancrage.partners.recipients import Recipient


class LinkUsed(kit_links.LinkUsed):
    """The need was confirmed, changed or closed since the mail."""

    sentence = _("Ce besoin a déjà été mis à jour depuis ce courriel. Merci !")


LINKS = Links(
    model=Need,
    ask=Signer(salt="ancrage.needs.freshness.ask"),
    undo=Signer(salt="ancrage.needs.freshness.undo"),
    used=LinkUsed,
)


def ask_token(need: Need, recipient: Recipient, *, now: datetime) -> str:
    """Return the secret part of the link by which `recipient` answers for `need`."""
    return sign_ask(LINKS, need, recipient, now=now)


def asked_need(token: str, *, now: datetime) -> Asked[Need]:
    """Return what an ask link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    return read_ask(LINKS, token, now=now)


def answered_need(token: str, *, now: datetime) -> Answered[Need]:
    """Return what an undo link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    return read_undo(LINKS, token, now=now)
