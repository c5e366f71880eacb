"""What a participant says of somebody they met."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import Interest


class MarkForm(forms.Form):
    """« Revoir ? » and a note of one's own; both may stay empty."""

    interest = forms.ChoiceField(
        label=_("Aimeriez-vous vous revoir ?"),
        choices=Interest.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note pour moi"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Vous seul·e la lisez."),
    )
