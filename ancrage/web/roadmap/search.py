"""What readers look for: among what is late, in the journal, among practices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.partners.models import Partner
from ancrage.roadmap.enums import RoadmapEvent
from ancrage.roadmap.models import Axis, Roadmap
from ancrage.roadmap.queries import LateSearch, LogSearch, axes_in
from ancrage.web.filters import WordsField
from ancrage.web.roadmap.words import LATE_KINDS
from ancrage.web.widgets import DateInput


class LateForm(forms.Form):
    """Words, what is late, axis, structure. A wrong value narrows nothing."""

    q = WordsField(_("Intitulé ou pilote"))
    quoi = forms.ChoiceField(
        label=_("Quoi"),
        required=False,
        choices=[("", pgettext_lazy("retards", "Tout")), *LATE_KINDS.items()],
    )
    axe = forms.ModelChoiceField(
        label=_("Axe"),
        queryset=Axis.objects.none(),
        required=False,
        empty_label=_("Tous les axes"),
    )
    structure = forms.ModelChoiceField(
        label=_("Structure pilote"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=_("Toutes les structures"),
    )

    def __init__(self, data: Any, *, roadmap: Roadmap) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["axe"].queryset = axes_in(roadmap)
        fields["structure"].queryset = (
            Partner.objects.filter(led_actions__axis__roadmap=roadmap)
            .distinct()
            .order_by("name", "pk")
        )

    @property
    def search(self) -> LateSearch:
        """What is asked."""
        self.is_valid()
        asked = self.cleaned_data
        owner = asked.get("structure")
        return LateSearch(
            text=asked.get("q") or "",
            kind=asked.get("quoi") or "",
            axis=asked.get("axe"),
            owner=owner.pk if owner else None,
        )


class LogForm(forms.Form):
    """Words of a title, what happened, between two days. A wrong value narrows nothing."""

    q = WordsField(_("Mots de l’intitulé"))
    quoi = forms.ChoiceField(
        label=_("Changement"),
        required=False,
        choices=[("", pgettext_lazy("changements", "Tous")), *RoadmapEvent.choices],
    )
    du = forms.DateField(label=_("Du"), required=False, widget=DateInput)
    au = forms.DateField(label=_("Au"), required=False, widget=DateInput)

    @property
    def search(self) -> LogSearch:
        """What is asked."""
        self.is_valid()
        asked = self.cleaned_data
        return LogSearch(
            text=asked.get("q") or "",
            event=asked.get("quoi") or "",
            first=asked.get("du"),
            last=asked.get("au"),
        )
