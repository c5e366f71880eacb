"""Since when changes are told; a meeting; a decision."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.roadmap.models import Action, Axis, Meeting, Roadmap
from ancrage.roadmap.queries import axes_in, meetings_of
from ancrage.web.roadmap.forms import FreeTextForm
from ancrage.web.widgets import DateInput


class SinceForm(forms.Form):
    """The day from which changes are told, and the axis shown alone. Wrong ones change nothing."""

    depuis = forms.DateField(label=_("Ce qui a changé depuis le"), widget=DateInput)
    axe = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, since: date) -> None:
        first = data.copy()
        first.setdefault("depuis", since.isoformat())
        super().__init__(first)
        self._usual = since
        self.is_valid()

    @property
    def since(self) -> date:
        """The day asked for, or the usual one."""
        return self.cleaned_data.get("depuis") or self._usual

    @property
    def rank(self) -> int:
        """The number of the axis shown alone, 0 for all."""
        return self.cleaned_data.get("axe") or 0


class MeetingForm(FreeTextForm):
    """A meeting."""

    free_texts = ("title",)

    held_on = forms.DateField(label=_("Tenue le"), widget=DateInput)
    title = forms.CharField(label=_("Intitulé"), max_length=120)


class DecisionForm(FreeTextForm):
    """A decision of a meeting of the roadmap."""

    free_texts = ("text",)

    meeting = forms.ModelChoiceField(
        label=_("Réunion"),
        queryset=Meeting.objects.none(),
        empty_label=None,
        help_text=_("Notez d’abord la réunion si elle n’est pas dans la liste."),
    )
    text = forms.CharField(
        label=_("Décision"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    axis = forms.ModelChoiceField(
        label=_("Axe concerné"),
        queryset=Axis.objects.none(),
        required=False,
        empty_label=_("La feuille de route entière"),
    )
    action = forms.ModelChoiceField(
        label=_("Action concernée"),
        queryset=Action.objects.none(),
        required=False,
        empty_label=_("Aucune en particulier"),
    )

    def __init__(self, data: Any, *, roadmap: Roadmap, rank: str) -> None:
        axes = axes_in(roadmap)
        about = axes.filter(rank=int(rank[:2])).first() if rank.isdecimal() else None
        super().__init__(data, initial={"axis": about})
        fields: Any = self.fields
        fields["meeting"].queryset = meetings_of(roadmap)
        fields["axis"].queryset = axes
        fields["action"].queryset = Action.objects.filter(
            axis__roadmap=roadmap, removed_at__isnull=True
        ).order_by("title", "pk")
