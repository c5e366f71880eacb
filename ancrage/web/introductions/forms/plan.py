"""What is asked of a plan, and what is looked for in it."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.candidates.models import CandidateWord
from ancrage.kit.text import words
from ancrage.matching.services import MOST_PROPOSALS
from ancrage.web.filters import WordsField, WorkFilters

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


class PlanFilterForm(WorkFilters):
    """What a reader looks for among the lines of a plan."""

    q = WordsField(_("Personne, poste ou structure"))
    lignes = forms.ChoiceField(
        label=_("Lignes"),
        required=False,
        choices=[
            ("", pgettext_lazy("lignes", "Toutes")),
            ("plan", _("Du plan")),
            ("reserve", _("En réserve")),
        ],
    )

    profession_path = "need__profession"
    partner_path = "need__partner"

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
