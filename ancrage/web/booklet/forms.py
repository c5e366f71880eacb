"""What one may tell to have a nearer booklet without an account: all of it in the address."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ancrage.territory.models import Commune, Territory
from ancrage.web.fields import CommuneField
from ancrage.welcome.enums import WelcomeKind


class LanguageForm(forms.Form):
    """In which language the booklet is written."""

    langue = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data or None)

    @property
    def language(self) -> str:
        """The language asked for, else that of the site."""
        asked: str = self.cleaned_data.get("langue", "") if self.is_read() else ""
        return asked or (get_language() or "fr")[:2]

    def is_read(self) -> bool:
        """Read the answers; those in error are left aside, as the page says."""
        self.is_valid()
        return self.is_bound


class BookletForm(LanguageForm):
    """Where one will work, and what one looks for."""

    besoins = forms.MultipleChoiceField(
        label=_("Ce que vous cherchez"),
        choices=WelcomeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, territory: Territory) -> None:
        super().__init__(data)
        self.fields["commune"] = CommuneField(
            territory=territory,
            label=_("Commune du travail"),
            required=False,
            help_text=_("Nom ou code postal : les services les plus proches viennent d’abord."),
        )
        self.order_fields(["commune", "besoins", "langue"])

    @property
    def place(self) -> Commune | None:
        """The commune told, if it is one."""
        return self.cleaned_data.get("commune") if self.is_read() else None

    @property
    def kinds(self) -> list[WelcomeKind]:
        """The needs told; none for all of them."""
        asked = self.cleaned_data.get("besoins", []) if self.is_read() else []
        return [WelcomeKind(kind) for kind in asked]
