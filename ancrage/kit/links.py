"""Signed links that work without signing in: reading what one carries, and why one is refused."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LINK_LIFE = timedelta(days=30)
UNDO_LIFE = timedelta(hours=24)


class LinkForged(ValidationError):
    """The text is not a link of ours, or was altered on its way."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce lien n’est pas valable : il a peut-être été coupé par la messagerie."),
            code="forged",
        )


class LinkExpired(ValidationError):
    """The link is older than it may be."""

    def __init__(self) -> None:
        super().__init__(_("Ce lien a expiré."), code="expired")


class LinkUsed(ValidationError):
    """What the link is about was answered, changed or closed since it was sent.

    What derives from it says so in its own words.
    """

    sentence: ClassVar["_StrPromise"]

    def __init__(self) -> None:
        super().__init__(self.sentence, code="used")


class LinkNotYours(ValidationError):
    """The reader no longer acts for the structure."""

    def __init__(self) -> None:
        super().__init__(
            _("Ce lien a été envoyé à quelqu’un qui n’agit plus pour cette structure."),
            code="not_yours",
        )


def unsigned(signer: Signer, token: str) -> dict[str, Any]:
    """Return what a link carries. Raises LinkForged."""
    try:
        content: dict[str, Any] = signer.unsign_object(token)
    except (BadSignature, ValueError):
        # ValueError: signed by us, once, but no longer readable.
        raise LinkForged from None
    return content
