"""What is looked for among the sheets, and what is said of one."""

from enum import StrEnum

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ancrage.web.filters import WordsField


class Said(TextChoices):
    """Where a sheet stands in one's own wishes."""

    UNDECIDED = "undecided", _("Sans avis")
    WANTED = "wanted", _("Souhaités")
    REFUSED = "refused", _("À ne pas rencontrer")


class Act(StrEnum):
    """What a button of the page asks."""

    WISH = "wish"
    UP = "up"
    DOWN = "down"
    REFUSE = "refuse"
    FORGET = "forget"


class SheetsForm(forms.Form):
    """Criteria of the list, read from the address."""

    q = WordsField(_("Nom, commune, mot"))
    montrer = forms.ChoiceField(
        label=_("Montrer"), required=False, choices=[("", _("Toutes les fiches")), *Said.choices]
    )


class SayForm(forms.Form):
    """One step of the wishes."""

    party = forms.IntegerField(min_value=1)
    act = forms.ChoiceField(choices=[(act.value, act.value) for act in Act])
