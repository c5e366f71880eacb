"""What an account accepts, whoever asks: a form, the API, a command."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LONGEST_TOKEN_LIFE = timedelta(days=365)


def clean_address(value: str) -> str:
    """Return an e-mail address as accounts keep it: no spaces around, lower case."""
    address = value.strip().lower()
    validate_email(address)
    return address


def validate_token_end(end: date, *, today: date) -> None:
    """Refuse a token that would be over already, or would outlive a year."""
    if end <= today:
        raise ValidationError(_("Choisissez une date à venir."), code="past")
    if end > today + LONGEST_TOKEN_LIFE:
        raise ValidationError(
            _("Un jeton vit un an au plus : choisissez une date plus proche."), code="too_far"
        )
