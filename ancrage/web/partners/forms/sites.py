"""Forms of sites and care units."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.partners.models import Facility, FacilityCategory, Partner
from ancrage.partners.queries import facility_categories
from ancrage.partners.validators import check_finess, check_siret
from ancrage.territory.models import Commune
from ancrage.web.fields import CommuneField
from ancrage.web.partners.forms.fields import IdentifierField, PhoneField
from ancrage.web.widgets import DateInput


class SiteForm(forms.Form):
    """A site of a structure. `revision` tells whether it changed while it was open."""

    name = forms.CharField(label=_("Nom du site"), max_length=200)
    category = forms.ModelChoiceField(
        label=_("Catégorie"),
        queryset=FacilityCategory.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Sans catégorie FINESS"),
    )
    finess_et = IdentifierField(
        check_finess,
        label=_("FINESS géographique"),
        help_text=_("9 chiffres : celui du site, non celui de l’organisme."),
    )
    siret = IdentifierField(
        check_siret,
        label=_("SIRET"),
        help_text=_("14 chiffres. Les espaces ne comptent pas."),
    )
    address = forms.CharField(label=_("Adresse"), required=False, max_length=200)
    postcode = forms.RegexField(
        r"^\d{5}$",
        label=_("Code postal"),
        required=False,
        error_messages={"invalid": _("Un code postal compte 5 chiffres.")},
    )
    phone = PhoneField(label=_("Téléphone"))
    opened_on = forms.DateField(label=_("Ouvert le"), required=False, widget=DateInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(
        self, *args: Any, partner: Partner, current: Commune | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = facility_categories()  # type: ignore[attr-defined]
        # Set here: what is suggested depends on the territory.
        self.fields["commune"] = CommuneField(
            label=_("Commune"), territory=partner.territory, current=current
        )
        self.order_fields(["name", "category", "finess_et", "siret", "commune"])

    @classmethod
    def of(cls, site: Facility, partner: Partner, data: Any = None) -> "SiteForm":
        """The form of a site that exists."""
        initial = {name: getattr(site, name) for name in (*cls.base_fields, "commune")}
        initial["category"] = site.category.code if site.category else ""
        return cls(data, initial=initial, partner=partner, current=site.commune)

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def warnings(self) -> Iterator[str | Promise]:
        """Say what was accepted and deserves to be read again."""
        for name in ("finess_et", "siret"):
            checked = self.fields[name].checked  # type: ignore[attr-defined]
            if checked is not None and checked.problem:
                yield checked.sentence


class ClosingForm(forms.Form):
    """The day a site closes."""

    closed_on = forms.DateField(label=_("Fermé le"), widget=DateInput)


class UnitForm(forms.Form):
    """The name of a ward or a team."""

    name = forms.CharField(label=_("Nom du service"), max_length=120)
