"""Signed links that work without signing in: reading what one carries, and why one is refused."""

from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import Refusal

LINK_LIFE = timedelta(days=30)


class DeadLink(Refusal):
    """A link that does not serve, or no longer."""


class LinkForged(DeadLink):
    """The text is not a link of ours, or was altered on its way."""

    sentence = _("Ce lien n’est pas valable : il a peut-être été coupé par la messagerie.")
    known_as = "forged"


class LinkExpired(DeadLink):
    """The link is older than it may be."""

    sentence = _("Ce lien a expiré.")
    known_as = "expired"


class LinkUsed(DeadLink):
    """What the link is about was answered, changed or closed since it was sent.

    What derives from it says so in its own words.
    """

    known_as = "used"


class LinkNotYours(DeadLink):
    """The reader no longer acts for the structure."""

    sentence = _("Ce lien a été envoyé à quelqu’un qui n’agit plus pour cette structure.")
    known_as = "not_yours"


def unsigned(signer: Signer, token: str) -> dict[str, Any]:
    """Return what a link carries. Raises LinkForged."""
    try:
        content: dict[str, Any] = signer.unsign_object(token)
    except (BadSignature, ValueError):
        # ValueError: signed by us, once, but no longer readable.
        raise LinkForged from None
    return content
