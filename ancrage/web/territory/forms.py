"""Forms of territories."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.models import User
from ancrage.territory.enums import Office
from ancrage.territory.models import Commune
from ancrage.territory.services import communes_named
from ancrage.web.filters import WordsField


class TerritorySearchForm(forms.Form):
    """What one looks for among territories."""

    q = WordsField(_("Nom du territoire"))

    def text(self) -> str:
        """Return the words typed; too many are left aside, as the page says."""
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")


class PlaceSearchForm(TerritorySearchForm):
    """What one looks for among the communes that a perimeter may hold."""

    q = WordsField(_("Commune, code postal ou EPCI"))


class PlacesField(forms.CharField):
    """Places, one a line. Cleaned into communes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "widget": forms.Textarea({"rows": 5}),
                "max_length": 20_000,
                "help_text": _(
                    "Un lieu par ligne : un EPCI, une commune ou un département, par son nom ou"
                    " son code (SIREN, INSEE, postal)."
                ),
                **kwargs,
            }
        )

    def clean(self, value: Any) -> Any:
        """Return the communes of the places, or say which lines are not understood."""
        text = super().clean(value)
        return communes_named(text=text) if text else []


class PresentationForm(forms.Form):
    """How a territory is called and presented."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    short_name = forms.CharField(
        label=_("Nom court"),
        max_length=60,
        required=False,
        help_text=_("Pour les listes et les téléphones ; le nom s’il est vide."),
    )
    tagline = forms.CharField(
        label=_("Présentation en une phrase"),
        max_length=240,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Sous le titre de l’accueil."),
    )

    def presentation(self) -> dict[str, str]:
        """Return what the service takes."""
        asked = self.cleaned_data
        return {**asked, "short_name": asked["short_name"] or asked["name"][:60]}


class NewTerritoryForm(PresentationForm):
    """A new territory: its name and its communes."""

    slug = forms.SlugField(
        label=_("Identifiant"),
        max_length=60,
        required=False,
        help_text=_("Dans les adresses ; il ne change plus. Tiré du nom s’il est vide."),
    )
    places = PlacesField(label=_("Communes"))

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        asked = self.cleaned_data
        return {
            "slug": asked["slug"] or slugify(asked["name"])[:60],
            "name": asked["name"],
            "short_name": asked["short_name"],
            "tagline": asked["tagline"],
            "communes": asked["places"],
        }


class PerimeterForm(forms.Form):
    """Which of the communes shown stay or enter; those not shown are left as they are."""

    communes = forms.ModelMultipleChoiceField(
        queryset=Commune.objects.none(), to_field_name="insee", required=False
    )
    shown = forms.ModelMultipleChoiceField(
        queryset=Commune.objects.none(), to_field_name="insee", required=False
    )
    places = PlacesField(label=_("Ajouter des lieux"), required=False)

    def __init__(self, data: Any, *, offered: QuerySet[Commune]) -> None:
        super().__init__(data)
        for name in ("communes", "shown"):
            self.fields[name].queryset = offered  # type: ignore[attr-defined]

    def wanted(self, held: list[Commune]) -> list[Commune]:
        """Return the whole list of communes after the answer, by code."""
        shown = set(self.cleaned_data["shown"])
        kept = {one for one in held if one not in shown}
        chosen = {*kept, *self.cleaned_data["communes"], *self.cleaned_data["places"]}
        return sorted(chosen, key=lambda commune: commune.insee)


class ConfirmedPerimeterForm(forms.Form):
    """The whole list that was confirmed, and what it was compared with."""

    codes = forms.CharField(widget=forms.HiddenInput, max_length=400_000)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)


class LivingAreaForm(forms.Form):
    """A living area: its name and its communes, among those of the territory."""

    name = forms.CharField(label=_("Nom du bassin de vie"), max_length=120)
    communes = forms.ModelMultipleChoiceField(
        label=_("Communes"),
        queryset=Commune.objects.none(),
        to_field_name="insee",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une commune.")},
    )

    def __init__(self, data: Any, *, offered: QuerySet[Commune], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["communes"].queryset = offered  # type: ignore[attr-defined]


class AppointForm(forms.Form):
    """An office, for the account of an address."""

    email = forms.EmailField(
        label=_("Adresse électronique du compte"),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    office = forms.ChoiceField(label=_("Mission"), choices=Office.choices)
    organisation = forms.CharField(
        label=_("Organisme"),
        max_length=120,
        required=False,
        help_text=_("Pour une institution : ARS, département…"),
    )

    def clean_email(self) -> User:
        """Return the account of the address."""
        account = User.objects.filter(
            email__iexact=self.cleaned_data["email"], is_active=True
        ).first()
        if account is None:
            raise forms.ValidationError(
                _(
                    "Aucun compte ouvert à cette adresse. La personne ouvre d’abord son compte,"
                    " puis vous lui confiez la mission."
                ),
                code="no_account",
            )
        return account
