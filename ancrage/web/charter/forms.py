"""Forms of the drafting of a charter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.partners.enums import CommitmentKind
from ancrage.partners.models import Charter, Commitment
from ancrage.partners.services import CommitmentText

_NEEDS_NUMBER = {
    CommitmentKind.ANSWER_DELAY: _("Dites en combien de jours on répond."),
    CommitmentKind.PAY_SHOWN: _("Dites quelle part des besoins, en pour cent."),
    CommitmentKind.NEEDS_FRESH: _("Dites quelle part des besoins, en pour cent."),
}
_PERCENTS = frozenset({CommitmentKind.PAY_SHOWN, CommitmentKind.NEEDS_FRESH})
_MOST_DAYS, _MOST_PERCENT = 90, 100


class DraftForm(forms.Form):
    """The title and the opening words of a draft."""

    title = forms.CharField(label=_("Titre"), max_length=160)
    preamble = forms.CharField(
        label=_("Préambule"),
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Pourquoi ces règles, et pour qui. Une ligne vide sépare deux paragraphes."),
    )

    @classmethod
    def of(cls, charter: Charter, data: Any = None) -> "DraftForm":
        """The form of a draft as it is."""
        return cls(data, initial={"title": charter.title, "preamble": charter.preamble})


class CommitmentForm(forms.Form):
    """One promise: its nature says how the platform measures it, if it can."""

    kind = forms.ChoiceField(
        label=_("Nature"), choices=[("", _("Choisir")), *CommitmentKind.choices]
    )
    text = forms.CharField(
        label=_("Texte de l’engagement"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Tel que les structures le signeront."),
    )
    threshold = forms.IntegerField(
        label=_("Seuil"),
        required=False,
        min_value=1,
        help_text=_("Un nombre de jours pour un délai, un pourcentage pour une part."),
    )

    @classmethod
    def of(cls, commitment: Commitment, data: Any = None) -> "CommitmentForm":
        """The form of a promise as it is."""
        names = ("kind", "text", "threshold")
        return cls(data, initial={name: getattr(commitment, name) for name in names})

    def clean(self) -> dict[str, Any]:
        """A measured promise has a number, within what it counts; another has none."""
        cleaned = super().clean() or {}
        kind, threshold = cleaned.get("kind"), cleaned.get("threshold")
        if not kind or "threshold" not in cleaned:
            return cleaned
        if kind not in _NEEDS_NUMBER:
            cleaned["threshold"] = None
        elif threshold is None:
            self.add_error("threshold", _NEEDS_NUMBER[CommitmentKind(kind)])
        elif kind in _PERCENTS and threshold > _MOST_PERCENT:
            self.add_error("threshold", _("Un pourcentage va de 1 à 100."))
        elif kind not in _PERCENTS and threshold > _MOST_DAYS:
            self.add_error("threshold", _("Un délai de réponse va de 1 à 90 jours."))
        return cleaned

    def commitment(self) -> CommitmentText:
        """Return what the services take."""
        return CommitmentText(
            kind=CommitmentKind(self.cleaned_data["kind"]),
            text=self.cleaned_data["text"],
            threshold=self.cleaned_data["threshold"],
        )
