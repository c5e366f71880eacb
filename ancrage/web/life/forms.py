"""Forms that the kinds of rows share: the place of a row, the filters of a list, a refusal."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.kit.freshness import Freshness
from ancrage.kit.search import used_in
from ancrage.partners.models import Facility, Partner
from ancrage.territory.models import Commune
from ancrage.web.fields import CommuneField
from ancrage.web.filters import WorkFilters
from ancrage.web.widgets import DateInput


class PlaceForm(forms.Form):
    """Where a row of `partner` is: one of its sites, or a commune of its territory."""

    facility = forms.ModelChoiceField(
        label=gettext_lazy("Établissement"),
        queryset=Facility.objects.none(),
        required=False,
        empty_label=gettext_lazy("Aucun en particulier"),
    )

    def __init__(
        self, *args: Any, partner: Partner, current: Commune | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        sites = partner.facilities.filter(closed_on__isnull=True).order_by("name", "pk")
        self.fields["facility"].queryset = sites  # type: ignore[attr-defined]
        self.fields["commune"] = CommuneField(
            label=_("Commune"),
            territory=partner.territory,
            current=current,
            required=False,
            help_text=_("Inutile si vous avez choisi l’établissement : c’est la sienne."),
        )

    def clean(self) -> dict[str, Any]:
        """Take the commune of the facility, or ask for one."""
        cleaned = super().clean() or {}
        if cleaned.get("facility") is not None:
            cleaned["commune"] = cleaned["facility"].commune
        elif cleaned.get("commune") is None and "commune" not in self.errors:
            self.add_error("commune", _("Choisissez un établissement ou une commune."))
        return cleaned


class ListForm(WorkFilters):
    """The filters of a list of `rows`: all in the address, none required."""

    commune = forms.ModelChoiceField(
        label=gettext_lazy("Commune"),
        queryset=Commune.objects.none(),
        to_field_name="insee",
        required=False,
        empty_label=gettext_lazy("Toutes les communes"),
    )
    fraicheur = forms.ChoiceField(
        label=gettext_lazy("Actualité"),
        required=False,
        choices=[("", pgettext_lazy("actualité", "Toutes")), *Freshness.choices],
    )
    du = forms.DateField(required=False, widget=DateInput())
    au = forms.DateField(required=False, widget=DateInput())

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        self.offer("commune", used_in(Commune, rows, "commune").order_by("search_name", "pk"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error("au", _("La fin de la période précède son début."))
        return cleaned
