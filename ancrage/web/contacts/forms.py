"""« Me faire connaître »: under two minutes, one way to be reached, nothing intrusive."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import ContactRequestStatus, Horizon
from ancrage.candidates.services import Contact
from ancrage.candidates.validators import validate_reachable
from ancrage.professions.queries import find_profession
from ancrage.territory.models import Commune, Territory

DISTANCES = [("", _("cette commune")), *[(km, f"{km} km") for km in (5, 10, 20, 30, 50)]]


class ContactForm(forms.Form):
    """A first contact. `territory` bounds the communes proposed."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Votre téléphone"),
        max_length=20,
        required=False,
        help_text=_("Une adresse ou un téléphone suffit."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    profession_text = forms.CharField(
        label=_("Votre métier, ou celui que vous visez"),
        max_length=120,
        required=False,
        help_text=_("Comme vous le dites : IDE, aide-soignant, kiné, étudiante en médecine…"),
    )
    commune = forms.ModelChoiceField(
        label=_("Près de quelle commune ?"),
        queryset=Commune.objects.none(),
        required=False,
        empty_label=_("Peu importe"),
    )
    radius_km = forms.TypedChoiceField(
        label=_("Jusqu’à"), choices=DISTANCES, coerce=int, empty_value=None, required=False
    )
    horizon = forms.ChoiceField(
        label=_("Quand ?"), choices=[("", _("À définir")), *Horizon.choices], required=False
    )
    message = forms.CharField(
        label=_("Ce que vous voulez nous dire"),
        max_length=2000,
        required=False,
        help_text=_("Ni santé, ni famille, ni numéro de sécurité sociale : on n’en a pas besoin."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    # A field people do not see; programs that fill everything fill it.
    website = forms.CharField(
        label=_("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = territory.communes.order_by("name", "pk")
        self.fields["commune"].queryset = communes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one way to answer."""
        cleaned = super().clean() or {}
        if "email" not in self.errors and "phone" not in self.errors:
            try:
                validate_reachable(cleaned.get("email", ""), cleaned.get("phone", ""))
            except forms.ValidationError as error:
                self.add_error("email", error)
        return cleaned

    @property
    def looks_automatic(self) -> bool:
        """Say whether a program filled the field that people do not see."""
        return bool(self.cleaned_data.get("website"))

    def contact(self, *, offer_label: str) -> Contact:
        """Return what was typed; the profession is recognised when it is certain."""
        cleaned = self.cleaned_data
        text = cleaned["profession_text"]
        return Contact(
            name=cleaned["name"],
            email=cleaned["email"],
            phone=cleaned["phone"],
            profession=find_profession(text).profession if text else None,
            profession_text=text,
            commune=cleaned["commune"],
            radius_km=cleaned["radius_km"],
            horizon=cleaned["horizon"],
            message=cleaned["message"],
            offer_label=offer_label,
        )


class ContactFilters(forms.Form):
    """The coordination's queue."""

    q = forms.CharField(
        label=_("Nom, adresse ou métier"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    etat = forms.ChoiceField(
        label=_("État"),
        choices=[("", _("Tous les états")), *ContactRequestStatus.choices],
        required=False,
    )
