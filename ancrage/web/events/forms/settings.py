"""An event to create, its facts, its sides, its breaks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.events.enums import SideRole
from ancrage.events.models import Event, Side
from ancrage.events.models.events import MOST_ROUNDS
from ancrage.events.reference import TEMPLATES
from ancrage.events.services import facts_of_event
from ancrage.territory.models import Territory
from ancrage.web.fields import CommuneField
from ancrage.web.widgets import DateInput, DateTimeInput, TimeInput

MOST_PLACES = 2_000
_USUAL_START = time(19, 0)


def _places(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=_("Laissez vide pour ne pas limiter."),
    )


class CreateForm(forms.Form):
    """What an event cannot be opened without; everything can be changed afterwards."""

    template = forms.ChoiceField(
        label=_("Modèle"),
        widget=forms.RadioSelect,
        choices=[(code, template.label) for code, template in TEMPLATES.items()],
        initial="docdating",
        help_text=_("Il donne les deux côtés et les questions ; tout se modifie ensuite."),
    )
    title = forms.CharField(
        label=_("Titre"),
        max_length=120,
        help_text=_("Par exemple : Doc’dating du Pays de Retz."),
    )
    day = forms.DateField(label=_("Jour"), widget=DateInput)
    hour = forms.TimeField(label=_("Premier tour à"), widget=TimeInput, initial=_USUAL_START)
    place = forms.CharField(label=_("Lieu"), max_length=120, help_text=_("Salle, restaurant…"))
    host_places = _places(_("Places pour ceux qui restent à leur table"))
    visitor_places = _places(_("Places pour ceux qui changent de table"))

    def __init__(self, data: QueryDict | None, *, territory: Territory) -> None:
        super().__init__(data)
        self.fields["commune"] = CommuneField(label=_("Commune"), territory=territory)

    def clean(self) -> dict[str, Any]:
        """Put the day and the hour together, and ask for a moment to come."""
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("hour"):
            moment = datetime.combine(cleaned["day"], cleaned["hour"])
            cleaned["starts_at"] = timezone.make_aware(moment)
            if cleaned["starts_at"] <= timezone.now():
                self.add_error("day", _("Ce moment est passé : choisissez un jour à venir."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what was typed of the event itself."""
        return {name: self.cleaned_data[name] for name in ("title", "place", "commune")} | {
            "kind": TEMPLATES[self.cleaned_data["template"]].kind
        }

    def places(self) -> dict[str, int | None]:
        """Return the places of each side, by role."""
        return {
            SideRole.HOST: self.cleaned_data["host_places"],
            SideRole.VISITOR: self.cleaned_data["visitor_places"],
        }


class FactsForm(forms.ModelForm):
    """The facts of an event."""

    class Meta:
        model = Event
        fields = (
            "title",
            "summary",
            "partners",
            "place",
            "address",
            "access",
            "welcome",
            "registration_closes_at",
            "wishes_close_at",
            "doors_at",
            "starts_at",
            "marks_close_at",
            "rounds",
            "minutes",
            "changeover",
            "guarantee",
            "run_limit",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 6}),
            "partners": forms.Textarea(attrs={"rows": 3}),
            "access": forms.Textarea(attrs={"rows": 3}),
            "welcome": forms.Textarea(attrs={"rows": 3}),
            "registration_closes_at": DateTimeInput,
            "wishes_close_at": DateTimeInput,
            "doors_at": DateTimeInput,
            "starts_at": DateTimeInput,
            "marks_close_at": DateTimeInput,
        }
        help_texts = {
            "summary": _("Ce que lisent les visiteurs de la page publique."),
            "marks_close_at": _("Ensuite, les contacts s’ouvrent tous en même temps."),
            "guarantee": _("Donné à chacun avant que quiconque en ait davantage."),
            "run_limit": _(
                "Avant un tour de repos ou une pause. Laissez vide pour ne pas limiter."
            ),
        }

    def __init__(self, data: QueryDict | None, *, event: Event) -> None:
        # A row of its own: a form writes in its instance even when it is refused.
        super().__init__(data, instance=Event(pk=event.pk, **facts_of_event(event)))
        self.fields["commune"] = CommuneField(
            label=_("Commune"),
            territory=event.territory,
            current=event.commune,
            initial=event.commune,
        )

    def clean(self) -> dict[str, Any]:
        """Say which date contradicts which, beside it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start = cleaned.get("starts_at")
        if start is None:
            return cleaned
        for name in ("doors_at", "registration_closes_at", "wishes_close_at"):
            if cleaned.get(name) and cleaned[name] > start:
                self.add_error(name, _("C’est après le premier tour : avancez cette date."))
        if cleaned.get("marks_close_at") and cleaned["marks_close_at"] < start:
            self.add_error(
                "marks_close_at", _("C’est avant le premier tour : repoussez cette date.")
            )
        if (cleaned.get("rounds") or 0) > MOST_ROUNDS:
            self.add_error("rounds", _("60 tours au plus."))
        if (cleaned.get("guarantee") or 0) > (cleaned.get("rounds") or MOST_ROUNDS):
            self.add_error("guarantee", _("Pas plus de rencontres garanties que de tours."))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the row as it is: the service checks it whole."""

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        return dict(self.cleaned_data)


class SideForm(forms.ModelForm):
    """One side of an event."""

    class Meta:
        model = Side
        fields = (
            "name",
            "singular",
            "explanation",
            "capacity",
            "wish_weight",
            "most_meetings",
        )
        widgets = {"explanation": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "capacity": _("Le relever donne aussitôt les places à la liste d’attente."),
            "wish_weight": _("De 0 à 10. Le côté le moins nombreux gagne à peser davantage."),
            "most_meetings": _("Par groupe. Laissez vide pour ne pas limiter."),
        }

    wish_weight = forms.IntegerField(
        label=_("Poids de ses vœux"),
        min_value=0,
        max_value=10,
        help_text=_("De 0 à 10. Le côté le moins nombreux gagne à peser davantage."),
    )

    def __init__(self, data: QueryDict | None, *, side: Side) -> None:
        own = Side(pk=side.pk, role=side.role, **facts_of_side(side))
        super().__init__(data, instance=own, prefix=side.role)
        self.side = side
        for name in ("capacity", "most_meetings"):
            self.fields[name].min_value = 1  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["min"] = 1

    def _post_clean(self) -> None:
        """Leave the row as it is: the service checks it whole."""

    def clean_capacity(self) -> int | None:
        """Ask for at least one place."""
        return _at_least_one(self.cleaned_data["capacity"])

    def clean_most_meetings(self) -> int | None:
        """Ask for at least one meeting."""
        return _at_least_one(self.cleaned_data["most_meetings"])


def _at_least_one(value: int | None) -> int | None:
    if value == 0:
        raise ValidationError(_("Au moins 1, ou rien pour ne pas limiter."), code="zero")
    return value


def facts_of_side(side: Side) -> dict[str, Any]:
    """Return what the form of a side shows, as it is."""
    return {name: getattr(side, name) for name in SideForm.Meta.fields}


class BreaksForm(forms.Form):
    """The minutes of the break that follows each round but the last; empty for none."""

    def __init__(self, data: QueryDict | None, *, event: Event, breaks: Mapping[int, int]) -> None:
        super().__init__(data)
        for number in range(event.rounds - 1):
            self.fields[f"after_{number}"] = forms.IntegerField(
                label=pgettext_lazy("pause", "Pause après le tour %(number)d (minutes)")
                % {"number": number + 1},
                required=False,
                min_value=1,
                max_value=240,
                initial=breaks.get(number),
            )

    def breaks(self) -> dict[int, int]:
        """Return {round (from 0): minutes}."""
        return {
            int(name.removeprefix("after_")): minutes
            for name, minutes in self.cleaned_data.items()
            if minutes
        }


def running_order(
    event: Event, pauses: Mapping[int, int]
) -> Sequence[tuple[int, datetime, datetime]]:
    """Return (number from 0, start, end) of each round as it is planned."""
    starts = [event.round_starts_at(number, dict(pauses)) for number in range(event.rounds)]
    return [
        (number, start, start + timedelta(minutes=event.minutes))
        for number, start in enumerate(starts)
    ]
