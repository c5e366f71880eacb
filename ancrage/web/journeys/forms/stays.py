"""Posts taken and left; the questionnaire of two minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.journeys.enums import Difficulty, FollowUpSide, LeaveReason, Presence, Rating
from ancrage.journeys.services import Answer, Post
from ancrage.journeys.validators import LENGTHS, SHORT_NOTE_LENGTH
from ancrage.professions.enums import ContractKind
from ancrage.territory.models import Territory
from ancrage.web.fields import ProfessionField, ReadAgainForm
from ancrage.web.journeys.forms.keeping import partner_field
from ancrage.web.widgets import DateInput


class StayForm(forms.Form):
    """The post a person takes."""

    profession = ProfessionField(label=_("Métier"))
    post = forms.CharField(label=_("Poste ou service"), required=False, max_length=LENGTHS["post"])
    contract = forms.ChoiceField(
        label=_("Contrat"),
        required=False,
        choices=[("", _("Non précisé")), *ContractKind.choices],
    )
    started_on = forms.DateField(label=_("Prise de poste le"), widget=DateInput())
    contract_ends_on = forms.DateField(
        label=_("Fin prévue du contrat"),
        required=False,
        help_text=_("Vide pour un contrat sans terme. Une alerte prévient deux mois avant."),
        widget=DateInput(),
    )

    field_order = ("profession", "partner", "post", "contract", "started_on", "contract_ends_on")

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"] = partner_field(territory, required=False)
        self.fields["partner"].help_text = _(
            "Aucune pour une installation, ou un employeur qui n’est pas membre."
        )
        self.order_fields(self.field_order)

    @property
    def hired(self) -> Post:
        """What was typed."""
        facts = dict(self.cleaned_data)
        return Post(profession=facts.pop("profession").profession, **facts)


class EndForm(ReadAgainForm):
    """A departure, and why."""

    free_text = "note"

    ended_on = forms.DateField(label=_("Dernier jour"), widget=DateInput())
    leave_reason = forms.ChoiceField(label=_("Raison du départ"), choices=LeaveReason.choices)
    note = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=SHORT_NOTE_LENGTH,
        help_text=_("Ni santé, ni famille : « raison personnelle » suffit."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(ReadAgainForm):
    """How the post goes: the same questions to both sides, in their own words."""

    free_text = "comment"

    presence = forms.ChoiceField(
        label=_("Êtes-vous toujours en poste ?"),
        choices=Presence.choices,
        widget=forms.RadioSelect(),
    )
    left_on = forms.DateField(
        label=_("Si non, depuis quand ?"), required=False, widget=DateInput()
    )
    leave_reason = forms.ChoiceField(
        label=_("Pour quelle raison surtout ?"),
        required=False,
        choices=[("", _("Je préfère ne pas le dire")), *LeaveReason.choices[:-1]],
    )
    rating = forms.TypedChoiceField(
        label=_("Comment cela se passe-t-il ?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            (one.value, one.label)
            for one in (Rating.GOOD, Rating.RATHER_GOOD, Rating.RATHER_BAD, Rating.BAD)
        ],
        widget=forms.RadioSelect(),
    )
    difficulties = forms.MultipleChoiceField(
        label=_("Qu’est-ce qui pourrait aller mieux ?"),
        required=False,
        choices=Difficulty.choices,
        widget=forms.CheckboxSelectMultiple(),
    )
    comment = forms.CharField(
        label=_("En quelques mots, si vous voulez"),
        required=False,
        max_length=LENGTHS["comment"],
        help_text=_("Ni santé, ni famille : on n’en a pas besoin."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    wants_call = forms.BooleanField(label=_("Je souhaite que l’on me rappelle"), required=False)

    def __init__(self, *args: Any, side: str, warns: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warns = warns
        if side == FollowUpSide.PARTNER:
            self.fields["presence"].label = _("La personne est-elle toujours en poste ?")
            self.fields["wants_call"].label = _("Nous souhaitons être rappelés")

    @property
    def answer(self) -> Answer:
        """What was answered."""
        return Answer(**self.cleaned_data)
