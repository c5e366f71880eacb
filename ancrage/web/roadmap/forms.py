"""What is asked about a roadmap, its axes, actions and indicators."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from ancrage.kit.periods import span_of, spans_within
from ancrage.partners.models import Partner
from ancrage.privacy.detectors import detect_forbidden
from ancrage.roadmap.enums import Direction, IndicatorKind, Periodicity
from ancrage.roadmap.models import Action, Axis, Indicator, Roadmap
from ancrage.roadmap.queries import axes_in
from ancrage.territory.enums import MeasurePart
from ancrage.territory.measures import measures
from ancrage.web.documents import DocumentField, read_document_again
from ancrage.web.fields import EurosField, NumberField
from ancrage.web.roadmap.words import span_text
from ancrage.web.widgets import DateInput

_YEARS_BACK = 6


class PageForm(forms.Form):
    """A form as `roadmap/act.html` prints it: some short fields stand side by side."""

    # Fields that follow one another and share a line where there is room.
    side_by_side: tuple[tuple[str, ...], ...] = ()

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields, line by line."""
        beside = {name: names for names in self.side_by_side for name in names}
        found: list[list[forms.BoundField]] = []
        for field in self:
            names = beside.get(field.name, ())
            if found and found[-1][0].name in names and field.name in names:
                found[-1].append(field)
            else:
                found.append([field])
        return found

    @property
    def has_required(self) -> bool:
        """Say whether the asterisk needs explaining."""
        return any(field.required for field in self.fields.values())


class FreeTextForm(PageForm):
    """A form whose texts are read for what has no place there before they are saved.

    The writer is told once, beside the field; the same texts sent again are taken. The page
    prints `reread`, when there is one, in a hidden field named `relu`.
    """

    free_texts: tuple[str, ...] = ()
    reread = ""

    def clean(self) -> dict[str, Any]:
        """Ask once to take out what tells of a person."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        texts = {name: str(cleaned.get(name) or "") for name in self.free_texts}
        whole = " ¶ ".join(" ".join(text.split()) for text in texts.values())
        found = {name: detect_forbidden(text) for name, text in texts.items()}
        told = {name: findings for name, findings in found.items() if findings}
        if told and self.data.get("relu", "") != whole:
            self.reread = whole
            warning = pgettext(
                "feuille de route",
                "%(advice)s Modifiez ce texte, ou enregistrez une seconde fois tel quel.",
            )
            for name, findings in told.items():
                self.add_error(name, warning % {"advice": findings[0].advice})
        return cleaned


def starting(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What a form on `row` begins with."""
    return {name: getattr(row, name) for name in names}


class RoadmapForm(FreeTextForm):
    """The title and the days of a roadmap."""

    free_texts = ("title", "summary")
    side_by_side = (("starts_on", "ends_on"),)
    names = ("title", "starts_on", "ends_on", "summary")

    title = forms.CharField(label=_("Intitulé"), max_length=160)
    starts_on = forms.DateField(label=_("Premier jour"), widget=DateInput)
    ends_on = forms.DateField(label=_("Dernier jour"), widget=DateInput)
    summary = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def on(cls, data: Any, roadmap: Roadmap) -> "RoadmapForm":
        """The form of one roadmap."""
        return cls(data, initial=starting(roadmap, cls.names))


class NewRoadmapForm(RoadmapForm):
    """A roadmap to begin: from the template, or empty."""

    start = forms.ChoiceField(
        label=_("Point de départ"),
        choices=[
            (
                "modele",
                _(
                    "Partir du modèle : les six axes de la feuille de route normande, avec des"
                    " indicateurs"
                ),
            ),
            ("vide", _("Une feuille de route vide")),
        ],
        initial="modele",
        widget=forms.RadioSelect,
    )

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        facts = dict(self.cleaned_data)
        start = facts.pop("start")
        return {**facts, "from_template": start == "modele"}


class AxisForm(FreeTextForm):
    """An axis."""

    free_texts = ("title", "purpose")
    names = ("rank", "title", "purpose")

    rank = forms.IntegerField(label=_("Numéro"), min_value=1, max_value=30)
    title = forms.CharField(label=_("Intitulé"), max_length=160)
    purpose = forms.CharField(
        label=pgettext_lazy("axe", "But"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def on(cls, data: Any, axis: Axis) -> "AxisForm":
        """The form of one axis."""
        return cls(data, initial=starting(axis, cls.names))


class ActionForm(FreeTextForm):
    """An action, whoever leads it."""

    free_texts = ("title", "description", "outside_body", "funder")
    side_by_side = (("starts_on", "ends_on"), ("budget_cents", "funder"))
    names = (
        *("axis", "title", "description", "owner", "outside_body", "starts_on", "ends_on"),
        *("budget_cents", "funder"),
    )

    axis = forms.ModelChoiceField(label=_("Axe"), queryset=Axis.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Intitulé"), max_length=160)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ce qui est fait, pour qui, comment. Aucun nom de personne."),
    )
    owner = forms.ModelChoiceField(
        label=_("Structure pilote"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=_("Aucune structure membre"),
        help_text=_("Ses membres peuvent tenir à jour l’état, les jalons et les valeurs."),
    )
    outside_body = forms.CharField(
        label=_("Organisme pilote hors plateforme"),
        required=False,
        max_length=120,
        help_text=_("Le nom d’un organisme, jamais celui d’une personne."),
    )
    starts_on = forms.DateField(label=_("Début"), widget=DateInput)
    ends_on = forms.DateField(label=_("Fin prévue"), widget=DateInput)
    budget_cents = EurosField(label=_("Budget (€)"), required=False)
    funder = forms.CharField(label=_("Financeur"), required=False, max_length=160)
    partners = forms.ModelMultipleChoiceField(
        label=_("Partenaires"),
        queryset=Partner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, roadmap: Roadmap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["axis"].queryset = axes_in(roadmap)
        members = members_of(roadmap)
        fields["owner"].queryset = members
        fields["partners"].queryset = members

    @classmethod
    def on(cls, data: Any, action: Action) -> "ActionForm":
        """The form of one action."""
        first = starting(action, cls.names)
        first["partners"] = list(action.partners.order_by("name", "pk")) if action.pk else []
        return cls(data, initial=first, roadmap=action.axis.roadmap)


def members_of(roadmap: Roadmap) -> QuerySet[Partner]:
    """The structures that may lead or join an action."""
    return Partner.objects.filter(territory=roadmap.territory_id, left_at__isnull=True).order_by(
        "name", "pk"
    )


class StopForm(FreeTextForm):
    """Why an action stops."""

    free_texts = ("reason",)

    reason = forms.CharField(
        label=_("Raison de l’arrêt"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MilestoneForm(FreeTextForm):
    """A step of an action."""

    free_texts = ("title",)

    title = forms.CharField(label=_("Jalon"), max_length=160)
    due_on = forms.DateField(label=_("Échéance"), widget=DateInput)


class ReachedForm(PageForm):
    """On which day a milestone was reached."""

    on = forms.DateField(label=_("Atteint le"), widget=DateInput)


class IndicatorForm(FreeTextForm):
    """An indicator, computed or typed."""

    free_texts = ("title", "definition", "source")
    side_by_side = (("source", "unit"), ("periodicity", "direction"), ("target", "target_on"))
    names = (
        *("title", "kind", "measure", "source", "unit", "definition", "action", "periodicity"),
        *("direction", "target", "target_on"),
    )

    title = forms.CharField(label=_("Intitulé"), max_length=160)
    kind = forms.ChoiceField(
        label=_("Origine des valeurs"), choices=IndicatorKind.choices, widget=forms.RadioSelect
    )
    measure = forms.ChoiceField(
        label=_("Mesure de la plateforme"),
        required=False,
        help_text=_("Pour un indicateur calculé : la plateforme tient sa valeur à jour."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        help_text=_("Pour un indicateur saisi : d’où viennent ses valeurs."),
    )
    unit = forms.CharField(
        label=_("Unité"),
        required=False,
        max_length=40,
        help_text=_("Pour un indicateur saisi : personnes, %, jours…"),
    )
    definition = forms.CharField(
        label=_("Définition"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une phrase, pour que quelqu’un d’autre compte de la même façon."),
    )
    action = forms.ModelChoiceField(
        label=_("Action mesurée"),
        queryset=Action.objects.none(),
        required=False,
        empty_label=_("L’axe entier"),
    )
    periodicity = forms.ChoiceField(label=_("Périodicité"), choices=Periodicity.choices)
    direction = forms.ChoiceField(label=_("Sens souhaité"), choices=Direction.choices)
    target = NumberField(label=_("Cible"), required=False)
    target_on = forms.DateField(label=_("À atteindre le"), required=False, widget=DateInput)

    def __init__(self, *args: Any, axis: Axis, known: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["measure"].choices = measure_choices(known)
        fields["action"].queryset = Action.objects.filter(
            axis=axis, removed_at__isnull=True
        ).order_by("title", "pk")

    @classmethod
    def on(cls, data: Any, indicator: Indicator) -> "IndicatorForm":
        """The form of one indicator."""
        first = starting(indicator, cls.names)
        target = indicator.target
        if target is not None and target == target.to_integral_value():
            first["target"] = int(target)
        return cls(data, initial=first, axis=indicator.axis, known=indicator.measure)


def measure_choices(known: str = "") -> list[Any]:
    """The measures of the registry by part; `known`, no longer declared, stays a choice."""
    groups: list[Any] = [("", _("Aucune"))]
    declared = measures()
    for part in MeasurePart:
        inside = [(one.key, one.name) for one in declared if one.part == part]
        if inside:
            groups.append((part.label, inside))
    if known and known not in {one.key for one in declared}:
        groups.append((known, _("Mesure disparue")))
    return groups


class ValueForm(FreeTextForm):
    """The value of a period."""

    free_texts = ("source", "note")

    on = forms.DateField(label=_("Période"))
    value = NumberField(label=_("Valeur"))
    source = forms.CharField(label=_("Source"), max_length=200)
    note = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=300,
        help_text=_("Par exemple : valeur provisoire, périmètre changé."),
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("source", indicator.source)
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        months = Periodicity(indicator.periodicity).months
        first = max(indicator.axis.roadmap.starts_on, date(today.year - _YEARS_BACK, 1, 1))
        spans = list(spans_within(min(first, today), today, months))[::-1]
        self.fields["on"].widget = forms.Select(
            choices=[
                (span.starts.isoformat(), span_text(span, indicator.periodicity)) for span in spans
            ]
        )
        before = spans[1] if len(spans) > 1 else span_of(today, months)
        self.fields["on"].initial = before.starts.isoformat()


class DocumentForm(FreeTextForm):
    """A document of an action: an address, or a file."""

    free_texts = ("title",)

    title = forms.CharField(label=_("Intitulé"), max_length=120)
    url = forms.URLField(label=_("Adresse"), required=False, max_length=400, assume_scheme="https")
    content = DocumentField(
        label=_("Ou fichier"),
        required=False,
        help_text=_("Ne joignez ni liste de personnes, ni document nominatif."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the words of an office document too."""
        cleaned = super().clean()
        if cleaned.get("content") and not self.errors:
            read_document_again(self, "content")
        return cleaned
