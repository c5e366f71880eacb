"""A profile, step by step: each step is saved alone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.candidates.enums import DiplomaState, Experience, RegistrationState
from ancrage.candidates.models import Candidate
from ancrage.candidates.services import CandidateFacts, ProfessionFacts, facts_of
from ancrage.candidates.validators import LENGTHS, MAX_PROFESSIONS
from ancrage.kit.contacts import display_phone
from ancrage.partners.models import Partner
from ancrage.partners.queries import employers_in
from ancrage.professions.enums import ContractKind
from ancrage.territory.models import Territory
from ancrage.web.fields import (
    CommuneField,
    FteField,
    ProfessionField,
    ReadAgainForm,
    SpecialtyField,
)
from ancrage.web.widgets import DateInput

DISTANCES = [
    ("", gettext_lazy("Sans limite")),
    (0, gettext_lazy("cette commune")),
    *[(km, f"{km} km") for km in (5, 10, 20, 30, 50)],
]
_SHOWN_ROWS = 3
# The facts whose fields bear another name on the page.
FIELD_OF = {"fte_min_hundredths": "fte_min", "fte_max_hundredths": "fte_max"}


class IdentityForm(forms.Form):
    """Who the person is, how to reach them, where they live and how far they go."""

    first_name = forms.CharField(
        label=gettext_lazy("Prénom"),
        max_length=LENGTHS["first_name"],
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Nom"),
        max_length=LENGTHS["last_name"],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Téléphone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Une adresse ou un téléphone suffit."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    reach_km = forms.TypedChoiceField(
        label=gettext_lazy("Jusqu’à"),
        choices=DISTANCES,
        coerce=int,
        empty_value=None,
        required=False,
    )
    reach_minutes = forms.IntegerField(
        label=gettext_lazy("Ou trajet le plus long"), min_value=1, max_value=240, required=False
    )
    rpps = forms.CharField(
        label=gettext_lazy("Numéro RPPS"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Onze chiffres, sur votre carte professionnelle. Facultatif."),
    )

    def __init__(
        self, *args: Any, territory: Territory, candidate: Candidate | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"] = CommuneField(
            label=_("Commune"),
            territory=territory,
            current=candidate.commune if candidate else None,
            required=False,
            help_text=_("Les structures ne voient que l’intercommunalité."),
        )
        reach = self.fields["reach_km"]
        held = candidate.reach_km if candidate else None
        if held is not None and held not in dict(DISTANCES):
            # Read from a file: not to be lost by whoever changes a telephone.
            reach.choices = [*DISTANCES, (held, f"{held} km")]  # type: ignore[attr-defined]
        self.order_fields(["first_name", "last_name", "email", "phone", "commune"])

    def facts(self) -> CandidateFacts:
        """Return what was typed, as services take it."""
        return CandidateFacts(**self.cleaned_data)  # type: ignore[typeddict-item]


class WishesForm(forms.Form):
    """What the person looks for, and when they could come."""

    experience = forms.ChoiceField(
        label=gettext_lazy("Expérience"),
        choices=[("", pgettext_lazy("expérience", "Non précisée")), *Experience.choices],
        required=False,
    )
    available_from = forms.DateField(
        label=gettext_lazy("Disponible à partir du"), required=False, widget=DateInput()
    )
    available_until = forms.DateField(
        label=gettext_lazy("Jusqu’au"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("À laisser vide pour un poste durable."),
    )
    contracts = forms.MultipleChoiceField(
        label=gettext_lazy("Contrats souhaités"),
        choices=ContractKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Aucune case cochée : tous conviennent."),
    )
    fte_min = FteField(
        label=gettext_lazy("Temps de travail, au moins"),
        required=False,
        help_text=gettext_lazy("Par exemple 50 %, mi-temps ou 28 h."),
    )
    fte_max = FteField(label=gettext_lazy("Temps de travail, au plus"), required=False)
    works_days = forms.BooleanField(label=gettext_lazy("De jour"), required=False)
    works_nights = forms.BooleanField(label=gettext_lazy("De nuit"), required=False)
    works_12h = forms.BooleanField(label=gettext_lazy("En postes de 12 heures"), required=False)
    works_weekends = forms.BooleanField(label=gettext_lazy("Le week-end"), required=False)

    def facts(self) -> CandidateFacts:
        """Return what was typed, as services take it."""
        facts = dict(self.cleaned_data)
        for column, field in FIELD_OF.items():
            facts[column] = facts.pop(field)
        return CandidateFacts(**facts)  # type: ignore[typeddict-item]


class EmployerForm(forms.Form):
    """Where the person works today, so that it does not see their card."""

    employer = forms.ModelChoiceField(
        label=gettext_lazy("Structure du territoire"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=gettext_lazy("Aucune"),
        help_text=gettext_lazy(
            "Elle ne voit pas votre carte et ne sait pas que vous cherchez. La coordination seule"
            " lit cette information."
        ),
    )
    employer_name = forms.CharField(
        label=gettext_lazy("Ou un autre employeur"),
        max_length=LENGTHS["employer_name"],
        required=False,
    )
    shown_to_employer = forms.BooleanField(
        label=gettext_lazy("Ma structure peut voir ma carte, comme les autres"),
        required=False,
        help_text=gettext_lazy("Par exemple pour changer de service sans la quitter."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].queryset = employers_in(territory)  # type: ignore[attr-defined]

    def facts(self) -> CandidateFacts:
        """Return what was typed, as services take it."""
        return CandidateFacts(**self.cleaned_data)  # type: ignore[typeddict-item]


class NoteForm(ReadAgainForm):
    """What the coordination keeps in mind; the person may read it."""

    free_text = "note"

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LENGTHS["note"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "La personne peut lire cette note. Ni santé, ni famille, ni opinion : elles n’ont pas"
            " leur place ici."
        ),
    )

    def facts(self) -> CandidateFacts:
        """Return what was typed, as services take it."""
        return CandidateFacts(note=self.cleaned_data["note"])


class ProfessionRow(forms.Form):
    """One profession and where the person stands with it."""

    profession = ProfessionField(label=gettext_lazy("Métier"), required=False)
    specialty = forms.CharField(label=gettext_lazy("Spécialité"), max_length=120, required=False)
    diploma = forms.ChoiceField(
        label=gettext_lazy("Diplôme"), choices=DiplomaState.choices, required=False
    )
    registration = forms.ChoiceField(
        label=gettext_lazy("Inscription (Ordre, ARS)"),
        choices=RegistrationState.choices,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Read the specialty among those of the profession."""
        cleaned = super().clean() or {}
        read, text = cleaned.get("profession"), cleaned.get("specialty")
        if read is None:
            if text and "profession" not in self.errors:
                self.add_error("profession", _("Indiquez le métier de cette spécialité."))
            return cleaned
        cleaned["specialty"] = read.specialty
        if text:
            try:
                cleaned["specialty"] = SpecialtyField(profession=read.profession).clean(text)
            except ValidationError as error:
                self.add_error("specialty", error)
        return cleaned

    def row(self) -> ProfessionFacts | None:
        """Return the profession as services take it, None for an empty row."""
        read = self.cleaned_data.get("profession")
        if read is None:
            return None
        return ProfessionFacts(
            profession=read.profession,
            specialty=self.cleaned_data["specialty"],
            diploma=self.cleaned_data["diploma"],
            registration=self.cleaned_data["registration"],
        )


class ProfessionsForm:
    """The professions of a profile, the main one first; one empty row more than needed."""

    def __init__(self, data: QueryDict | None, *, initial: Mapping[str, Any]) -> None:
        held = list(initial.get("professions", ()))
        count = min(max(_SHOWN_ROWS, len(held) + 1), MAX_PROFESSIONS)
        self.rows = [
            ProfessionRow(data, prefix=f"metier{rank + 1}", initial=_shown(held[rank : rank + 1]))
            for rank in range(count)
        ]
        self.rows[0].fields["profession"].required = True
        self._data = data

    def is_valid(self) -> bool:
        """Say whether what was sent can be saved; every row tells its errors."""
        wrong = [row for row in self.rows if not row.is_valid()]
        return self._data is not None and not wrong

    @property
    def errors(self) -> list[Any]:
        """The errors of all the rows."""
        return [row.errors for row in self.rows if row.errors]

    def add_error(self, _field: str | None, error: Any) -> None:
        """Write a refusal above the first row."""
        self.rows[0].add_error("profession", error)

    @property
    def fields(self) -> dict[str, Any]:
        """The name under which services refuse professions."""
        return {"professions": None}

    def facts(self) -> CandidateFacts:
        """Return what was typed, as services take it."""
        rows = [row for one in self.rows if (row := one.row()) is not None]
        return CandidateFacts(professions=rows)


def _shown(held: list[Mapping[str, Any]]) -> dict[str, Any]:
    if not held:
        return {"registration": RegistrationState.UNKNOWN}
    row = held[0]
    return {**row, "specialty": str(row["specialty"]) if row["specialty"] else ""}


def initial_of(candidate: Candidate) -> dict[str, Any]:
    """Return what the forms of a profile show first."""
    shown: dict[str, Any] = dict(facts_of(candidate))
    shown["phone"] = display_phone(shown["phone"]) if shown["phone"] else ""
    for column, field in FIELD_OF.items():
        shown[field] = shown.pop(column)
    return shown
