"""Searching the offers: every criterion is in the address and none is required."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.needs.offers import OfferSearch
from ancrage.partners.enums import PartnerKind
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune
from ancrage.territory.queries import commune_search, communes_within
from ancrage.web.filters import WordsField

RECRUITING_KINDS = [
    (kind.value, kind.label)
    for kind in PartnerKind
    if kind not in {PartnerKind.WELCOME, PartnerKind.AUTHORITY}
]
DISTANCES = [(5, "5 km"), (10, "10 km"), (20, "20 km"), (30, "30 km"), (50, "50 km")]

# A bare 44210 is Pornic's postcode and Trignac's INSEE code: ours stands between brackets.
_CODE_IN_LINK = re.compile(r"\(([0-9][0-9AB][0-9]{3})\)\s*$")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfferSearchForm(forms.Form):
    """Words, profession, place and distance, contract, start, housing."""

    q = WordsField(_("Mots"))
    metier = forms.ModelChoiceField(
        label=_("Métier"),
        queryset=Profession.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tous les métiers"),
    )
    commune = forms.CharField(
        label=_("Commune ou code postal"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    km = forms.TypedChoiceField(
        label=_("Dans un rayon de"),
        choices=[("", _("cette commune")), *DISTANCES],
        coerce=int,
        empty_value=None,
        required=False,
    )
    contrat = forms.ChoiceField(
        label=_("Contrat"),
        choices=[("", pgettext_lazy("contrats", "Tous")), *ContractKind.choices],
        required=False,
    )
    nature = forms.ChoiceField(
        label=_("Type de structure"),
        choices=[("", _("Toutes les structures")), *RECRUITING_KINDS],
        required=False,
    )
    bassin = forms.IntegerField(required=False, widget=forms.HiddenInput)
    du = forms.DateField(label=_("Prise de poste, du"), required=False, widget=_day())
    au = forms.DateField(label=_("au"), required=False, widget=_day())
    logement = forms.BooleanField(label=_("Logement proposé"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        professions = Profession.objects.filter(valid_to__isnull=True).order_by("rank", "pk")
        self.fields["metier"].queryset = professions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the commune typed, and refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error("au", _("La fin de la période précède son début."))
        typed = cleaned.get("commune")
        if typed:
            cleaned["place"] = _place(typed)
            if cleaned["place"] is None:
                self.add_error(
                    "commune",
                    _("Commune inconnue : écrivez son nom, son code postal ou son code INSEE."),
                )
        return cleaned

    def search(self) -> OfferSearch:
        """Return what is asked for; a criterion in error is left aside, as the page says."""
        asked: dict[str, Any] = getattr(self, "cleaned_data", {})
        return OfferSearch(
            text=asked.get("q") or "",
            profession=asked.get("metier"),
            communes=_reach(asked.get("place"), asked.get("km"), asked.get("bassin")),
            contract=asked.get("contrat") or "",
            partner_kind=asked.get("nature") or "",
            housing=bool(asked.get("logement")),
            starts_from=_date(asked.get("du")),
            starts_by=_date(asked.get("au")),
        )


def _place(typed: str) -> Commune | None:
    """The commune meant: « Pornic (44131) » as our links write it, or a name, or a postcode."""
    code = _CODE_IN_LINK.search(typed)
    if code:
        return Commune.objects.filter(insee=code[1]).first()
    return commune_search(typed).first()


def _reach(place: Commune | None, km: int | None, area: int | None) -> set[int] | None:
    if place is None:
        if area is None:
            return None
        return set(
            Commune.objects.filter(living_areas=area).order_by("pk").values_list("pk", flat=True)
        )
    if km is None or place.latitude is None or place.longitude is None:
        return {place.pk}
    near = communes_within((place.latitude, place.longitude), km)
    return {place.pk, *(commune.pk for commune in near)}


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None
