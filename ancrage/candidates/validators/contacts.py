"""What makes a first contact usable."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_reachable(email: str, phone: str) -> None:
    """Refuse a request that nobody could answer."""
    if not email and not phone:
        raise ValidationError(
            _("Indiquez une adresse électronique ou un téléphone, pour que l’on vous réponde."),
            code="unreachable",
        )
