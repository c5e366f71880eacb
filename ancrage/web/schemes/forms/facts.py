"""« Mes aides »: what is told in the address, and nowhere else; nothing of it is stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.schemes.enums import FactNature, Receiver
from ancrage.schemes.reference.facts import FactRow, fact_rows
from ancrage.schemes.services import fact_of_words
from ancrage.territory.models import Commune
from ancrage.territory.queries import commune_search

# What is asked of everybody first: it settles most aids.
FIRST = ("metier", "situations", "age", "secteur_employeur")
NONE_OF_THESE = "aucun"
_UNKNOWN = ("", _("Je ne sais pas"))
_MOST = 10**7


class MyAidsForm(forms.Form):
    """For whom, in which commune, and the facts asked; an empty answer is « nobody knows »."""

    pour = forms.ChoiceField(label=_("Pour qui"), choices=Receiver.choices, required=False)
    commune = forms.CharField(
        label=_("Commune d’exercice"),
        required=False,
        max_length=120,
        help_text=_("Nom ou code postal."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, further: Sequence[str] = ()) -> None:
        # A first visit has told nothing, and has nothing to mend.
        super().__init__(data or None)
        rows = fact_rows()
        told = [name for name in rows if name in data]
        self.asked: tuple[str, ...] = tuple(dict.fromkeys([*FIRST, *told, *further]))
        for name in self.asked:
            self.fields[name] = field_of_fact(rows[name])

    def clean_commune(self) -> Commune | None:
        """Return the commune that a name or a postcode means, if it is the only one."""
        text = self.cleaned_data["commune"].replace("\x00", "").strip()
        if not text:
            return None
        found = list(commune_search(text)[:2])
        if len(found) == 1 or (found and found[0].name.casefold() == text.casefold()):
            return found[0]
        if found:
            raise ValidationError(_("Plusieurs communes répondent : précisez le code postal."))
        raise ValidationError(_("Aucune commune ne porte ce nom : vérifiez l’orthographe."))

    @property
    def receiver(self) -> Receiver:
        """For whom the question is asked; a person, unless another is told."""
        told = self.cleaned_data.get("pour") if self._is_read() else ""
        return Receiver(told or Receiver.PERSON)

    @property
    def place(self) -> Commune | None:
        """The commune told, if it is one."""
        return self.cleaned_data.get("commune") if self._is_read() else None

    def _is_read(self) -> bool:
        """Read the answers; those in error are left aside, as the page says."""
        self.is_valid()
        return self.is_bound

    def facts(self) -> dict[str, Any]:
        """Return what is told, by name of fact; an answer in error is left aside."""
        cleaned: Mapping[str, Any] = self.cleaned_data if self._is_read() else {}
        return {
            name: fact_of_words(name, cleaned[name], none_of_these=NONE_OF_THESE)
            for name in self.asked
            if cleaned.get(name) not in (None, "", [])
        }


def field_of_fact(row: FactRow) -> forms.Field:
    """Return the field that asks for a fact; empty is « nobody knows »."""
    label = f"{row.label} ({row.unit})" if row.unit else str(row.label)
    words = list(row.words.items())
    if row.nature == FactNature.NUMBER:
        return forms.DecimalField(
            label=label, required=False, min_value=0, max_value=_MOST, localize=True
        )
    if row.nature == FactNature.DAY:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=False, widget=widget)
    if row.nature == FactNature.SET:
        return forms.MultipleChoiceField(
            label=label,
            required=False,
            choices=[*words, (NONE_OF_THESE, _("Rien de cela"))],
            widget=forms.CheckboxSelectMultiple,
        )
    if row.nature == FactNature.FLAG:
        words = [
            ("oui", pgettext_lazy("réponse", "oui")),
            ("non", pgettext_lazy("réponse", "non")),
        ]
    return forms.ChoiceField(label=label, required=False, choices=[_UNKNOWN, *words])
