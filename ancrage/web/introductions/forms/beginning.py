"""Who, for which post, with which word."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateWord
from ancrage.kit.text import words
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.professions.models import Profession
from ancrage.web.fields import NeedField, ReadAgainForm

_MESSAGE_LENGTH = 4000
_MOST_NAMED = 4
_MOST_WORDS = 8
_ORDER = ("profession__rank", "partner__search", "pk")


class CandidateField(forms.CharField):
    """A profile, by the code of its card, or by the words that find only one."""

    candidates: QuerySet[Candidate] = Candidate.objects.none()

    def clean(self, value: Any) -> Any:
        """Return the one profile meant, or say which ones could be."""
        text = super().clean(value)
        found = self.candidates.filter(status=CandidateStatus.ACTIVE)
        for word in words(text)[:_MOST_WORDS]:
            having = CandidateWord.objects.filter(word__startswith=word).values("candidate")
            found = found.filter(pk__in=having)
        meant = list(found.select_related("subject").order_by("name_key", "pk")[: _MOST_NAMED + 1])
        if len(meant) == 1 and words(text):
            return meant[0]
        if not meant or not words(text):
            raise ValidationError(_("Aucun profil actif ne répond à ces mots."), code="nobody")
        names = ", ".join(f"{one.full_name} ({one.card})" for one in meant[:_MOST_NAMED])
        raise ValidationError(
            _("Plusieurs profils y répondent : précisez, ou donnez le code. %(names)s"),
            code="several",
            params={"names": names},
        )


class _WithMessage(ReadAgainForm):
    free_text = "message"

    message = forms.CharField(
        label=_("Un mot pour accompagner"),
        required=False,
        max_length=_MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Facultatif. Ni santé, ni famille, ni numéro de sécurité sociale."),
    )


class ProposeForm(_WithMessage):
    """The coordination's proposal."""

    profil = CandidateField(
        label=_("La personne"),
        max_length=120,
        help_text=_("Nom, adresse électronique, téléphone ou code de la carte."),
    )
    besoin = NeedField(label=_("Le poste"), queryset=Need.objects.none())
    field_order = ("profil", "besoin", "message")

    def __init__(
        self,
        *args: Any,
        candidates: QuerySet[Candidate],
        needs: QuerySet[Need],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profil"].candidates = candidates  # type: ignore[attr-defined]
        self.fields["besoin"].queryset = _open(needs)  # type: ignore[attr-defined]


class RequestForm(_WithMessage):
    """A structure's request from a card."""

    besoin = NeedField(
        label=_("Pour quel poste ?"), queryset=Need.objects.none(), empty_label=_("Choisissez")
    )
    field_order = ("besoin", "message")

    def __init__(
        self, *args: Any, needs: QuerySet[Need], profession: Profession, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        same = Case(When(profession=profession, then=0), default=1)
        # The posts of the card's profession first: another is rarely what is meant.
        shown = _open(needs).order_by(same, *_ORDER)
        self.fields["besoin"].queryset = shown  # type: ignore[attr-defined]


class ApplyForm(_WithMessage):
    """A person's application."""

    agrees = forms.BooleanField(
        label=_("J’accepte que cette structure voie mon nom, mes coordonnées et mes documents"),
        error_messages={
            "required": _("Sans cet accord, la structure ne peut pas recevoir votre candidature.")
        },
    )


def _open(needs: QuerySet[Need]) -> QuerySet[Need]:
    return (
        needs.filter(status=NeedStatus.PUBLISHED)
        .select_related("profession", "specialty", "partner", "commune")
        .order_by(*_ORDER)
    )
