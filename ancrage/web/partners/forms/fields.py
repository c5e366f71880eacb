"""Fields shared by the forms of structures: a commune by its name, an identifier, a phone."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import display_phone, normalise_phone
from ancrage.kit.text import words
from ancrage.partners.validators import Identifier
from ancrage.territory.models import Commune, Territory
from ancrage.territory.queries import commune_search, current_communes
from ancrage.web.widgets import ComboboxInput

_MOST_NAMED = 4
_WITH_DEPARTMENT = re.compile(r"(.+?)\s*\((\w{2,3})\)")


def commune_label(commune: Commune) -> str:
    """« Pornic (44) »: the name as the combobox offers it, its department telling homonyms apart.

    The department of a commune must have been read with it.
    """
    return f"{commune.name} ({commune.department.code})"


def commune_options(territory: Territory | None) -> list[str]:
    """Return the communes of a territory as a combobox offers them."""
    if territory is None:
        return []
    rows = territory.communes.select_related("department").order_by("search_name", "pk")
    return [commune_label(commune) for commune in rows]


class CommuneField(forms.CharField):
    """A commune typed by its name; any commune of the country, those of the territory offered."""

    widget = ComboboxInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Commune"),
                "max_length": 140,
                "help_text": _("Tapez quelques lettres, puis choisissez dans la liste."),
                **kwargs,
            }
        )

    def offer(self, territory: Territory | None) -> None:
        """Suggest the communes of `territory`."""
        self.widget.options = lambda: commune_options(territory)

    def prepare_value(self, value: Any) -> Any:
        """Show a commune by its label, what was typed as it was."""
        return commune_label(value) if isinstance(value, Commune) else value

    def clean(self, value: Any) -> Commune | None:
        """Return the commune meant, or None when the field may stay empty."""
        typed = super().clean(value)
        return _commune_meant(typed) if typed else None


def _commune_meant(typed: str) -> Commune:
    named = _WITH_DEPARTMENT.fullmatch(typed.strip())
    name = named[1] if named else typed
    exact = current_communes().filter(search_name=" ".join(words(name))).order_by("pk")
    found: list[Commune] = []
    for rows in (exact, commune_search(name)):
        if named is not None:
            rows = rows.filter(department__code=named[2].upper())
        found = list(rows.select_related("department")[:_MOST_NAMED])
        if len(found) == 1:
            return found[0]
        if found:
            break
    if found:
        raise ValidationError(
            _("Plusieurs communes correspondent : %(communes)s. Choisissez dans la liste."),
            code="several",
            params={"communes": ", ".join(map(commune_label, found))},
        )
    raise ValidationError(
        _("Commune inconnue : « %(typed)s ». Écrivez son nom, son code postal ou son code INSEE."),
        code="unknown",
        params={"typed": typed[:60]},
    )


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
