"""The filters of « Où, quand, quels métiers ? »: all in the address, none required."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.needs.overview import Period
from ancrage.partners.enums import PartnerKind
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import LivingArea, Territory

LONGEST_MONTHS = 36
RECRUITING_KINDS = [
    (kind.value, kind.label)
    for kind in PartnerKind
    if kind not in {PartnerKind.WELCOME, PartnerKind.AUTHORITY}
]


class OverviewForm(forms.Form):
    """Profession, living area, kind of structure, contract, months."""

    metier = forms.ChoiceField(label=_("Métier"), required=False)
    bassin = forms.TypedChoiceField(label=_("Bassin de vie"), required=False, empty_value=None)
    nature = forms.ChoiceField(
        label=_("Type de structure"),
        choices=[("", _("Toutes les structures")), *RECRUITING_KINDS],
        required=False,
    )
    contrat = forms.ChoiceField(
        label=_("Contrat"),
        choices=[("", pgettext_lazy("contrats", "Tous")), *ContractKind.choices],
        required=False,
    )
    du = forms.DateField(
        label=_("Prises de poste, du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label=_("au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        *args: Any,
        territory: Territory,
        professions: Iterable[Profession],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self._professions = {profession.code: profession for profession in professions}
        areas = {
            str(area.pk): area
            for area in LivingArea.objects.filter(territory=territory).order_by("name", "pk")
        }
        self.fields["metier"].choices = [  # type: ignore[attr-defined]
            ("", _("Tous les métiers")),
            *((code, profession.label) for code, profession in self._professions.items()),
        ]
        # Read once: both the choice and what it stands for come from the same rows.
        self.fields["bassin"].choices = [  # type: ignore[attr-defined]
            ("", _("Tout le territoire")),
            *((key, area.name) for key, area in areas.items()),
        ]
        self.fields["bassin"].coerce = areas.__getitem__  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Refuse a period that ends before it begins, or longer than three years."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error("au", _("La fin de la période précède son début."))
        elif last and Period(self._today, first, last).months > LONGEST_MONTHS:
            self.add_error("au", _("La période dépasse trois ans : rapprochez les deux dates."))
        return cleaned

    @property
    def period(self) -> Period:
        """The days asked for, or the twelve months to come; what is wrong is left out."""
        cleaned = getattr(self, "cleaned_data", {})
        since, until = cleaned.get("du"), cleaned.get("au")
        if until is None:
            return Period.ahead_of(self._today, since=since)
        return Period(today=self._today, since=since, until=until)

    @property
    def profession(self) -> Profession | None:
        """The profession asked for."""
        return self._professions.get(getattr(self, "cleaned_data", {}).get("metier", ""))

    def condition(self) -> Q:
        """What the filters ask of a need, the period left aside."""
        cleaned = getattr(self, "cleaned_data", {})
        condition = Q()
        if cleaned.get("metier"):
            condition &= Q(profession__code=cleaned["metier"])
        if cleaned.get("bassin"):
            condition &= Q(commune__in=cleaned["bassin"].communes.values("pk"))
        if cleaned.get("nature"):
            condition &= Q(partner__kind=cleaned["nature"])
        if cleaned.get("contrat"):
            condition &= Q(contract=cleaned["contrat"])
        return condition

    def campaign_condition(self) -> Q | None:
        """The same, asked of the answers of a campaign, which know nothing of contracts."""
        cleaned = getattr(self, "cleaned_data", {})
        if cleaned.get("contrat"):
            return None
        condition = Q()
        if cleaned.get("metier"):
            condition &= Q(answers__lines__profession__code=cleaned["metier"])
        if cleaned.get("bassin"):
            inside = cleaned["bassin"].communes.values("pk")
            condition &= Q(answers__partner__commune__in=inside)
        if cleaned.get("nature"):
            condition &= Q(answers__partner__kind=cleaned["nature"])
        return condition
