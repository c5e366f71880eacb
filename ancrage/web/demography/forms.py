"""The filters of the map: all in the address, none required."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.demography.enums import Care
from ancrage.schemes.enums import OF_DOCTORS
from ancrage.web.demography.asked import Asked
from ancrage.web.demography.zones import OUTSIDE, UNKNOWN_ZONE
from ancrage.web.widgets import SearchInput

ZONES = "zones"
UNDER, OVER, UNKNOWN = "sous", "au-dessus", "inconnu"


class CareForm(forms.Form):
    """Which profession, and which territory where there are several."""

    profession = forms.ChoiceField(label=_("Profession"), choices=Care.choices)
    territoire = forms.ChoiceField(label=_("Territoire"))

    def __init__(self, *, asked: Asked) -> None:
        super().__init__(initial={"profession": asked.care, "territoire": asked.territory.slug})
        # Told already: nothing is left to be required.
        self.use_required_attribute = False
        if len(asked.choices) > 1:
            self.fields["territoire"].choices = [  # type: ignore[attr-defined]
                (one.slug, one.name) for one in asked.choices
            ]
        else:
            del self.fields["territoire"]


class CommunesForm(forms.Form):
    """Which communes are listed."""

    q = forms.CharField(
        label=_("Commune"), required=False, max_length=80, widget=SearchInput(), strip=True
    )
    profession = forms.ChoiceField(label=_("Profession"), choices=Care.choices, required=False)
    etat = forms.ChoiceField(label=_("Accès"), required=False)
    zone = forms.ChoiceField(
        label=_("Zone officielle"),
        required=False,
        choices=[
            ("", pgettext_lazy("zone", "Toutes")),
            *((zone.value, zone.value) for zone in OF_DOCTORS),
            (OUTSIDE, _("Hors zone")),
            (UNKNOWN_ZONE, _("Non connue")),
        ],
    )
    carte = forms.ChoiceField(
        label=_("La carte montre"),
        required=False,
        choices=[("", _("l’accès publié")), (ZONES, _("la zone officielle"))],
    )
    couronne = forms.BooleanField(label=_("Avec les communes autour"), required=False)
    territoire = forms.ChoiceField(label=_("Territoire"), required=False)

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etat"].choices = [("", pgettext_lazy("accès", "Tous"))]  # type: ignore[attr-defined]
        if asked.model.parameters.threshold is not None:
            self.fields["etat"].choices += [  # type: ignore[attr-defined]
                (UNDER, _("Sous le seuil")),
                (OVER, _("Au seuil ou au-dessus")),
            ]
        self.fields["etat"].choices += [(UNKNOWN, _("Sans valeur publiée"))]  # type: ignore[attr-defined]
        if asked.care is not Care.GP:
            del self.fields["zone"], self.fields["carte"]
        if len(asked.choices) > 1:
            self.fields["territoire"].choices = [  # type: ignore[attr-defined]
                (one.slug, one.name) for one in asked.choices
            ]
        else:
            del self.fields["territoire"]

    def value(self, name: str) -> Any:
        """Return what a field was read as; nothing where it makes no sense."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""
