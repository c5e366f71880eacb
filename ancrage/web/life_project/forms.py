"""What a household tells, and what it asks of a partner."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.kit.text import fold
from ancrage.professions.models import Profession
from ancrage.professions.queries import find_profession
from ancrage.territory.models import Territory
from ancrage.web.fields import (
    CommuneField,
    EurosField,
    ProfessionField,
    ReadAgainForm,
    ReadField,
)
from ancrage.web.welcome_words import age_in_words
from ancrage.web.widgets import DateInput, TimeInput
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import LifeProject, WelcomeTerms
from ancrage.welcome.services import ProjectFacts

SHIFT_ROWS = 3
_DAY = 24 * 60
_AGE = re.compile(r"(\d{1,3})\s*(mois|ans?|months?|years?|m|a|y)?")
_MONTHS = ("mois", "m", "month", "months")


class AgesField(ReadField):
    """Ages of children: « 8 mois, 4 ans ». Cleaned in months."""

    def read(self, text: str) -> Any:
        ages = []
        for piece in filter(None, (one.strip() for one in re.split(r"[,;]|\bet\b|\band\b", text))):
            found = _AGE.fullmatch(fold(piece))
            if found is None:
                raise ValidationError(
                    _("« %(text)s » n’est pas un âge. Exemple : 8 mois, 4 ans."),
                    code="age",
                    params={"text": piece},
                )
            ages.append(int(found[1]) * (1 if found[2] in _MONTHS else 12))
        return ages

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(age_in_words, value)) if isinstance(value, list) else value


class TradeField(ProfessionField):
    """A trade: a profession of the platform when it is one, else the words as typed."""

    def read(self, text: str) -> Any:
        match = find_profession(text)
        return match.profession or text


class ProjectForm(forms.Form):
    """The household, its dates, its journeys, its hours. Fields that follow `ProjectFacts`."""

    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que vous cherchez"),
        choices=WelcomeKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    arrives_on = forms.DateField(label=gettext_lazy("Arrivée"), required=False, widget=DateInput())
    leaves_on = forms.DateField(
        label=gettext_lazy("Départ"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Pour un stage ou un remplacement."),
    )
    max_minutes = forms.IntegerField(
        label=gettext_lazy("Trajet accepté"), min_value=1, max_value=180, required=False
    )
    has_vehicle = forms.TypedChoiceField(
        label=gettext_lazy("Véhicule"),
        choices=[
            ("", gettext_lazy("Pas dit")),
            ("oui", pgettext_lazy("réponse", "oui")),
            ("non", pgettext_lazy("réponse", "non")),
        ],
        coerce=lambda value: value == "oui",
        empty_value=None,
        required=False,
    )
    adults = forms.IntegerField(
        label=gettext_lazy("Adultes"), min_value=1, max_value=12, initial=1
    )
    child_ages = AgesField(
        label=gettext_lazy("Âge des enfants à l’arrivée"),
        required=False,
        help_text=gettext_lazy("Par exemple : 8 mois, 4 ans. Aucun prénom n’est demandé."),
    )
    trade = TradeField(label=gettext_lazy("Métier du conjoint ou de la conjointe"), required=False)
    max_price_cents = EurosField(label=gettext_lazy("Loyer accepté"), required=False)

    def __init__(self, data: Any, *, territory: Territory, project: LifeProject | None) -> None:
        super().__init__(data, initial=_initial(project))
        self.fields["workplace"] = CommuneField(
            territory=territory,
            current=project.workplace if project else None,
            label=_("Commune du travail"),
            required=False,
        )
        self.shifts = _shift_rows(data, project)

    def is_valid(self) -> bool:
        """Say whether the household and every row of hours can be read."""
        rows = [row.is_valid() for row in self.shifts]
        return super().is_valid() and all(rows)

    def facts(self) -> ProjectFacts:
        """Return what was typed, as services take it."""
        facts = dict(self.cleaned_data)
        trade = facts.pop("trade")
        is_known = isinstance(trade, Profession)
        return ProjectFacts(
            **facts
            | {
                "child_ages": facts["child_ages"] or [],
                "spouse_profession": trade if is_known else None,
                "spouse_trade": "" if is_known else trade or "",
                "shifts": [shift for row in self.shifts for shift in row.shifts()],
            }
        )


class ShiftForm(forms.Form):
    """The same hours on some days of the week; an end before the beginning is the next day's."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Jours"),
        choices=[(str(day), name) for day, name in WEEKDAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    begins = forms.TimeField(label=gettext_lazy("De"), required=False, widget=TimeInput())
    ends = forms.TimeField(label=pgettext_lazy("heure", "À"), required=False, widget=TimeInput())

    def clean(self) -> dict[str, Any]:
        """Refuse hours without days, and days without hours."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        told = [
            bool(cleaned.get("days")),
            *(cleaned.get(n) is not None for n in ("begins", "ends")),
        ]
        if not self.errors and any(told) and not all(told):
            raise ValidationError(
                _("Donnez les jours, l’heure de début et l’heure de fin."), code="shift"
            )
        return cleaned

    def shifts(self) -> list[list[int]]:
        """Return rows [day, first minute, last minute]; a night ends after 24 × 60."""
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if begins is None or ends is None:
            return []
        first, last = _minutes(begins), _minutes(ends)
        if last <= first:
            last += _DAY
        return [[int(day), first, last] for day in self.cleaned_data["days"]]


class AskForm(ReadAgainForm):
    """What is asked of a partner, and the agreement that it reads it."""

    free_text = "message"

    starts_on = forms.DateField(label=gettext_lazy("Du"), required=False, widget=DateInput())
    ends_on = forms.DateField(label=gettext_lazy("Au"), required=False, widget=DateInput())
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=20, initial=1)
    message = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Le partenaire le lit. Rien sur la santé de quiconque."),
    )
    agreed = forms.BooleanField(label="", error_messages={"required": ""})

    def __init__(
        self, data: Any, *, terms: WelcomeTerms, project: LifeProject, has_agreed: bool
    ) -> None:
        children = terms.kind == WelcomeKind.CHILDCARE and project.child_ages
        super().__init__(
            data,
            initial={
                "starts_on": project.arrives_on,
                "ends_on": project.leaves_on,
                "places": len(project.child_ages) if children else 1,
            },
        )
        for name in ("starts_on", "ends_on"):
            self.fields[name].required = terms.has_places
        if not terms.has_places:
            del self.fields["places"]
        if has_agreed:
            del self.fields["agreed"]
            return
        agreed = self.fields["agreed"]
        agreed.label = _("J’accepte que « %(partner)s » lise cette demande et me réponde.") % {
            "partner": terms.resource.partner.name
        }
        agreed.error_messages["required"] = _(
            "Sans votre accord, la demande ne peut pas être envoyée à ce partenaire."
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("La fin ne peut pas précéder le début."))
        return cleaned


def _initial(project: LifeProject | None) -> dict[str, Any]:
    if project is None:
        return {}
    names = [name for name in ProjectFacts.__annotations__ if name != "shifts"]
    told = {name: getattr(project, name) for name in names}
    told["has_vehicle"] = {True: "oui", False: "non", None: ""}[project.has_vehicle]
    return told | {"trade": project.spouse_profession or project.spouse_trade}


def _shift_rows(data: QueryDict | None, project: LifeProject | None) -> list[ShiftForm]:
    known = _by_hours(project.shifts) if project else []
    rows = max(SHIFT_ROWS, len(known))
    return [
        ShiftForm(
            data,
            prefix=f"horaire{number}",
            initial=known[number] if number < len(known) else None,
        )
        for number in range(rows)
    ]


def _by_hours(shifts: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    found: dict[tuple[int, int], list[str]] = {}
    for day, begins, ends in shifts:
        found.setdefault((begins, ends), []).append(str(day))
    return [
        {"days": days, "begins": _clock(begins), "ends": _clock(ends)}
        for (begins, ends), days in found.items()
    ]


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minutes: int) -> time:
    hour, minute = divmod(minutes % _DAY, 60)
    return time(hour, minute)
