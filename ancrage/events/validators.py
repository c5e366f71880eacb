"""What a registration may hold, whoever enters it: a form, a file, the organiser."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_LINK = 300
# An address in a name is no name: mails greet by it, and would carry it to whoever was typed.
_ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)


def validate_name(text: str) -> None:
    """Refuse an address typed as a name; raise ValidationError."""
    if _ADDRESS.search(text):
        raise ValidationError(
            _("Écrivez un nom, sans adresse de site ni de courriel."), code="address"
        )


def validate_link(text: str) -> None:
    """Refuse what is no address of a secure site; raise ValidationError."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    sound = (
        len(text) <= MOST_LINK
        and text.isprintable()
        and not re.search(r"[\s<>\"'\\]", text)
        and "." in host.strip(".")
    )
    if not sound or parts.scheme != "https" or parts.username is not None:
        raise ValidationError(
            _("Collez une adresse entière, qui commence par https://."), code="link"
        )
