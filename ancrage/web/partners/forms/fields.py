"""Fields shared by the forms of structures: an identifier, the phone of a service."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import display_phone, normalise_phone
from ancrage.partners.validators import Identifier


class IdentifierField(forms.CharField):
    """A FINESS, a SIREN or a SIRET: spaces do not count, the key is checked.

    `checked` holds, once cleaned, what the check said: a doubtful number passes, and the page
    then says why it should be read again.
    """

    checked: Identifier | None = None

    def __init__(self, check: Callable[[str], Identifier], **kwargs: Any) -> None:
        self.check = check
        super().__init__(
            **{
                "required": False,
                "max_length": 40,
                "widget": forms.TextInput({"autocomplete": "off", "inputmode": "text"}),
                **kwargs,
            }
        )

    def clean(self, value: Any) -> str:
        """Return the bare number, or say why it cannot be one."""
        self.checked = self.check(super().clean(value))
        if self.checked.is_blocking:
            errors = [ValidationError(self.checked.sentence, code="identifier")]
            if self.checked.suggestion:
                errors.append(
                    ValidationError(
                        _("Un tableur efface les zéros de gauche : serait-ce %(number)s ?"),
                        code="identifier",
                        params={"number": self.checked.suggestion},
                    )
                )
            raise ValidationError(errors)
        return self.checked.value


class PhoneField(forms.CharField):
    """The telephone of a service, kept as E.164."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Téléphone du service"),
                "required": False,
                "max_length": 30,
                "widget": forms.TextInput({"type": "tel", "autocomplete": "off"}),
                **kwargs,
            }
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a number as people read it."""
        return display_phone(value) if value else value

    def clean(self, value: Any) -> str:
        """Return the number as E.164, or say that it is none."""
        return normalise_phone(super().clean(value))
