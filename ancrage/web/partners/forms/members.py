"""Forms of members and of the signature."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.partners.enums import MemberRole


class RightsForm(forms.Form):
    """What a member may do besides their role."""

    is_manager = forms.BooleanField(
        label=_("Gère la structure"),
        required=False,
        help_text=_("Modifie la fiche et les sites, invite et retire les membres."),
    )
    may_sign = forms.BooleanField(
        label=_("Peut signer la charte"),
        required=False,
        help_text=_("Engage la structure : son représentant légal, ou qui a sa délégation."),
    )


class InvitationForm(RightsForm):
    """Whom to invite, and for what."""

    email = forms.EmailField(
        label=_("Adresse électronique"),
        max_length=254,
        help_text=_("L’adresse professionnelle de la personne : le lien n’ouvre que pour elle."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=MemberRole.choices)
    field_order = ("email", "role")


class SignatureForm(forms.Form):
    """Who signs, in what capacity, knowingly."""

    signatory = forms.CharField(
        label=_("Prénom et nom du signataire"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    capacity = forms.CharField(
        label=_("En qualité de"),
        max_length=160,
        help_text=_("Par exemple : « directrice », « maire », « par délégation du directeur »."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    agrees = forms.BooleanField(
        label=_("J’ai lu la charte et j’engage la structure à la respecter"),
        error_messages={
            "required": _("Cochez cette case pour signer : c’est elle qui engage la structure.")
        },
    )
