"""The forms of scenarios: what is said of one, one more thing supposed, the list's filters."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.demography.enums import Care, StepKind
from ancrage.demography.models import Scenario
from ancrage.demography.services.model import TerritoryModel, all_known_sets, known_sets
from ancrage.demography.services.scenarios import Description, Step, wanted_set
from ancrage.territory.models import Territory
from ancrage.web.demography.set_forms import set_choices
from ancrage.web.widgets import SearchInput

MOST_PATIENTS = 5_000


class DescriptionForm(forms.Form):
    """What is said of a scenario."""

    name = forms.CharField(label=_("Nom du scénario"), max_length=120)
    note = forms.CharField(
        label=pgettext_lazy("scénario", "Note"),
        help_text=_("Pourquoi ce scénario, ce qu’il laisse de côté."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    patients_each = forms.IntegerField(
        label=_("Patients suivis par un professionnel"),
        help_text=_(
            "Pour compter ceux qu’un départ laisse sans personne. Aucune valeur n’est supposée à "
            "votre place."
        ),
        required=False,
        min_value=1,
        max_value=MOST_PATIENTS,
    )
    shared = forms.BooleanField(
        label=_("Partager avec les structures du territoire"), required=False
    )
    parameters = forms.ChoiceField(
        label=_("Paramètres du calcul"),
        help_text=_("Ce que pèsent la distance, l’âge et l’activité."),
        required=False,
    )

    def __init__(self, *args: Any, sets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parameters"].choices = [("", _("Ceux du territoire")), *sets]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, scenario: Scenario, data: Any = None) -> "DescriptionForm":
        """Return the form of a scenario that exists."""
        initial = {name: getattr(scenario, name) for name in cls.base_fields}
        initial["parameters"] = wanted_set(scenario)
        sets = set_choices(known_sets(scenario.territory, Care(scenario.care)))
        if scenario.version and initial["parameters"] not in dict(sets):
            # Archived since: it stays its own as long as it wants it.
            sets.append((scenario.version.of.ref, scenario.version.name))
        return cls(data, initial=initial, sets=sets)

    @property
    def description(self) -> Description:
        """What was typed."""
        told = self.cleaned_data
        return Description(
            told["name"],
            told["note"],
            told["patients_each"],
            shared=told["shared"],
            parameters=told["parameters"],
        )


class NewScenarioForm(DescriptionForm):
    """A scenario begins with a profession and a name."""

    care = forms.ChoiceField(label=_("Profession"), choices=Care.choices)

    field_order = ("name", "care", "parameters", "note", "patients_each", "shared")

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        known = all_known_sets(territory)
        self._sets = {care: set_choices(sets) for care, sets in known.items()}
        groups = [(care.label, self._sets[care]) for care in Care]
        super().__init__(*args, sets=groups, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a set that counts another profession."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        care, chosen = told.get("care"), told.get("parameters")
        if care and chosen and chosen not in dict(self._sets[Care(care)]):
            self.add_error("parameters", _("Ce jeu ne compte pas cette profession."))
        return told


class PeopleField(forms.IntegerField):
    """A number of people, more or fewer: the minus of print is read as that of the keyboard."""

    def to_python(self, value: Any) -> int | None:
        """Read « −200 » as « -200 »."""
        return super().to_python(value.replace("−", "-") if isinstance(value, str) else value)


class StepForm(forms.Form):
    """One more thing supposed: what its kind needs is asked, the rest of what was typed follows
    unseen, should the kind change again."""

    kind = forms.ChoiceField(
        label=_("Que se passe-t-il ?"), choices=StepKind.choices, widget=forms.RadioSelect
    )
    commune = forms.ChoiceField(
        label="", error_messages={"required": _("Dites dans quelle commune.")}
    )
    to = forms.ChoiceField(
        label=_("Vers quelle commune ?"),
        error_messages={"required": _("Dites dans quelle autre commune.")},
    )
    posts = forms.DecimalField(
        label=_("Combien de professionnels ?"),
        help_text=_("En postes à plein temps : 1, 0,5…"),
        initial=1,
        max_value=50,
        min_value=Decimal("0.1"),
        decimal_places=2,
        localize=True,
        error_messages={"required": _("Dites combien de professionnels.")},
    )
    people = forms.IntegerField(
        label=_("Combien d’habitants en plus ?"),
        help_text=_("−200 pour deux cents de moins."),
        localize=True,
        error_messages={"required": _("Dites combien d’habitants en plus ou en moins.")},
    )

    def __init__(self, *args: Any, model: TerritoryModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {place.code: place.name for place in model.places}
        choices = [("", _("Choisir")), *_by_nearness(model)]
        self.fields["commune"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        asked = (self.data if self.is_bound else self.initial).get("kind")
        self.asked = StepKind(asked) if asked in StepKind.values else StepKind.ARRIVES
        self.initial["kind"] = self.asked
        self.fields["commune"].label = _WHERE[self.asked]
        for name in {"to", "posts", "people"} - _NEEDED[self.asked]:
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def step(self) -> Step:
        """What was typed."""
        told = self.cleaned_data
        of_people, moves = self.asked is StepKind.PEOPLE, self.asked is StepKind.MOVES
        return Step(
            self.asked,
            told["commune"],
            self._names[told["commune"]],
            posts=0 if of_people else round(told["posts"] * 100),
            people=told["people"] if of_people else 0,
            to=told["to"] if moves else "",
            to_name=self._names[told["to"]] if moves else "",
        )


_NEEDED = {
    StepKind.ARRIVES: {"posts"},
    StepKind.LEAVES: {"posts"},
    StepKind.HALF: {"posts"},
    StepKind.MOVES: {"to", "posts"},
    StepKind.PEOPLE: {"people"},
}
_WHERE = {
    StepKind.ARRIVES: _("Dans quelle commune ?"),
    StepKind.LEAVES: _("De quelle commune ?"),
    StepKind.HALF: _("Dans quelle commune ?"),
    StepKind.MOVES: _("De quelle commune ?"),
    StepKind.PEOPLE: _("Dans quelle commune ?"),
}


class ScenariosForm(forms.Form):
    """Which scenarios are listed."""

    q = forms.CharField(
        label=_("Chercher"), required=False, max_length=80, widget=SearchInput(), strip=True
    )
    profession = forms.ChoiceField(
        label=_("Profession"),
        choices=[("", pgettext_lazy("professions", "Toutes")), *Care.choices],
        required=False,
    )
    par = forms.ChoiceField(
        label=_("Ranger par"),
        choices=[("", _("Dernier modifié")), ("nom", pgettext_lazy("tri", "Nom"))],
        required=False,
    )

    def value(self, name: str) -> str:
        """Return what a field was read as; nothing where it makes no sense."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


def _by_nearness(model: TerritoryModel) -> list[Any]:
    """Return the communes, those of the territory before those around it."""
    inside: list[tuple[str, str]] = []
    around: list[tuple[str, str]] = []
    for place in sorted(model.places, key=lambda one: (one.name, one.code)):
        (inside if place.inside else around).append((place.code, place.name))
    groups = [(_("Territoire"), inside)]
    return [*groups, (_("Autour"), around)] if around else groups
