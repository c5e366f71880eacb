"""What the coordination writes in a journey."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.accounts.models import User
from ancrage.journeys.enums import (
    WRITTEN_BY_PLATFORM,
    CloseReason,
    ContactKind,
    ContactOutcome,
    ImmersionKind,
    ImmersionState,
    WaitsFor,
)
from ancrage.journeys.validators import LENGTHS, NOTE_LENGTH, SHORT_NOTE_LENGTH
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory
from ancrage.territory.queries import coordinators_of
from ancrage.web.fields import ReadAgainForm
from ancrage.web.widgets import DateInput

_NOTE_HELP = _("Ni santé, ni famille, ni croyances : la personne peut relire cette note.")


class AdvisorField(forms.ModelChoiceField):
    """Somebody who coordinates the territory today, by name."""

    def __init__(self, *, territory: Territory, **kwargs: Any) -> None:
        keys = [user.pk for user in coordinators_of(territory)]
        accounts = User.objects.filter(pk__in=keys).order_by("last_name", "first_name", "pk")
        super().__init__(label=_("Référent"), queryset=accounts, empty_label=None, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


def partner_field(territory: Territory, *, required: bool = True) -> forms.ModelChoiceField:
    """A structure of the territory, present today."""
    return forms.ModelChoiceField(
        label=_("Structure"),
        queryset=Partner.objects.filter(territory=territory, left_at__isnull=True).order_by(
            "name", "pk"
        ),
        required=required,
        empty_label=_("Choisissez") if required else _("Aucune"),
    )


class NextActionForm(forms.Form):
    """What comes next: an open journey always says it."""

    next_action = forms.CharField(
        label=_("Prochaine action"),
        max_length=LENGTHS["next_action"],
        help_text=_("Un verbe d’abord : « Appeler », « Envoyer le CV à l’hôpital »."),
    )
    next_action_on = forms.DateField(label=_("À faire le"), widget=DateInput())
    waits_for = forms.ChoiceField(
        label=_("Qui doit agir ?"),
        choices=WaitsFor.choices,
        initial=WaitsFor.ADVISOR,
        widget=forms.RadioSelect(),
    )


class OpenForm(ReadAgainForm, NextActionForm):
    """Beginning to accompany somebody."""

    free_text = "goal"

    goal = forms.CharField(
        label=_("Objectif de la personne"),
        max_length=LENGTHS["goal"],
        required=False,
        help_text=_("Avec ses mots : le poste, le lieu, le rythme, la formation."),
    )

    field_order = ("goal", "advisor", "next_action", "next_action_on", "waits_for")

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor"] = AdvisorField(territory=territory)
        self.order_fields(self.field_order)


class ReopenForm(forms.Form):
    """Taking somebody up again."""

    next_action = forms.CharField(label=_("Prochaine action"), max_length=LENGTHS["next_action"])
    next_action_on = forms.DateField(label=_("À faire le"), widget=DateInput())


class EditForm(ReadAgainForm):
    """The goal, and who accompanies."""

    free_text = "goal"

    goal = forms.CharField(
        label=_("Objectif de la personne"), max_length=LENGTHS["goal"], required=False
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor"] = AdvisorField(territory=territory)


class ContactForm(ReadAgainForm):
    """An exchange, or an attempt, and what it leads to."""

    free_text = "note"

    kind = forms.ChoiceField(label=_("Moyen"), choices=ContactKind.choices)
    outcome = forms.ChoiceField(
        label=_("Résultat"), choices=ContactOutcome.choices, widget=forms.RadioSelect()
    )
    on = forms.DateField(
        label=_("Date du contact"), widget=DateInput(), initial=timezone.localdate
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_NOTE_HELP,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_action = forms.CharField(
        label=_("Et ensuite ? Nouvelle prochaine action"),
        required=False,
        max_length=LENGTHS["next_action"],
        help_text=_("Laissez vide pour garder celle qui est prévue."),
    )
    next_action_on = forms.DateField(label=_("Pour le"), required=False, widget=DateInput())
    waits_for = forms.ChoiceField(
        label=_("Qui doit agir ?"),
        required=False,
        choices=[("", _("Comme avant")), *WaitsFor.choices],
    )


class StepForm(forms.Form):
    """One step on the way."""

    label = forms.CharField(label=_("Nouvelle étape"), max_length=LENGTHS["label"])
    due_on = forms.DateField(label=_("Pour le"), required=False, widget=DateInput())


class ImmersionForm(forms.Form):
    """Some days in a structure, or a visit."""

    kind = forms.ChoiceField(label=_("Nature"), choices=ImmersionKind.choices)
    starts_on = forms.DateField(label=_("Du"), widget=DateInput())
    ends_on = forms.DateField(label=_("Au"), widget=DateInput())

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"] = partner_field(territory, required=False)


class SettleForm(ReadAgainForm):
    """Whether it took place, and what came of it."""

    free_text = "note"

    state = forms.ChoiceField(
        label=_("A-t-elle eu lieu ?"),
        choices=[
            (ImmersionState.DONE.value, pgettext_lazy("immersion", "Oui")),
            (ImmersionState.CANCELLED.value, pgettext_lazy("immersion", "Non, annulée")),
        ],
        widget=forms.RadioSelect(),
    )
    note = forms.CharField(
        label=_("Ce qu’il en ressort"),
        required=False,
        max_length=SHORT_NOTE_LENGTH,
        help_text=_NOTE_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(forms.Form):
    """Why the support ends."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=[(one.value, one.label) for one in CloseReason if one not in WRITTEN_BY_PLATFORM],
        widget=forms.RadioSelect(),
    )
