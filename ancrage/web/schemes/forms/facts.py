"""« Mes aides »: what is told in the address, and nowhere else; nothing of it is stored."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.schemes.enums import FactNature, Receiver
from ancrage.schemes.reference.facts import FactRow, fact_rows
from ancrage.schemes.services import fact_of_words
from ancrage.schemes.services.comparing import OF_PLACES
from ancrage.territory.models import Commune
from ancrage.territory.queries import commune_search

# What is asked of everybody first: it settles most aids.
FIRST = ("metier", "situations", "age", "secteur_employeur")
# What weighs most when one moves.
MOVING = ("premiere_installation", "exercice_principal", "demenage")
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

    def __init__(
        self, data: Any, *, further: Sequence[str] = (), known: Collection[str] = ()
    ) -> None:
        # A first visit has told nothing, and has nothing to mend.
        super().__init__(data or None)
        rows = fact_rows()
        told = [name for name in rows if name in data]
        # What is known already is not asked for, unless it is told otherwise.
        asked = [name for name in (*FIRST, *further) if name not in known]
        self.asked: tuple[str, ...] = tuple(dict.fromkeys([*asked, *told]))
        for name in self.asked:
            self.fields[name] = field_of_fact(rows[name])

    def clean_commune(self) -> Commune | None:
        """Return the commune that a name or a postcode means, if it is the only one."""
        return commune_meant(self.cleaned_data["commune"])

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
        return _told(self, self.asked) if self._is_read() else {}


class MovingForm(forms.Form):
    """The commune left, the other, and what is true in both."""

    de = forms.CharField(
        label=_("Commune quittée"),
        max_length=120,
        help_text=_("Nom ou code postal."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    vers = forms.CharField(
        label=_("Commune d’arrivée"),
        max_length=120,
        help_text=_("Nom ou code postal."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any) -> None:
        rows = fact_rows()
        told = [name for name in rows if name in data and name not in OF_PLACES]
        self.asked = tuple(dict.fromkeys([*FIRST, *MOVING, *told]))
        communes = {"de", "vers"} & set(data)
        # Until a commune is named there is nothing to mend: what is known only fills the form.
        super().__init__(data if communes else None, initial=None if communes else _shown(data))
        for name in self.asked:
            self.fields[name] = field_of_fact(rows[name])

    def clean_de(self) -> Commune | None:
        """Return the commune left."""
        return commune_meant(self.cleaned_data["de"])

    def clean_vers(self) -> Commune | None:
        """Return the other."""
        return commune_meant(self.cleaned_data["vers"])

    def is_told(self) -> bool:
        """Say whether both communes are known; answers in error are left aside."""
        self.is_valid()
        return self.is_bound and {"de", "vers"} <= set(self.cleaned_data)

    def facts(self) -> dict[str, Any]:
        """Return what is told, by name of fact."""
        return _told(self, self.asked)


def commune_meant(text: str) -> Commune | None:
    """Return the commune that a name or a postcode means, if it is the only one; None for no
    text."""
    text = text.replace("\x00", "").strip()
    if not text:
        return None
    found = list(commune_search(text)[:2])
    if len(found) == 1 or (found and found[0].name.casefold() == text.casefold()):
        return found[0]
    if found:
        raise ValidationError(_("Plusieurs communes répondent : précisez le code postal."))
    raise ValidationError(_("Aucune commune ne porte ce nom : vérifiez l’orthographe."))


def _told(form: forms.Form, asked: Sequence[str]) -> dict[str, Any]:
    cleaned: Mapping[str, Any] = form.cleaned_data
    return {
        name: fact_of_words(name, cleaned[name], none_of_these=NONE_OF_THESE)
        for name in asked
        if cleaned.get(name) not in (None, "", [])
    }


def _shown(data: Any) -> dict[str, Any]:
    return {name: data[name] for name in data}


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
