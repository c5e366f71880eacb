"""The filters of the resources: all in the address, none required."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.kit.freshness import Freshness
from ancrage.kit.search import used_in
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.queries import ShelfFilter
from ancrage.territory.models import Commune
from ancrage.web.widgets import DateInput, SearchInput


class ShelfForm(forms.Form):
    """What a reader looks for among the resources of `rows`."""

    q = forms.CharField(label=_("Mots"), required=False, max_length=120, widget=SearchInput())
    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", pgettext_lazy("natures", "Toutes")), *ResourceKind.choices],
    )
    commune = forms.ModelChoiceField(
        label=_("Commune"),
        queryset=Commune.objects.none(),
        to_field_name="insee",
        required=False,
        empty_label=_("Toutes les communes"),
    )
    metier = forms.ModelChoiceField(
        label=_("Métier"),
        queryset=Profession.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tous les métiers"),
    )
    structure = forms.ModelChoiceField(
        label=_("Structure"),
        queryset=Partner.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Toutes les structures"),
    )
    du = forms.DateField(label=_("Disponible entre le"), required=False, widget=DateInput())
    au = forms.DateField(label=_("et le"), required=False, widget=DateInput())
    fraicheur = forms.ChoiceField(
        label=_("Actualité"),
        required=False,
        choices=[("", pgettext_lazy("actualité", "Toutes")), *Freshness.choices],
    )
    etat = forms.ChoiceField(
        required=False, choices=[("", ""), *ResourceStatus.choices], widget=forms.HiddenInput()
    )
    vue = forms.ChoiceField(
        required=False, choices=[("", ""), ("nous", "nous")], widget=forms.HiddenInput()
    )

    def __init__(self, *args: Any, rows: QuerySet[Resource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, QuerySet[Any]] = {
            "metier": used_in(Profession, rows, "profession").order_by("rank", "pk"),
            "commune": used_in(Commune, rows, "commune").order_by("search_name", "pk"),
            "structure": used_in(Partner, rows, "partner").order_by("name", "pk"),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error("au", _("La fin de la période précède son début."))
        return cleaned

    @property
    def search(self) -> ShelfFilter:
        """What is asked; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        found = self.cleaned_data
        return ShelfFilter(
            text=found.get("q", ""),
            status=found.get("etat", ""),
            kind=found.get("nature", ""),
            commune=found.get("commune"),
            profession=found.get("metier"),
            partner=found.get("structure"),
            freshness=found.get("fraicheur", ""),
            needed_from=found.get("du"),
            needed_to=found.get("au"),
        )
