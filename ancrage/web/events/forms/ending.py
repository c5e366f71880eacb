"""Why an event is called off."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class ReasonForm(forms.Form):
    """The reason; asked for when somebody reads it."""

    reason = forms.CharField(
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, is_told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label = _("Raison")
        field.required = is_told
        field.help_text = (
            _("Elle est dans le courriel et sur la page de chaque personne inscrite.")
            if is_told
            else _("Pour l’organisation.")
        )
