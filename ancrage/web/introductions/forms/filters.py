"""The filters of the board and of the list: all in the address, none required."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.matching.enums import IntroductionOrigin, IntroductionState
from ancrage.matching.models import HELD, Introduction
from ancrage.matching.queries import IntroductionFilter
from ancrage.web.filters import WordsField, WorkFilters


class FilterForm(WorkFilters):
    """What a reader looks for among the introductions of `rows`; `relays` is for whoever passes
    on the requests that the charter holds."""

    q = WordsField(_("Personne, numéro, poste ou structure"))
    origine = forms.ChoiceField(
        label=_("Origine"),
        required=False,
        choices=[("", pgettext_lazy("origines", "Toutes")), *IntroductionOrigin.choices],
    )
    en_retard = forms.BooleanField(label=_("En retard de réponse"), required=False)
    a_transmettre = forms.BooleanField(label=_("À transmettre, selon la charte"), required=False)
    etape = forms.ChoiceField(
        required=False,
        choices=[("", ""), *IntroductionState.choices],
        widget=forms.HiddenInput(),
    )

    profession_path = "need__profession"

    def __init__(
        self, *args: Any, rows: QuerySet[Introduction], relays: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        waiting = rows.filter(HELD, state=IntroductionState.PROPOSED)
        self.held_count = waiting.count() if relays else 0
        if not relays:
            # A structure that could sort them out would learn who works at a neighbour's.
            del self.fields["a_transmettre"]

    @property
    def search(self) -> IntroductionFilter:
        """What is asked; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        found = self.cleaned_data
        return IntroductionFilter(
            text=found.get("q", ""),
            state=found.get("etape", ""),
            profession=found.get("metier"),
            partner=found.get("structure"),
            origin=found.get("origine", ""),
            late=found.get("en_retard", False),
            held=found.get("a_transmettre", False),
        )
