"""The filters of the resources: all in the address, none required."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.queries import ShelfFilter
from ancrage.web.life.forms import ListForm
from ancrage.web.widgets import DateInput


class ShelfForm(ListForm):
    """What a reader looks for among the resources of `rows`."""

    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=[("", pgettext_lazy("natures", "Toutes")), *ResourceKind.choices],
    )
    du = forms.DateField(label=_("Disponible entre le"), required=False, widget=DateInput())
    au = forms.DateField(label=_("et le"), required=False, widget=DateInput())
    etat = forms.ChoiceField(
        required=False, choices=[("", ""), *ResourceStatus.choices], widget=forms.HiddenInput()
    )
    vue = forms.ChoiceField(
        required=False, choices=[("", ""), ("nous", "nous")], widget=forms.HiddenInput()
    )

    field_order = ("q", "nature", "commune", "metier", "structure", "du", "au", "fraicheur")

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
