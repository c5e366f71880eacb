"""Small questions asked on the way: when to meet, when it begins, why it ends."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.matching.enums import REASONS_OF, CloseReason, Side
from ancrage.privacy.enums import ConsentChannel
from ancrage.web.fields import ReadAgainForm
from ancrage.web.widgets import DateInput, DateTimeInput

_MESSAGE_LENGTH = 4000
_NOTED = (
    ConsentChannel.PHONE,
    ConsentChannel.EMAIL,
    ConsentChannel.MEETING,
    ConsentChannel.PAPER,
)


class MessageForm(ReadAgainForm):
    """A word to the other sides."""

    free_text = "text"

    text = forms.CharField(
        label=_("Votre message"),
        max_length=_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez votre message.")},
        help_text=_("Ni santé, ni famille, ni numéro de sécurité sociale."),
    )


class MeetingForm(forms.Form):
    """When, how long, where."""

    meeting_at = forms.DateTimeField(
        label=_("Jour et heure"),
        widget=DateTimeInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    minutes = forms.IntegerField(
        label=_("Durée (minutes)"), min_value=5, max_value=720, initial=45
    )
    place = forms.CharField(
        label=_("Lieu"),
        max_length=200,
        required=False,
        help_text=_("Adresse, service, ou « par téléphone »."),
    )


class HireForm(forms.Form):
    """When it begins, and what it changes around."""

    starts_on = forms.DateField(label=_("Prise de poste"), widget=DateInput())
    fills_post = forms.BooleanField(
        label=_("Ce poste est pourvu"),
        required=False,
        initial=True,
        help_text=_(
            "S’il ne reste aucun poste, les autres mises en relation pour ce besoin sont"
            " closes avec un mot poli."
        ),
    )
    ends_others = forms.BooleanField(
        label=_("La personne ne cherche plus d’autre poste"),
        required=False,
        initial=True,
        help_text=_(
            "Sa carte quitte le vivier et ses autres mises en relation se terminent. Décochez pour"
            " un temps partiel qu’elle souhaite compléter."
        ),
    )


class CloseForm(ReadAgainForm):
    """Why it ends. The coordination also takes down what a side told it."""

    free_text = "note"

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        error_messages={"required": _("Choisissez une raison de la liste.")},
    )
    note = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if side == Side.COORDINATION:
            groups = (Side.COORDINATION, Side.PARTNER, Side.PERSON)
            field.choices = [  # type: ignore[attr-defined]
                ("", _("Choisir")),
                *((one.label, _reasons(one)) for one in groups),
            ]
        else:
            field.widget = forms.RadioSelect()
            field.choices = _reasons(side)  # type: ignore[attr-defined]
        if side == Side.PERSON:
            self.fields["note"].help_text = _(
                "Lue par la coordination seulement : la structure apprend que vous n’êtes plus"
                " disponible pour ce poste, sans la raison."
            )
        elif side == Side.PARTNER:
            self.fields["note"].help_text = _(
                "Lue par la coordination. La personne peut en demander copie : restez factuel."
            )

    @property
    def chosen(self) -> tuple[Side, CloseReason]:
        """Whose reason it is, and which."""
        side, _colon, reason = self.cleaned_data["reason"].partition(":")
        return Side(side), CloseReason(reason)


class RefuseForm(forms.Form):
    """A reason nobody has to give."""

    reason = forms.ChoiceField(
        label=_("Si vous refusez, pourquoi ? Facultatif"),
        required=False,
        choices=[
            ("", _("Je préfère ne pas le dire")),
            *((one.value, one.label) for one in REASONS_OF[Side.PERSON]),
        ],
    )

    @property
    def chosen(self) -> CloseReason:
        """The reason, or the one that says least."""
        return CloseReason(self.cleaned_data["reason"] or CloseReason.NOT_INTERESTED)


class NoteAgreementForm(forms.Form):
    """How the person said yes, and where that can be found again."""

    channel = forms.ChoiceField(
        label=_("Comment la personne a-t-elle donné son accord ?"),
        choices=[(one.value, one.label) for one in _NOTED],
        widget=forms.RadioSelect(),
    )
    proof = forms.CharField(
        label=_("Où se trouve la preuve ?"),
        max_length=300,
        help_text=_("Courriel du 3 mars, compte rendu d’entretien, formulaire signé…"),
    )
    read_to_them = forms.BooleanField(
        label=_("Je lui ai lu ce que cet accord permet"),
        error_messages={"required": _("Lisez-lui d’abord ce que son accord permet.")},
    )


class ProposalForm(forms.Form):
    """One of two buttons, and a reason for the second."""

    answer = forms.ChoiceField(choices=[("agree", "agree"), ("refuse", "refuse")])
    reason = RefuseForm.base_fields["reason"]

    @property
    def agrees(self) -> bool:
        """Whether the person said yes."""
        return bool(self.cleaned_data["answer"] == "agree")

    @property
    def chosen(self) -> CloseReason:
        """The reason, or the one that says least."""
        return CloseReason(self.cleaned_data["reason"] or CloseReason.NOT_INTERESTED)


class BulkForm(forms.Form):
    """One act for the introductions ticked."""

    acte = forms.ChoiceField(
        label=_("Avec la sélection"),
        choices=[
            ("", _("Choisir")),
            ("relancer", _("Relancer la structure")),
            ("clore", _("Clore")),
        ],
        error_messages={"required": _("Choisissez ce qu’il faut faire de la sélection.")},
    )
    raison = forms.ChoiceField(
        label=_("Raison, pour clore"),
        required=False,
        choices=[
            (one.value, one.label)
            for one in (CloseReason.OTHER, *REASONS_OF[Side.COORDINATION][:-1])
        ],
    )


def _reasons(side: Side) -> list[tuple[str, Any]]:
    reasons: Iterable[CloseReason] = REASONS_OF[side]
    return [(f"{side.value}:{one.value}", one.label) for one in reasons]
