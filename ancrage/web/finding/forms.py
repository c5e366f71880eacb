"""What a search asks, as fields of a page; how one is kept."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from ancrage.candidates.enums import Experience
from ancrage.matching.enums import SearchFrequency
from ancrage.matching.queries import SearchesFilter
from ancrage.matching.services.finding import HEAVIEST, USUAL, YEARS, Asked, asked_from
from ancrage.professions.enums import ContractKind
from ancrage.territory.models import Epci
from ancrage.web.filters import WordsField
from ancrage.web.finding.words import PARTS
from ancrage.web.widgets import MonthInput

_EVERY_CONTRACT = [("", pgettext_lazy("contrats", "Tous")), *ContractKind.choices]


class _Criteria(forms.Form):
    """Criteria read from an address; `parts` are those of the score that weigh on this page."""

    def __init__(self, data: Mapping[str, str], *, parts: tuple[str, ...]) -> None:
        super().__init__(data)
        self.asked: Asked = asked_from(data, parts)


class ProfilesForm(_Criteria):
    """« Trouver un profil »: nothing that a card does not print."""

    zone = forms.ModelChoiceField(
        label=_("Intercommunalité"),
        queryset=Epci.objects.none(),
        to_field_name="siren",
        required=False,
        empty_label=pgettext_lazy("intercommunalités", "Toutes"),
    )
    contrat = forms.ChoiceField(label=_("Contrat"), choices=_EVERY_CONTRACT, required=False)
    experience = forms.ChoiceField(
        label=_("Expérience"),
        choices=[("", pgettext_lazy("expériences", "Toutes")), *Experience.choices],
        required=False,
    )
    mois = forms.DateField(
        label=_("Disponible au plus tard en"),
        required=False,
        widget=MonthInput(),
        input_formats=["%Y-%m"],
    )

    def __init__(
        self, data: Mapping[str, str], *, parts: tuple[str, ...], zones: QuerySet[Epci]
    ) -> None:
        super().__init__(data, parts=parts)
        self.fields["zone"].queryset = zones  # type: ignore[attr-defined]


class NeedsForm(_Criteria):
    """« Les besoins qui me correspondent »."""

    q = WordsField(_("Structure, commune, mot"))
    contrat = forms.ChoiceField(label=_("Contrat"), choices=_EVERY_CONTRACT, required=False)
    logement = forms.BooleanField(label=_("Logement proposé"), required=False)


class WeightsForm(forms.Form):
    """How much each part of the score counts, from 0 to 100; the usual weights at first."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(
            initial={f"poids_{part}": weight for part, weight in asked.weights.items()}
        )
        if "experience" in asked.weights:
            self.fields["annees"] = forms.ChoiceField(
                label=_("Expérience souhaitée"),
                choices=[("", pgettext_lazy("expérience", "Peu importe")), *_years()],
                initial=asked.years or "",
                required=False,
            )
        for part in asked.weights:
            self.fields[f"poids_{part}"] = forms.IntegerField(
                label=str(PARTS[part]),
                min_value=0,
                max_value=HEAVIEST,
                required=False,
                widget=forms.NumberInput(attrs={"step": 5, "inputmode": "numeric"}),
            )

    @property
    def are_usual(self) -> bool:
        """Say whether nobody has touched the weights."""
        return all(
            self.initial[f"poids_{part}"] == weight
            for part, weight in USUAL.items()
            if f"poids_{part}" in self.initial
        )


class SavedForm(forms.Form):
    """« Mes recherches »: which ones."""

    q = WordsField(_("Nom, métier, structure ou commune"))
    courriel = forms.ChoiceField(
        label=_("Courriel"),
        required=False,
        choices=[("", pgettext_lazy("courriels", "Peu importe")), *SearchFrequency.choices],
    )

    @property
    def criteria(self) -> SearchesFilter:
        """What is asked for; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        found = self.cleaned_data
        return SearchesFilter(text=found.get("q", ""), frequency=found.get("courriel", ""))


class KeepForm(forms.Form):
    """The name of a search, and how often what is new is told."""

    name = forms.CharField(
        label=_("Nom de la recherche"),
        max_length=80,
        help_text=_("Pour la retrouver : personne d’autre ne le voit."),
    )
    frequency = forms.ChoiceField(
        label=_("Être prévenu par courriel de ce qui est nouveau"),
        choices=SearchFrequency.choices,
        widget=forms.RadioSelect,
        initial=SearchFrequency.WEEKLY,
    )


def _years() -> list[tuple[str, Any]]:
    return [
        (
            str(years),
            ngettext("%(n)d an ou plus", "%(n)d ans ou plus", years) % {"n": years},
        )
        for years in YEARS
    ]
