"""The filters of the coordination's list and of the cards: all in the address, none required."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.candidates.enums import Experience
from ancrage.candidates.queries import CardCriteria, SearchCriteria
from ancrage.candidates.queries.bits import NIGHTS, TWELVE, WEEKENDS
from ancrage.candidates.queries.duplicates import EMAIL, NAME, PHONE
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.professions.queries import professions_open_on
from ancrage.territory.models import Commune, Epci
from ancrage.territory.queries import point_of
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput, MonthInput

USUAL_KM = 30
_EVERY_CONTRACT = [("", pgettext_lazy("contrats", "Tous")), *ContractKind.choices]
_EVERY_EXPERIENCE = [("", pgettext_lazy("expériences", "Toutes")), *Experience.choices]


class SearchForm(forms.Form):
    """« Trouver un profil », for the coordination."""

    q = WordsField(_("Nom, téléphone, adresse, commune"))
    metier = forms.ModelMultipleChoiceField(
        label=_("Métier"), queryset=Profession.objects.none(), to_field_name="code", required=False
    )
    pres_de = forms.ModelChoiceField(
        label=_("Près de"),
        queryset=Commune.objects.none(),
        to_field_name="insee",
        required=False,
        empty_label=pgettext_lazy("commune", "Peu importe"),
    )
    km = forms.TypedChoiceField(
        label=_("À moins de"),
        choices=[("", f"{USUAL_KM} km"), *[(km, f"{km} km") for km in (10, 20, 50, 100)]],
        coerce=int,
        empty_value=None,
        required=False,
    )
    le = forms.DateField(label=_("Disponible le"), required=False, widget=DateInput())
    contrat = forms.ChoiceField(label=_("Contrat"), choices=_EVERY_CONTRACT, required=False)
    experience = forms.ChoiceField(
        label=_("Expérience"), choices=_EVERY_EXPERIENCE, required=False
    )
    nuit = forms.BooleanField(label=_("Accepte la nuit"), required=False)
    douze = forms.BooleanField(label=_("Accepte les 12 heures"), required=False)
    weekend = forms.BooleanField(label=_("Accepte le week-end"), required=False)
    vivier = forms.ChoiceField(
        label=_("Vivier"),
        required=False,
        choices=[
            ("", pgettext_lazy("vivier", "Tous les profils")),
            ("oui", _("Carte visible des structures")),
            ("non", _("Coordination seulement")),
            ("arret", _("Ne cherche plus")),
        ],
    )
    justificatif = forms.ChoiceField(
        label=_("Justificatifs"),
        required=False,
        choices=[
            ("", pgettext_lazy("justificatifs", "Peu importe")),
            ("bientot", _("Un se termine dans 60 jours")),
        ],
    )

    def __init__(self, *args: Any, communes: QuerySet[Commune], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_now = professions_open_on(timezone.localdate())
        self.fields["metier"] = forms.ModelChoiceField(
            label=_("Métier"),
            queryset=open_now,
            to_field_name="code",
            required=False,
            empty_label=_("Tous les métiers"),
        )
        self.fields["pres_de"].queryset = communes  # type: ignore[attr-defined]

    @property
    def criteria(self) -> SearchCriteria:
        """What is asked; a criterion that is wrong is left out."""
        self.is_valid()
        found = self.cleaned_data
        commune, pool = found.get("pres_de"), found.get("vivier", "")
        hours = (
            NIGHTS * bool(found.get("nuit"))
            | TWELVE * bool(found.get("douze"))
            | WEEKENDS * bool(found.get("weekend"))
        )
        return SearchCriteria(
            text=found.get("q", ""),
            professions=(found["metier"],) if found.get("metier") else (),
            near=point_of(commune) if commune else None,
            km=found.get("km") or USUAL_KM,
            available_on=found.get("le"),
            contract=found.get("contrat", ""),
            experience=found.get("experience", ""),
            hours=hours,
            in_pool={"oui": True, "non": False}.get(pool),
            is_settled={"non": False, "arret": True}.get(pool),
        )

    @property
    def wants_ending_proofs(self) -> bool:
        """Say whether only those whose proof ends soon are asked for."""
        self.is_valid()
        return self.cleaned_data.get("justificatif") == "bientot"


class CardsForm(forms.Form):
    """What a structure looks for: nothing that a card does not print."""

    metier = forms.ModelChoiceField(
        label=_("Métier"),
        queryset=Profession.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tous les métiers"),
    )
    zone = forms.ModelChoiceField(
        label=_("Intercommunalité"),
        queryset=Epci.objects.none(),
        to_field_name="siren",
        required=False,
        empty_label=pgettext_lazy("intercommunalités", "Toutes"),
    )
    contrat = forms.ChoiceField(label=_("Contrat"), choices=_EVERY_CONTRACT, required=False)
    experience = forms.ChoiceField(
        label=_("Expérience"), choices=_EVERY_EXPERIENCE, required=False
    )
    mois = forms.DateField(
        label=_("Disponible au plus tard en"),
        required=False,
        widget=MonthInput(),
        input_formats=["%Y-%m"],
    )

    def __init__(self, *args: Any, zones: QuerySet[Epci], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["metier"].queryset = professions_open_on(timezone.localdate())  # type: ignore[attr-defined]
        self.fields["zone"].queryset = zones  # type: ignore[attr-defined]

    @property
    def criteria(self) -> CardCriteria:
        """What is asked; a criterion that is wrong is left out."""
        self.is_valid()
        found = self.cleaned_data
        return CardCriteria(
            profession=found.get("metier"),
            zone=found.get("zone"),
            contract=found.get("contrat", ""),
            experience=found.get("experience", ""),
            month=found.get("mois"),
        )


class DuplicatesForm(forms.Form):
    """The pairs that may be one person."""

    q = WordsField(_("Nom"))
    pourquoi = forms.ChoiceField(
        label=_("Pourquoi"),
        required=False,
        choices=[
            ("", pgettext_lazy("doublons", "Toutes les raisons")),
            (EMAIL, _("Même adresse électronique")),
            (PHONE, _("Même téléphone")),
            (NAME, _("Même nom et même métier")),
        ],
    )

    @property
    def criteria(self) -> dict[str, Any]:
        """What is asked for; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        return {
            "text": self.cleaned_data.get("q", ""),
            "reason": self.cleaned_data.get("pourquoi", ""),
        }


class WaitingForm(forms.Form):
    """Those who have not answered yet, for the coordination."""

    q = WordsField(_("Nom, téléphone ou commune"))
    sans_adresse = forms.BooleanField(label=_("Sans adresse : à appeler"), required=False)

    @property
    def criteria(self) -> dict[str, Any]:
        """What is asked for; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        return {
            "text": self.cleaned_data.get("q", ""),
            "without_address": self.cleaned_data.get("sans_adresse", False),
        }
