"""What administrators ask of the list of accounts and of the journal, and whom they appoint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.enums import AccountState
from ancrage.territory.enums import Office
from ancrage.territory.models import Territory
from ancrage.web.accounts.directory import ROLES_ASKED
from ancrage.web.accounts.journal import known_actions
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput


class AccountFilterForm(forms.Form):
    """Search and filters of the list of accounts."""

    q = WordsField(_("Nom ou adresse"))
    role = forms.ChoiceField(
        label=_("Rôle"),
        required=False,
        choices=[("", _("Tous les rôles")), *((role.value, role.label) for role in ROLES_ASKED)],
    )
    state = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous les états")), *AccountState.choices],
    )


def _actions() -> list[tuple[Any, Any]]:
    return [("", _("Toutes les actions")), *known_actions()]


class JournalFilterForm(forms.Form):
    """Who, what, on what, when."""

    who = WordsField(_("Qui"))
    action = forms.ChoiceField(label=_("Quoi"), required=False, choices=_actions)
    target = WordsField(_("Sur quoi"))
    since = forms.DateField(label=_("Depuis le"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Jusqu’au"), required=False, widget=DateInput())


class OfficeForm(forms.Form):
    """An office in a territory."""

    territory = forms.ModelChoiceField(
        label=_("Territoire"),
        queryset=Territory.objects.order_by("name", "pk"),
        empty_label=_("Choisir"),
    )
    office = forms.ChoiceField(label=_("Mission"), choices=Office.choices)
    organisation = forms.CharField(
        label=_("Organisme"),
        max_length=120,
        required=False,
        help_text=_("Pour une institution : ARS, département…"),
    )
