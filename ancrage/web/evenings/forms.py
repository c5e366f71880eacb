"""Whom one looks for, who walks in, what a new plan may change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.events.enums import Presence, SideRole
from ancrage.events.models import Event, Participant, Side
from ancrage.events.queries import matching, presence_of
from ancrage.events.services import Choice
from ancrage.events.services.replanning import MOST_CHANGES
from ancrage.web.widgets import SearchInput


class PeopleForm(forms.Form):
    """Whom the organiser looks for, at the door."""

    q = forms.CharField(
        label=_("Nom ou badge"),
        required=False,
        max_length=120,
        widget=SearchInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    cote = forms.ChoiceField(label=_("Côté"), required=False)
    etat = forms.ChoiceField(label=_("Présence"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = sorted(event.sides.all(), key=lambda side: side.role)
        self.fields["cote"].choices = [  # type: ignore[attr-defined]
            ("", _("Les deux côtés")),
            *((side.role, side.name) for side in sides),
        ]
        self.fields["etat"].choices = [  # type: ignore[attr-defined]
            ("", pgettext_lazy("présence", "Tout le monde")),
            *Presence.choices,
        ]

    def found(self, people: list[Participant]) -> list[Participant]:
        """Return those asked for; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        asked = self.cleaned_data
        kept = matching(people, asked.get("q", ""))
        if asked.get("cote"):
            kept = [one for one in kept if one.party.side.role == asked["cote"]]
        if asked.get("etat"):
            kept = [one for one in kept if presence_of(one) == asked["etat"]]
        return kept


class WalkInForm(forms.Form):
    """Somebody who comes without being registered: as little as possible, in thirty seconds."""

    side = forms.ModelChoiceField(
        label=_("De quel côté ?"),
        queryset=Side.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    first_name = forms.CharField(
        label=_("Prénom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    last_name = forms.CharField(
        label=_("Nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    organisation = forms.CharField(
        label=_("Cabinet, structure ou faculté"), max_length=160, required=False
    )
    email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_("Pour recevoir les contacts ouverts après la soirée."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["side"]
        field.queryset = event.sides.order_by("-role", "pk")
        field.label_from_instance = lambda side: side.singular or side.name
        self.initial.setdefault("side", event.sides.filter(role=SideRole.VISITOR).first())


class ChoiceForm(forms.Form):
    """What a new plan may change."""

    KEEP, CHANGE = "garder", "changer"

    promesses = forms.ChoiceField(
        label=_("Rencontres déjà annoncées"),
        choices=[
            (KEEP, _("Ne toucher à rien de promis : seuls les trous sont comblés")),
            (CHANGE, _("En changer quelques-unes si la soirée y gagne")),
        ],
        widget=forms.RadioSelect,
    )
    nombre = forms.IntegerField(
        label=_("Au plus"), min_value=1, max_value=MOST_CHANGES, required=False
    )
    absents = forms.ChoiceField(
        label=_("Personnes attendues, pas encore arrivées"),
        choices=[
            ("retirer", _("Ne plus compter sur elles")),
            ("attendre", _("Les attendre : leurs rencontres restent")),
        ],
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Ask how many, once some may change."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unsaid = not cleaned.get("nombre") and "nombre" not in self.errors
        if cleaned.get("promesses") == self.CHANGE and unsaid:
            self.add_error("nombre", _("Dites combien de rencontres peuvent changer."))
        return cleaned

    @property
    def choice(self) -> Choice:
        """What was asked, once valid."""
        asked = self.cleaned_data
        changes = asked["nombre"] if asked["promesses"] == self.CHANGE else 0
        return Choice(changes=changes, awaits=asked["absents"] == "attendre")
