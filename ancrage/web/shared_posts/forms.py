"""What is asked about shared posts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.matching.enums import PartRefusal, PostEnd, PostState, Vehicle
from ancrage.matching.models import SharedPostPart
from ancrage.matching.queries import PostFilter
from ancrage.matching.services.posts import LEAST, MOST, TRAVEL, PartTerms
from ancrage.partners.models import Partner
from ancrage.web.fields import ReadAgainForm
from ancrage.web.filters import WordsField, WorkFilters
from ancrage.web.post_words import SHIFTS
from ancrage.web.widgets import DateInput


class FilterForm(WorkFilters):
    """What a reader looks for among the files of `rows`."""

    q = WordsField(_("Numéro, poste, structure ou commune"))
    etape = forms.ChoiceField(
        label=_("Étape"),
        required=False,
        choices=[
            ("", pgettext_lazy("étapes", "Toutes")),
            ("vivants", _("En projet ou en cours")),
            *PostState.choices,
        ],
    )

    partner_path = "parts__partner"

    @property
    def search(self) -> PostFilter:
        """What is asked; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        found = self.cleaned_data
        state = found.get("etape", "")
        return PostFilter(
            text=found.get("q", ""),
            state="" if state == "vivants" else state,
            live=state == "vivants",
            profession=found.get("metier"),
            partner=found.get("structure"),
        )


class DetectionForm(forms.Form):
    """Within what limits fractions go together."""

    trajet = forms.IntegerField(
        label=_("Minutes entre deux sites, au plus"), min_value=0, max_value=180, initial=TRAVEL
    )
    au_moins = forms.IntegerField(
        label=_("Total, au moins (%)"), min_value=20, max_value=100, initial=LEAST
    )
    au_plus = forms.IntegerField(
        label=_("Total, au plus (%)"), min_value=20, max_value=100, initial=MOST
    )

    def clean(self) -> dict[str, Any]:
        """Refuse limits that hold nothing."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("au_moins", 0) > found.get("au_plus", 100):
            self.add_error("au_plus", _("Le maximum est sous le minimum."))
        return found

    @property
    def limits(self) -> dict[str, int]:
        """What the service takes."""
        found = self.cleaned_data
        return {
            "travel_limit": found["trajet"],
            "fte_least": found["au_moins"],
            "fte_most": found["au_plus"],
        }


class TermsForm(forms.Form):
    """Under which form, who leads, from when, who pays what share and signs."""

    vehicle = forms.ChoiceField(
        label=_("Forme juridique"),
        choices=[("", _("Choisir")), *Vehicle.choices],
        error_messages={"required": _("Choisissez une forme juridique.")},
    )
    has_territorial_bonus = forms.BooleanField(
        label=_("Avec prime d’exercice territorial"),
        required=False,
        help_text=_("Pour un praticien d’hôpital public sur plusieurs sites."),
    )
    lead = forms.ModelChoiceField(
        label=_("Employeur porteur"),
        queryset=Partner.objects.none(),
        empty_label=None,
        help_text=_("Son besoin représente le poste entier dans les offres."),
    )
    starts_on = forms.DateField(label=_("Début"), widget=DateInput())
    ends_on = forms.DateField(label=_("Fin, s’il y en a une"), widget=DateInput(), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, parts: Sequence[SharedPostPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        partners = [part.partner_id for part in parts]
        lead: Any = self.fields["lead"]
        lead.queryset = Partner.objects.filter(pk__in=partners).order_by("name", "pk")
        for part in parts:
            self.fields[f"cost_{part.pk}"] = forms.IntegerField(
                label=_("Part du coût (%%) – %(partner)s") % {"partner": part.partner},
                min_value=0,
                max_value=100,
                initial=part.cost_percent,
            )
            self.fields[f"signatory_{part.pk}"] = forms.CharField(
                label=_("Signataire – %(partner)s") % {"partner": part.partner},
                help_text=_("Une fonction, pas un nom : « directrice »."),
                required=False,
                max_length=120,
                initial=part.signatory,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = found.get("starts_on"), found.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("La fin ne peut pas précéder le début."))
        return found

    @property
    def part_fields(self) -> list[Any]:
        """The fields of each part, for the page."""
        return [
            (part, self[f"cost_{part.pk}"], self[f"signatory_{part.pk}"]) for part in self.parts
        ]

    @property
    def terms(self) -> dict[str, Any]:
        """What the service takes."""
        found = self.cleaned_data
        names = ("vehicle", "has_territorial_bonus", "lead", "starts_on", "ends_on", "revision")
        return {name: found[name] for name in names} | {
            "parts": {
                part.pk: PartTerms(found[f"cost_{part.pk}"], found[f"signatory_{part.pk}"])
                for part in self.parts
            }
        }


class AnswerForm(ReadAgainForm):
    """Whether an employer agrees, and why not."""

    free_text = "note"

    accord = forms.ChoiceField(
        choices=[("oui", _("D’accord")), ("non", _("Refuser"))],
        error_messages={"required": _("Dites si vous êtes d’accord.")},
    )
    reason = forms.ChoiceField(
        label=_("Si vous refusez, pourquoi ?"),
        required=False,
        choices=[("", _("Choisir")), *PartRefusal.choices],
    )
    note = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=300,
        help_text=_("Lue par la coordination seulement."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def answer(self) -> dict[str, Any]:
        """What the service takes."""
        found = self.cleaned_data
        return {
            "agrees": found["accord"] == "oui",
            "reason": found["reason"],
            "note": found["note"],
        }


class GiveUpForm(ReadAgainForm):
    """Why a file is closed without a post."""

    free_text = "note"

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=PostEnd.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choisissez une raison de la liste.")},
    )
    note = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=300,
        help_text=_("Lue par la coordination seulement."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DaysForm(forms.Form):
    """Slots of a week, ticked day by day."""

    def __init__(self, *args: Any, slots: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in WEEKDAYS.items():
            key = str(day + 1)
            self.fields[f"jour_{key}"] = forms.MultipleChoiceField(
                label=name,
                required=False,
                choices=[(f"{key}{letter}", label) for letter, label in SHIFTS.items()],
                initial=[slot for slot in sorted(slots) if slot[0] == key],
                widget=forms.CheckboxSelectMultiple(),
            )

    @property
    def day_fields(self) -> list[Any]:
        """The days, for the page."""
        return [self[name] for name in self.fields if name.startswith("jour_")]

    @property
    def slots(self) -> list[str]:
        """The slots that were ticked."""
        return [
            slot
            for name in self.fields
            if name.startswith("jour_")
            for slot in self.cleaned_data[name]
        ]


class WeekForm(DaysForm):
    """When a part-time need may be worked, and how many slots it takes a week."""

    needed = forms.IntegerField(
        label=_("Créneaux par semaine"),
        min_value=1,
        max_value=28,
        help_text=_("Un créneau est une demi-journée, un soir ou une nuit."),
    )
