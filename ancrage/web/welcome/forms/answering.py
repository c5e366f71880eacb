"""Answering a request: which offer and dates, or why not."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.resources.models import Resource
from ancrage.web.fields import ReadAgainForm
from ancrage.web.widgets import DateInput
from ancrage.welcome.enums import REFUSALS, ClosingReason, RequestState, WelcomeKind
from ancrage.welcome.models import WelcomeRequest
from ancrage.welcome.permissions import SHOWN_STATES

_WORDS = {"rows": 3, "maxlength": 2000}


class GrantForm(ReadAgainForm):
    """Which offer, from when to when, and a word to the person."""

    free_text = "answer"
    resource = forms.ModelChoiceField(
        Resource.objects.none(),
        label=gettext_lazy("Offre"),
        required=False,
        empty_label=gettext_lazy("Aucune en particulier"),
    )
    starts_on = forms.DateField(label=gettext_lazy("Du"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=gettext_lazy("Au"), required=False, widget=DateInput)
    answer = forms.CharField(
        label=gettext_lazy("Un mot pour la personne"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=_WORDS),
        help_text=gettext_lazy("Comment venir, qui appeler, ce qu’il faut apporter."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        row: WelcomeRequest,
        offers: QuerySet[Resource],
        **kwargs: Any,
    ) -> None:
        initial = {"resource": row.resource, "starts_on": row.starts_on, "ends_on": row.ends_on}
        super().__init__(data, initial=initial, prefix="accord", **kwargs)
        field = self.fields["resource"]
        field.queryset = offers  # type: ignore[attr-defined]
        if row.resource is not None:
            field.required = True


class RefuseForm(ReadAgainForm):
    """Why not, and a word to the person."""

    free_text = "answer"
    reason = forms.ChoiceField(
        label=gettext_lazy("Raison"),
        choices=[(one.value, one.label) for one in ClosingReason if one in REFUSALS],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Un mot pour la personne"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=_WORDS),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix="refus", **kwargs)

    @property
    def reason_chosen(self) -> ClosingReason:
        """The reason, once the form is valid."""
        return ClosingReason(self.cleaned_data["reason"])


class RequestsForm(forms.Form):
    """Which requests: the words of an offer, the kind, the state."""

    q = forms.CharField(label=gettext_lazy("Mots de l’offre"), required=False, max_length=120)
    pour = forms.ChoiceField(
        label=gettext_lazy("Pour"),
        required=False,
        choices=[("", gettext_lazy("Tous les besoins")), *WelcomeKind.choices],
    )
    etat = forms.ChoiceField(
        label=gettext_lazy("État"),
        required=False,
        choices=[
            ("", gettext_lazy("Tous les états")),
            *((one.value, RequestState(one).label) for one in SHOWN_STATES),
        ],
    )

    def wanted(self) -> dict[str, str]:
        """Return what is asked; a criterion in error is left aside."""
        self.is_valid()
        asked = self.cleaned_data
        return {name: asked.get(name) or "" for name in ("q", "pour", "etat")}


def offers_to_grant(row: WelcomeRequest) -> QuerySet[Resource]:
    """Return the offers of the partner that could answer: those of the kind asked for."""
    rows = Resource.objects.filter(
        partner=row.partner_id, status="published", welcome_terms__kind=row.kind
    )
    return rows.order_by("title", "pk")


def refusal_words(refusal: ValidationError) -> str:
    """Return why a button could not act."""
    return str(refusal.messages[0]) if refusal.messages else _("Cela n’a pas pu être fait.")
