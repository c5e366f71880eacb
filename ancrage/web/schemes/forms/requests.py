"""Requests for aids: asked, moved, corrected, searched."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.kit.search import used_in
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import Scheme
from ancrage.web.fields import EurosField, ReadAgainForm
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput

_NOTE = forms.Textarea({"rows": 3})
_NOTE_HELP = _("Où en est le dossier. Rien de la santé ni de la famille.")


class AskForm(ReadAgainForm):
    """An aid that was asked for."""

    free_text = "note"

    on = forms.DateField(label=_("Demandée le"), widget=DateInput())
    asked_cents = EurosField(label=_("Montant demandé (€)"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2_000, widget=_NOTE, help_text=_NOTE_HELP
    )


class MoveForm(forms.Form):
    """What became of a request: the day, and what that move may say."""

    on = forms.DateField(label=_("Date"), widget=DateInput())
    granted_cents = EurosField(label=_("Montant accordé (€)"), required=False)
    paid_cents = EurosField(label=_("Montant versé (€)"), required=False)
    starts_on = forms.DateField(
        label=_("L’engagement commence le"), required=False, widget=DateInput()
    )
    course_months = forms.IntegerField(
        label=_("Durée de la formation (mois)"), required=False, min_value=1, max_value=120
    )

    def __init__(self, *args: Any, said: tuple[str, ...], commits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {"on", *said}
        if not commits:
            kept -= {"starts_on", "course_months"}
        for name in set(self.fields) - kept:
            del self.fields[name]


class EditRequestForm(ReadAgainForm):
    """What a request says, corrected."""

    free_text = "note"

    asked_cents = EurosField(label=_("Montant demandé (€)"), required=False)
    granted_cents = EurosField(label=_("Montant accordé (€)"), required=False)
    paid_cents = EurosField(label=_("Montant versé (€)"), required=False)
    starts_on = forms.DateField(
        label=_("L’engagement commence le"), required=False, widget=DateInput()
    )
    course_months = forms.IntegerField(
        label=_("Durée de la formation (mois)"), required=False, min_value=1, max_value=120
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2_000, widget=_NOTE, help_text=_NOTE_HELP
    )


class LeavingForm(forms.Form):
    """The day of a departure, to know what it would cost."""

    depart = forms.DateField(label=_("Si départ le"), required=False, widget=DateInput())


class RequestFilters(forms.Form):
    """The list of requests; `rows` are those the reader may see."""

    q = WordsField(_("Nom, structure ou aide"))
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", pgettext_lazy("demandes d’aides", "Toutes")),
            ("silent", _("Sans réponse depuis un mois")),
            *AidState.choices,
        ],
    )
    qui = forms.ChoiceField(
        label=_("Pour qui"),
        required=False,
        choices=[
            ("", pgettext_lazy("demandeurs", "Tous")),
            ("person", _("Une personne")),
            ("structure", _("Une structure")),
        ],
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aide"] = forms.ModelChoiceField(
            label=_("Aide"),
            required=False,
            empty_label=_("Toutes les aides"),
            queryset=used_in(Scheme, rows, "scheme").order_by("label_fr", "pk"),
        )
