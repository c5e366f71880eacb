"""The signed links by which a structure answers for a resource: « toujours disponible ? »."""

from datetime import datetime

from django.core.signing import Signer
from django.utils.translation import gettext_lazy as _

from ancrage.kit import links as kit_links
from ancrage.partners.enums import MemberRole
from ancrage.partners.links import Answered, Asked, Links, read_ask, read_undo, sign_ask
from ancrage.partners.recipients import Recipient
from ancrage.resources.models import Resource


class LinkUsed(kit_links.LinkUsed):
    """The resource was confirmed, changed or closed since the mail."""

    sentence = _("Cette ressource a déjà été mise à jour depuis ce courriel. Merci !")


LINKS = Links(
    model=Resource,
    ask=Signer(salt="ancrage.resources.freshness.ask"),
    undo=Signer(salt="ancrage.resources.freshness.undo"),
    used=LinkUsed,
    # Welcome bodies share housing and childcare: they answer for it as employers do.
    roles=(MemberRole.EMPLOYER, MemberRole.WELCOME_PARTNER),
)


def ask_token(resource: Resource, recipient: Recipient, *, now: datetime) -> str:
    """Return the secret part of the link by which `recipient` answers for `resource`."""
    return sign_ask(LINKS, resource, recipient, now=now)


def asked_resource(token: str, *, now: datetime) -> Asked[Resource]:
    """Return what an ask link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    return read_ask(LINKS, token, now=now)


def answered_resource(token: str, *, now: datetime) -> Answered[Resource]:
    """Return what an undo link opens. Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours."""
    return read_undo(LINKS, token, now=now)
