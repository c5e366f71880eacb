"""How a version is computed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """Whether people are told."""

    tell = forms.BooleanField(
        label=_("Prévenir les participants par courriel"),
        help_text=_(
            "Chacun reçoit le lien de sa page ; si une version était en vigueur, seulement ceux"
            " dont la soirée change."
        ),
        required=False,
    )


class BuildForm(forms.Form):
    """The only choice left when one computes: the rest is in the event, the weights, the rules."""

    walk_less = forms.BooleanField(
        label=_("Raccourcir les déplacements entre les tables"),
        help_text=_(
            "Une à trois secondes de plus. Les rencontres sont les mêmes ; seuls les tours et les"
            " tables changent."
        ),
        required=False,
    )
