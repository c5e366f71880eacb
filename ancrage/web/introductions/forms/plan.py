"""What is asked of a plan, and what is looked for in it."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.candidates.models import CandidateWord
from ancrage.kit.text import words
from ancrage.matching.services import MOST_PROPOSALS
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.web.widgets import SearchInput

_MOST_WORDS = 8


class PlanForm(forms.Form):
    """How many proposals each person may receive."""

    propositions = forms.IntegerField(
        label=_("Propositions par personne"),
        min_value=1,
        max_value=MOST_PROPOSALS,
        initial=1,
        help_text=_("Au-delà d’une, les autres attendent en réserve."),
    )


class PlanFilterForm(forms.Form):
    """What a reader looks for among the lines of a plan."""

    q = forms.CharField(
        label=_("Personne, poste ou structure"),
        required=False,
        max_length=120,
        widget=SearchInput(),
    )
    metier = forms.ModelChoiceField(
        label=_("Métier"),
        queryset=Profession.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tous les métiers"),
    )
    structure = forms.ModelChoiceField(
        label=_("Structure"),
        queryset=Partner.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Toutes les structures"),
    )
    lignes = forms.ChoiceField(
        label=_("Lignes"),
        required=False,
        choices=[
            ("", pgettext_lazy("lignes", "Toutes")),
            ("plan", _("Du plan")),
            ("reserve", _("En réserve")),
        ],
    )

    def __init__(self, *args: Any, lines: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare = lines.order_by()
        choices: dict[str, QuerySet[Any]] = {
            "metier": Profession.objects.filter(pk__in=bare.values("need__profession")).order_by(
                "rank", "pk"
            ),
            "structure": Partner.objects.filter(pk__in=bare.values("need__partner")).order_by(
                "name", "pk"
            ),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def narrowed(self, lines: QuerySet[Any]) -> QuerySet[Any]:
        """Return the lines asked for; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        found = self.cleaned_data
        if found.get("metier"):
            lines = lines.filter(need__profession=found["metier"])
        if found.get("structure"):
            lines = lines.filter(need__partner=found["structure"])
        if found.get("lignes"):
            lines = lines.filter(is_alternative=found["lignes"] == "reserve")
        for word in words(found.get("q", ""))[:_MOST_WORDS]:
            named = CandidateWord.objects.filter(
                candidate=OuterRef("candidate"), word__startswith=word
            )
            lines = lines.filter(Q(need__search__contains=f" {word}") | Exists(named))
        return lines
