"""Searching the directory: every criterion is in the address and none is required."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput, TimeInput
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.services import OfferSearch


class DirectoryForm(forms.Form):
    """Words, what it is for, where, open when, free from when to when."""

    q = WordsField(gettext_lazy("Mots"))
    pour = forms.ChoiceField(
        label=gettext_lazy("Pour"),
        required=False,
        choices=[("", gettext_lazy("Tous les besoins")), *WelcomeKind.choices],
    )
    commune = forms.ChoiceField(label=gettext_lazy("Commune"), required=False)
    jour = forms.ChoiceField(
        label=gettext_lazy("Ouvert le"),
        required=False,
        choices=[
            ("", gettext_lazy("N’importe quand")),
            *((str(day), name.capitalize()) for day, name in WEEKDAYS.items()),
        ],
    )
    heure = forms.TimeField(label=gettext_lazy("À"), required=False, widget=TimeInput)
    du = forms.DateField(label=gettext_lazy("Libre du"), required=False, widget=DateInput)
    au = forms.DateField(label=gettext_lazy("Jusqu’au"), required=False, widget=DateInput)

    def __init__(self, *args: Any, offers: QuerySet[WelcomeTerms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = offers.order_by("resource__commune__name", "resource__commune__insee")
        known = places.values_list("resource__commune__insee", "resource__commune__name")
        self.fields["commune"].choices = [  # type: ignore[attr-defined]
            ("", _("Toutes les communes")),
            *known.distinct(),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a stay that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("du"), cleaned.get("au")
        if first and last and last < first:
            self.add_error("au", _("La fin ne peut pas précéder le début."))
        return cleaned

    def wanted(self) -> OfferSearch:
        """Return what is asked; a criterion in error is left aside, as the page says."""
        self.is_valid()
        asked = self.cleaned_data
        day, at = asked.get("jour") or "", asked.get("heure")
        return OfferSearch(
            text=asked.get("q") or "",
            kind=WelcomeKind(asked["pour"]) if asked.get("pour") else None,
            commune=asked.get("commune") or "",
            at=(int(day), _minutes(at or time(12))) if day else None,
            free_from=asked.get("du") or asked.get("au"),
            free_to=asked.get("au"),
        )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
