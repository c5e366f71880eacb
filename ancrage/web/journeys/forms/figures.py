"""Of whom the figures are."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import Origin
from ancrage.journeys.queries.figures import FigureFilter, partners_hiring, years_of
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory


class FigureForm(forms.Form):
    """A year; and, for those who follow the people, a profession, an origin, a structure.

    Whoever reads figures without small numbers does not narrow them: all the people less those of
    one profession would be the few of the others.
    """

    origine = forms.ChoiceField(
        label=_("Origine"),
        required=False,
        choices=[("", _("Toutes les origines")), *Origin.choices],
    )
    territoire = forms.CharField(required=False, widget=forms.HiddenInput())

    field_order = ("annee", "metier", "origine", "structure")

    def __init__(
        self, *args: Any, territory: Territory, on: date, narrows: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.territory = territory
        years = [(str(year), str(year)) for year in years_of(territory, on=on)]
        self.fields["annee"] = forms.ChoiceField(
            label=_("Personnes connues en"),
            required=False,
            choices=[("", _("Toutes les années")), *years],
        )
        self.fields["metier"] = forms.ModelChoiceField(
            label=_("Métier"),
            required=False,
            empty_label=_("Tous les métiers"),
            queryset=Profession.objects.filter(
                pk__in=territory.candidates.order_by().values("professions__profession")
            ).order_by("label_fr", "pk"),
        )
        self.fields["structure"] = forms.ModelChoiceField(
            label=_("Structure"),
            required=False,
            empty_label=_("Toutes les structures"),
            queryset=partners_hiring(territory),
        )
        if not narrows:
            for name in ("metier", "origine", "structure"):
                del self.fields[name]
        self.order_fields(self.field_order)

    @property
    def search(self) -> FigureFilter:
        """What the address asks for; what it says wrongly is as if it were not said."""
        self.is_valid()
        asked = self.cleaned_data
        return FigureFilter(
            territory=self.territory,
            year=int(asked["annee"]) if asked.get("annee") else None,
            profession=asked.get("metier"),
            origin=asked.get("origine", ""),
            partner=asked.get("structure"),
        )
