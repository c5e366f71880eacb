"""What a participant says after the evening."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import ContactOutcome


class OutcomeForm(forms.Form):
    """Where one contact stands."""

    outcome = forms.ChoiceField(
        label=_("Où en êtes-vous ?"), choices=ContactOutcome.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Un mot de plus"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FeedbackForm(forms.Form):
    """What they thought of the event."""

    rating = forms.TypedChoiceField(
        label=_("Votre note"),
        coerce=int,
        choices=[
            (5, _("5 : très bien")),
            (4, _("4 : bien")),
            (3, _("3 : moyen")),
            (2, _("2 : décevant")),
            (1, _("1 : mauvais")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("À garder, à changer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L’organisation lit les avis sans les noms."),
    )
