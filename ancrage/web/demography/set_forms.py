"""What is typed of a set of parameters: every list as two columns, pasted from a spreadsheet."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.demography.enums import Care
from ancrage.demography.services.model import SETS_OF, KnownSet
from ancrage.demography.services.sets import (
    InvalidParameters,
    SetFacts,
    Sheet,
    parameters_from,
    people_of,
    sentence_on,
)
from ancrage.kit.tabular import as_text
from ancrage.kit.tabular.cells import whole
from ancrage.kit.tabular.parsers.numbers import read_decimal
from ancrage.web.widgets import SearchInput

STEPS, SLOPE = "paliers", "droite"
NOTHING, BOUNDS, CLASSES = "rien", "bornes", "classes"
ARCHIVED, EVERY = "archives", "tous"
MOST_LINES = 60
# Nothing that people count here is larger.
MOST = 1_000_000
MOST_BYTES = 256 * 1024
_CUT = re.compile(r"\s*[;\t|]\s*")


class PairsField(forms.CharField):
    """Lines of two numbers, cut as spreadsheets and people cut them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
        super().__init__(widget=widget, required=False, max_length=4_000, **kwargs)

    def to_python(self, value: Any) -> Any:
        lines = str(value or "").replace("\x00", "").splitlines()
        told = [(rank, line.strip()) for rank, line in enumerate(lines, start=1) if line.strip()]
        if len(told) > MOST_LINES:
            raise ValidationError(_("Soixante lignes au plus."), code="too_many")
        found, wrong = [], []
        for rank, line in told:
            pair = _pair(line)
            if pair is None:
                wrong.append((rank, line[:40]))
            else:
                found.append(pair)
        if wrong:
            raise ValidationError(
                [
                    ValidationError(
                        _("Ligne %(rank)d : « %(line)s » n’est pas deux nombres."),
                        params={"rank": rank, "line": line},
                    )
                    for rank, line in wrong[:5]
                ]
            )
        return tuple(found)

    def run_validators(self, value: Any) -> None:
        """Nothing more: the length was that of the text."""

    def validate(self, value: Any) -> None:
        """Whether lines are needed depends on other answers."""


class Amount(forms.FloatField):
    """A number as people write it, no larger than anything that is counted here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, max_value=MOST, **kwargs)


class SetForm(forms.Form):
    """A set, or its next version."""

    name = forms.CharField(label=_("Nom du jeu"), max_length=120)
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        help_text=_("Où chaque valeur a été lue, comme « DREES, APL 2023, feuille Paramètres »."),
    )
    dated = forms.DateField(
        label=_("Date des valeurs"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    approximate = forms.BooleanField(
        label=_("Approché : il tient lieu de valeurs officielles qu’on ne connaît pas toutes"),
        required=False,
    )
    decay = forms.ChoiceField(
        label=_("Comment le poids baisse"),
        choices=[(STEPS, _("Par paliers")), (SLOPE, _("Par une droite"))],
        widget=forms.RadioSelect,
    )
    steps = PairsField(
        label=_("Paliers : minutes, puis poids"),
        help_text=_("Un palier par ligne : « 5 ; 1 » puis « 10 ; 0,3 ». Après le dernier, rien."),
    )
    closed = forms.TypedChoiceField(
        label=_("Un trajet qui dure juste la limite d’un palier"),
        choices=[("", _("passe au palier suivant (« < »)")), ("1", _("y entre encore (« ≤ »)"))],
        coerce=bool,
        empty_value="",
        required=False,
        widget=forms.RadioSelect,
    )
    full = Amount(label=_("Entière jusqu’à"), required=False)
    nil = Amount(label=_("Nulle à partir de"), required=False)
    post = Amount(label=_("Un poste à plein temps apporte"))
    age_cap = forms.IntegerField(
        label=_("Âge le plus élevé qui compte"),
        required=False,
        help_text=_(
            "Des professionnels, dans la colonne publiée que l’on montre. Vide : tous. Notre "
            "calcul les compte toujours tous : en laisser de côté dirait leur âge."
        ),
    )
    threshold = Amount(
        label=_("Seuil"),
        required=False,
        help_text=_("Au-dessous, on dit que l’accès manque. Vide : la source n’en donne pas."),
    )
    activity = forms.ChoiceField(
        label=_("Ce que compte un cabinet, d’après ses actes de l’année"),
        choices=[
            (NOTHING, _("Ses actes, sans borne")),
            (BOUNDS, _("Ses actes, entre un plancher et un plafond")),
            (CLASSES, _("Des postes, par classes d’actes")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "Sert quand l’activité est connue, par la commande compute_apl. Les fichiers importés "
            "ici comptent des personnes : chacune vaut un poste."
        ),
    )
    floor = Amount(label=_("Plancher"), required=False)
    ceiling = Amount(label=_("Plafond"), required=False)
    classes = PairsField(
        label=_("Classes : actes à partir de, puis postes"),
        help_text=_("Une classe par ligne : « 273 ; 0,2 ». Au-dessous de la première, rien."),
    )
    ages = PairsField(
        label=_("Tranches d’âge : premier âge, puis poids"),
        help_text=_(
            "Une tranche par ligne, depuis 0 : « 0 ; 1,27 » puis « 5 ; 0,65 ». Vide : tous les "
            "habitants comptent autant."
        ),
    )
    note = forms.CharField(
        label=pgettext_lazy("jeu de paramètres", "Note"),
        help_text=_("Pourquoi cette version, ce qu’elle laisse de côté."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, care: Care, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.care = care

    def clean(self) -> dict[str, Any]:
        """Refuse values that make no sense, at the field they stand in."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("decay") == SLOPE:
            for name in ("full", "nil"):
                if told.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Dites au bout de combien de minutes."))
        if self.errors.keys() & {"decay", "steps", "full", "nil", "ages", "classes"}:
            return told
        if any(age != int(age) for age, _weight in told["ages"]):
            self.add_error("ages", _("Un âge est un nombre entier."))
            return told
        try:
            parameters_from(self.facts)
        except InvalidParameters as error:
            self.add_error(self._field_of(error), sentence_on(error))
        return told

    @property
    def facts(self) -> SetFacts:
        """What was typed; what is missing elsewhere does not keep a decay from being read."""
        told = self.cleaned_data
        slopes, by = told.get("decay") == SLOPE, told.get("activity")
        return SetFacts(
            name="",
            title=told.get("name", ""),
            version=0,
            dated=told.get("dated") or date.min,
            slope=(told["full"], told["nil"]) if slopes else None,
            steps=() if slopes else told["steps"],
            closed=not slopes and bool(told.get("closed")),
            floor=told.get("floor") if by == BOUNDS else None,
            ceiling=told.get("ceiling") if by == BOUNDS else None,
            classes=told["classes"] if by == CLASSES else (),
            ages=tuple((int(age), weight) for age, weight in told["ages"]),
            age_cap=told.get("age_cap"),
            post=1.0 if told.get("post") is None else told["post"],
            people=people_of(self.care),
            threshold=told.get("threshold"),
            approximate=bool(told.get("approximate")),
            source=told.get("source", ""),
        )

    @property
    def sheet(self) -> Sheet:
        """What the service keeps."""
        values = parameters_from(self.facts)
        return Sheet(self.cleaned_data["name"], values, self.cleaned_data["note"])

    def _field_of(self, error: InvalidParameters) -> str | None:
        told = self.cleaned_data
        return {
            "decay": "nil" if told.get("decay") == SLOPE else "steps",
            "activity": "classes" if told.get("activity") == CLASSES else "floor",
            "age_weights": "ages",
            "age_cap": "age_cap",
            "post": "post",
            "threshold": "threshold",
        }.get(error.where)


def typed_from(facts: SetFacts, *, name: str = "", note: str = "") -> dict[str, Any]:
    """Return what a form shows of a set that exists."""
    slopes = facts.slope is not None
    by_bounds = facts.floor is not None or facts.ceiling is not None
    return {
        "name": name,
        "note": note,
        "source": facts.source,
        "dated": facts.dated,
        "approximate": facts.approximate,
        "decay": SLOPE if slopes else STEPS,
        "steps": _lines(facts.steps),
        "closed": "1" if facts.closed else "",
        "full": whole(facts.slope[0]) if facts.slope else None,
        "nil": whole(facts.slope[1]) if facts.slope else None,
        "post": whole(facts.post),
        "age_cap": facts.age_cap,
        "threshold": None if facts.threshold is None else whole(facts.threshold),
        "activity": CLASSES if facts.classes else BOUNDS if by_bounds else NOTHING,
        "floor": None if facts.floor is None else whole(facts.floor),
        "ceiling": None if facts.ceiling is None else whole(facts.ceiling),
        "classes": _lines(facts.classes),
        "ages": _lines(facts.ages),
    }


def blank(care: Care) -> dict[str, Any]:
    """Return what the form of a set typed from nothing shows: a unit, no value of any source."""
    return {
        "decay": STEPS,
        "closed": "",
        "activity": NOTHING,
        "post": whole(SETS_OF[care][0].post),
    }


class StartForm(forms.Form):
    """Whom a new set counts, and what it starts from."""

    profession = forms.ChoiceField(label=_("Profession"), choices=Care.choices)
    depuis = forms.ChoiceField(label=_("Partir de"), required=False)

    def __init__(self, *args: Any, sets: tuple[KnownSet, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["depuis"].choices = [("", _("Rien : tout est à taper")), *set_choices(sets)]  # type: ignore[attr-defined]


class SetsForm(forms.Form):
    """Which sets are listed."""

    q = forms.CharField(
        label=_("Chercher"), required=False, max_length=80, widget=SearchInput(), strip=True
    )
    profession = forms.ChoiceField(
        label=_("Profession"),
        choices=[("", pgettext_lazy("professions", "Toutes")), *Care.choices],
        required=False,
    )
    etat = forms.ChoiceField(
        label=_("État"),
        choices=[
            ("", pgettext_lazy("jeux", "Proposés")),
            (EVERY, pgettext_lazy("jeux", "Tous")),
            (ARCHIVED, pgettext_lazy("jeux", "Archivés")),
        ],
        required=False,
    )

    def value(self, name: str) -> str:
        """Return what a field was read as; nothing where it makes no sense."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


class BringSetForm(forms.Form):
    """A set as a file."""

    fichier = forms.FileField(
        label=_("Fichier du jeu"),
        max_length=200,
        help_text=_("Deux colonnes, « parametre » et « valeur » : CSV, XLSX, ODS ou XLS."),
    )

    def clean_fichier(self) -> Any:
        """Refuse what cannot be a set."""
        file = self.cleaned_data["fichier"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("Ce fichier est trop long pour un jeu de paramètres."))
        return file


def set_choices(sets: tuple[KnownSet, ...]) -> list[tuple[str, str]]:
    """Return sets as the choices of a field, by reference."""
    return [(one.ref, label_of(one)) for one in sets]


def label_of(known: KnownSet) -> str:
    """« Infirmiers 2023 (version 2) », « proche-2015 »."""
    if known.version is None:
        return known.parameters.name
    name, number = known.version.name, known.version.number
    return _("%(name)s (version %(number)d)") % {"name": name, "number": number}


def _pair(line: str) -> tuple[float, float] | None:
    cells = _CUT.split(line) if _CUT.search(line) else line.replace(":", " ").split()
    cells = [cell for cell in cells if cell]
    if len(cells) != 2:
        return None
    first, second = (read_decimal(cell) for cell in cells)
    return None if first is None or second is None else (float(first), float(second))


def _lines(pairs: Any) -> str:
    return "\n".join(" ; ".join(as_text(float(cell)) for cell in pair) for pair in pairs)
