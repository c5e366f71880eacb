"""« Me faire connaître »: under two minutes, one way to be reached, nothing intrusive."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import ContactRequestStatus, Horizon
from ancrage.candidates.services import CandidateFacts, Contact
from ancrage.candidates.validators import LENGTHS, validate_reachable
from ancrage.kit.contacts import normalise_phone
from ancrage.partners.models import Partner
from ancrage.partners.queries import employers_in
from ancrage.privacy.detectors import detect_forbidden
from ancrage.privacy.notices import current_notice
from ancrage.professions.queries import find_profession
from ancrage.territory.models import Commune, Territory
from ancrage.web.fields import ReadProfession
from ancrage.web.filters import WordsField

POOL = "talent_pool"

DISTANCES = [
    ("", _("Sans limite")),
    (0, _("cette commune")),
    *[(km, f"{km} km") for km in (5, 10, 20, 30, 50)],
]


class ContactForm(forms.Form):
    """A first contact. `territory` bounds the communes proposed."""

    first_name = forms.CharField(
        label=_("Votre prénom"),
        max_length=LENGTHS["first_name"],
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Votre nom"),
        max_length=LENGTHS["last_name"],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
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
    employer = forms.ModelChoiceField(
        label=_("Vous travaillez déjà dans une structure du territoire ?"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=_("Non, ou je préfère ne pas le dire"),
        help_text=_("Elle ne verra pas votre carte, et ne saura pas que vous cherchez."),
    )
    # Never ticked before the person does it: one purpose, one choice.
    pool = forms.BooleanField(required=False)
    # Sent by the button « Envoyer quand même », under the advice.
    read_again = forms.BooleanField(required=False, widget=forms.HiddenInput)
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
        self.fields["employer"].queryset = employers_in(territory)  # type: ignore[attr-defined]
        self.fields["pool"].label = str(current_notice(POOL).short)

    def clean(self) -> dict[str, Any]:
        """Ask for one way to answer."""
        cleaned = super().clean() or {}
        try:
            cleaned["phone"] = normalise_phone(cleaned.get("phone", ""))
        except forms.ValidationError as error:
            self.add_error("phone", error)
        if "email" not in self.errors and "phone" not in self.errors:
            try:
                validate_reachable(cleaned.get("email", ""), cleaned.get("phone", ""))
            except forms.ValidationError as error:
                self.add_error("email", error)
        return cleaned

    @property
    def advice(self) -> list[str]:
        """What the message says that has no place in it, each thing once."""
        text = self.data.get("message", "") if self.is_bound else ""
        return list(dict.fromkeys(str(one.advice) for one in detect_forbidden(text)))

    @property
    def waits_for_a_second_look(self) -> bool:
        """Say whether the writer has yet to be shown that advice."""
        return bool(self.advice) and not self.cleaned_data["read_again"]

    @property
    def looks_automatic(self) -> bool:
        """Say whether a program filled the field that people do not see."""
        return bool(self.cleaned_data.get("website"))

    @property
    def profession(self) -> ReadProfession | None:
        """The profession that was typed, when it is certain which."""
        text = self.cleaned_data["profession_text"]
        match = find_profession(text) if text else None
        if match is None or match.profession is None:
            return None
        return ReadProfession(match.profession, match.specialty)

    def facts(self, read: ReadProfession) -> CandidateFacts:
        """Return what was typed as a profile."""
        cleaned = self.cleaned_data
        at_once = cleaned["horizon"] == Horizon.NOW
        return CandidateFacts(
            first_name=cleaned["first_name"],
            last_name=cleaned["last_name"],
            email=cleaned["email"],
            phone=cleaned["phone"],
            commune=cleaned["commune"],
            reach_km=cleaned["radius_km"],
            available_from=timezone.localdate() if at_once else None,
            employer=cleaned["employer"],
            employer_name="",
            professions=[{"profession": read.profession, "specialty": read.specialty}],
        )

    def contact(self, *, offer_label: str) -> Contact:
        """Return what was typed as a message alone."""
        cleaned = self.cleaned_data
        read = self.profession
        return Contact(
            name=f"{cleaned['first_name']} {cleaned['last_name']}".strip(),
            email=cleaned["email"],
            phone=cleaned["phone"],
            profession=read.profession if read else None,
            profession_text=cleaned["profession_text"],
            commune=cleaned["commune"],
            radius_km=cleaned["radius_km"],
            horizon=cleaned["horizon"],
            message=cleaned["message"],
            offer_label=offer_label,
        )


class ContactFilters(forms.Form):
    """The coordination's queue."""

    q = WordsField(_("Nom, adresse, métier ou commune"))
    etat = forms.ChoiceField(
        label=_("État"),
        choices=[("", _("Tous les états")), *ContactRequestStatus.choices],
        required=False,
    )

    @property
    def asked(self) -> dict[str, str]:
        """What the address asks for, as the query names it."""
        self.is_valid()
        return {
            "status": self.cleaned_data.get("etat", ""),
            "text": self.cleaned_data.get("q", ""),
        }
