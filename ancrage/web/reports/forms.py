"""What is asked about reports and public figures."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ancrage.privacy.detectors import detect_forbidden
from ancrage.roadmap.enums import ReportStatus, RoadmapStatus
from ancrage.roadmap.models import Roadmap
from ancrage.roadmap.queries import ReportSearch
from ancrage.territory.enums import MeasurePart, PerimeterKind
from ancrage.territory.measures import measures
from ancrage.territory.models import Territory
from ancrage.territory.perimeters import parts_of
from ancrage.web.filters import WordsField
from ancrage.web.widgets import DateInput

_FIRST_YEAR = 2000
# Whoever is named with courtesy: « Mme Martin », « le docteur Blanc ».
_CIVILITY = re.compile(
    r"\b(?:M\.|Mr|Mme|Mlle|[Mm]onsieur|[Mm]adame|Dr\.?|[Dd]octeure?|Pr\.?)\s+[A-ZÀ-Ý][\w’'-]+"
)


class SearchForm(forms.Form):
    """Words of the title, a year, drafts or published. A wrong value narrows nothing."""

    q = WordsField(_("Intitulé"))
    annee = forms.TypedChoiceField(
        label=_("Année"), required=False, coerce=int, empty_value=None, choices=()
    )
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", pgettext_lazy("rapports", "Tous")), *ReportStatus.choices],
    )

    def __init__(self, data: Any, *, years: list[int], sees_drafts: bool) -> None:
        super().__init__(data)
        fields: Any = self.fields
        every = ("", pgettext_lazy("années", "Toutes"))
        fields["annee"].choices = [every, *((str(year), str(year)) for year in years)]
        if not sees_drafts:
            del self.fields["etat"]

    @property
    def search(self) -> ReportSearch:
        """What is asked."""
        self.is_valid()
        asked = self.cleaned_data
        return ReportSearch(
            text=asked.get("q") or "", status=asked.get("etat") or "", year=asked.get("annee")
        )


class ReportForm(forms.Form):
    """The territory or a part of it, the months, the roadmap that the report tells."""

    territory = forms.ModelChoiceField(label=_("Territoire"), queryset=Territory.objects.none())
    perimeter = forms.ChoiceField(
        label=_("Périmètre"),
        required=False,
        help_text=_(
            "Une partie se raconte par ses besoins, ses structures et ses rencontres ; les "
            "chiffres qui n’ont de sens que pour le territoire entier n’y sont pas."
        ),
    )
    starts_on = forms.DateField(
        label=_("Du"), widget=DateInput, help_text=_("Le premier jour d’un mois.")
    )
    ends_on = forms.DateField(
        label=_("Au"), widget=DateInput, help_text=_("Le dernier jour d’un mois.")
    )
    roadmap = forms.ModelChoiceField(
        label=_("Feuille de route"),
        queryset=Roadmap.objects.none(),
        required=False,
        empty_label=_("Aucune"),
        help_text=_(
            "Ses axes, ses actions et ses indicateurs entrent dans le rapport du territoire "
            "entier ; celui d’une partie s’en passe."
        ),
    )

    def __init__(self, data: Any, *, territories: QuerySet[Territory], today: date) -> None:
        held = list(territories.order_by("name", "pk"))
        roadmaps = (
            Roadmap.objects.filter(territory__in=[one.pk for one in held])
            .exclude(status=RoadmapStatus.DRAFT)
            .order_by("-starts_on", "pk")
        )
        last_year = today.year - 1
        super().__init__(
            data,
            initial={
                "territory": held[0] if held else None,
                "starts_on": date(last_year, 1, 1),
                "ends_on": date(last_year, 12, 31),
                "roadmap": roadmaps.first(),
            },
        )
        fields: Any = self.fields
        fields["territory"].queryset = territories.order_by("name", "pk")
        fields["roadmap"].queryset = roadmaps
        fields["perimeter"].choices = _perimeters(held)
        if len(fields["perimeter"].choices) == 1:
            fields["perimeter"].widget = forms.HiddenInput()
        if len(held) == 1:
            fields["territory"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Refuse the roadmap of another territory; a part tells none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("perimeter"):
            cleaned["roadmap"] = None
        roadmap, territory = cleaned.get("roadmap"), cleaned.get("territory")
        if roadmap and territory and roadmap.territory_id != territory.pk:
            self.add_error("roadmap", gettext("Choisissez une feuille de route de ce territoire."))
        return cleaned


def _perimeters(territories: list[Territory]) -> list[Any]:
    """The whole, then the parts by kind; the territory is said where there are several."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for part in parts_of(territories):
        label = str(part.kind.label)
        if len(territories) > 1:
            label = f"{part.territory.name} · {label}"
        groups.setdefault(label, []).append((part.key, part.name))
    return [("", PerimeterKind.WHOLE.label), *groups.items()]


class CommentForm(forms.Form):
    """What the coordination says of a section. What tells of a person is pointed at once."""

    text = forms.CharField(
        label=_("Commentaire"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Imprimé sous les chiffres. Aucun nom : le rapport sera lu hors du réseau."),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
    # The text that was already pointed at: sent again, it is taken.
    relu = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=4000)

    def clean_text(self) -> str:
        """Ask once to take out what tells of a person."""
        text: str = self.cleaned_data["text"]
        found = detect_forbidden(text) or _CIVILITY.search(text)
        if found and self.data.get("relu", "") != text:
            # The same page again, with what was read.
            self.data = {**self.data.dict(), "relu": text}  # type: ignore[attr-defined]
            raise forms.ValidationError(
                gettext(
                    "Ce texte semble nommer une personne ou parler de sa situation, ce qu’un "
                    "rapport ne fait pas. Modifiez-le, ou enregistrez-le une seconde fois tel "
                    "quel."
                )
            )
        return text


class PublicFiguresForm(forms.Form):
    """One box a measure, gathered by part."""

    def __init__(self, data: Any, *, shown: frozenset[str]) -> None:
        super().__init__(data)
        for part in MeasurePart:
            known = measures(part)
            if not known:
                continue
            self.fields[part.value] = forms.MultipleChoiceField(
                label=part.label,
                required=False,
                choices=[(one.key, one.name) for one in known],
                initial=[one.key for one in known if one.key in shown],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def keys(self) -> list[str]:
        """The measures ticked."""
        return [key for chosen in self.cleaned_data.values() for key in chosen]
