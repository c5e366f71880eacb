"""The filters of the board and of the list: all in the address, none required."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.kit.search import used_in
from ancrage.matching.enums import IntroductionOrigin, IntroductionState
from ancrage.matching.models import HELD, Introduction
from ancrage.matching.queries import IntroductionFilter
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.web.widgets import SearchInput


class FilterForm(forms.Form):
    """What a reader looks for among the introductions of `rows`; `relays` is for whoever passes
    on the requests that the charter holds."""

    q = forms.CharField(
        label=_("Personne, numéro, poste ou structure"),
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

    def __init__(
        self, *args: Any, rows: QuerySet[Introduction], relays: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        waiting = rows.filter(HELD, state=IntroductionState.PROPOSED)
        self.held_count = waiting.count() if relays else 0
        if not relays:
            # A structure that could sort them out would learn who works at a neighbour's.
            del self.fields["a_transmettre"]
        choices: dict[str, QuerySet[Any]] = {
            "metier": used_in(Profession, rows, "need__profession").order_by("rank", "pk"),
            "structure": used_in(Partner, rows, "partner").order_by("name", "pk"),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

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
