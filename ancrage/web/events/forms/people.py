"""The participants of an event: looked for, written, grouped."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.events.enums import (
    PartyKind,
    RegistrationOrigin,
    RegistrationState,
    SideRole,
)
from ancrage.events.models import Event, Participant, Party, Side, Table
from ancrage.events.queries import label_of, needs_for
from ancrage.events.queries.people import ARRIVED, AWAITED, GONE, PeopleCriteria, parties_to_join
from ancrage.events.services import ParticipantFacts, Person
from ancrage.kit.contacts import display_phone, normalise_phone
from ancrage.needs.models import Need
from ancrage.web.event_questions import add_questions, answered, initial_of, name_of
from ancrage.web.fields import NeedField, ProfessionField
from ancrage.web.filters import WordsField

_ALL = pgettext_lazy("participants", "Tous")


class PeopleSearchForm(forms.Form):
    """What narrows the list. A wrong value narrows nothing."""

    q = WordsField(_("Nom, adresse, structure ou badge"))
    cote = forms.ChoiceField(label=_("Côté"), required=False)
    etat = forms.ChoiceField(
        label=_("Inscription"), required=False, choices=[("", _ALL), *RegistrationState.choices]
    )
    origine = forms.ChoiceField(
        label=_("Origine"), required=False, choices=[("", _ALL), *RegistrationOrigin.choices]
    )
    presence = forms.ChoiceField(
        label=_("Présence"),
        required=False,
        choices=[
            ("", _ALL),
            (ARRIVED, _("Sur place")),
            (AWAITED, _("Attendus")),
            (GONE, _("Partis")),
        ],
    )

    def __init__(self, data: QueryDict, *, event: Event) -> None:
        super().__init__(data)
        sides = event.sides.order_by("role").values_list("role", "name")
        self.fields["cote"].choices = [("", _ALL), *sides]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def criteria(self) -> PeopleCriteria:
        """What the list is asked."""
        asked = self.cleaned_data
        return PeopleCriteria(
            text=asked.get("q") or "",
            side=asked.get("cote") or "",
            state=asked.get("etat") or "",
            origin=asked.get("origine") or "",
            presence=asked.get("presence") or "",
        )


class ParticipantForm(forms.Form):
    """Somebody of a side, with the questions of that side. Nothing is asked but a name: an
    organiser writes what was said on the telephone."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    email = forms.EmailField(
        label=_("Adresse électronique"),
        required=False,
        help_text=_("Sans adresse, la personne ne reçoit ni confirmation ni lien."),
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    organisation = forms.CharField(
        label=_("Cabinet, structure ou faculté"), max_length=160, required=False
    )
    profession = ProfessionField(label=_("Métier"), required=False)
    remark = forms.CharField(
        label=_("Remarque pour l’organisation"), max_length=300, required=False
    )

    def __init__(
        self, data: QueryDict | None, *, side: Side, participant: Participant | None = None
    ) -> None:
        super().__init__(data, initial=_initial_of(participant) if participant else None)
        self.asked = add_questions(self, side)
        for question in self.asked:
            self.fields[name_of(question)].required = False
        if participant is not None:
            self.fields["profession"].current = participant.profession  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """Return the number as it is kept."""
        return normalise_phone(self.cleaned_data["phone"])

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the questions of the side."""
        return [self[name_of(question)] for question in self.asked]

    def _facts(self) -> dict[str, Any]:
        names = ("first_name", "last_name", "email", "phone", "organisation", "remark")
        read = self.cleaned_data["profession"]
        return {name: self.cleaned_data[name] for name in names} | {
            "profession": read.profession if read else None,
            "answers": answered(self, self.asked),
        }

    def facts(self) -> ParticipantFacts:
        """Return what was typed, as the service that changes somebody takes it."""
        return ParticipantFacts(**self._facts())

    def person(self) -> Person:
        """Return what was typed, as the service that registers takes it."""
        return Person(**self._facts())


def _initial_of(participant: Participant) -> dict[str, Any]:
    answers = participant.answers.select_related("question").order_by("pk")
    return {
        "first_name": participant.first_name,
        "last_name": participant.last_name,
        "email": participant.email,
        "phone": display_phone(participant.phone) if participant.phone else "",
        "organisation": participant.organisation,
        "profession": participant.profession,
        "remark": participant.remark,
        **initial_of(list(answers)),
    }


class PartyForm(forms.Form):
    """What is said of a group."""

    kind = forms.ChoiceField(label=_("Composition"), choices=PartyKind.choices)
    name = forms.CharField(label=_("Nom de l’équipe"), max_length=120, required=False)
    seats = forms.IntegerField(
        label=_("Visiteurs reçus à la fois"), min_value=1, max_value=20, initial=1
    )
    table = forms.ModelChoiceField(
        label=_("Table attribuée"),
        queryset=Table.objects.none(),
        required=False,
        empty_label=_("Aucune"),
    )
    need = NeedField(
        label=_("Poste pour lequel ce groupe vient"),
        help_text=_(
            "Si les deux côtés souhaitent se revoir et que l’autre a un profil, une mise en"
            " relation pour ce poste lui est proposée."
        ),
        queryset=Need.objects.none(),
        required=False,
        empty_label=_("Aucun"),
    )

    def __init__(self, data: QueryDict | None, *, party: Party) -> None:
        names = ("kind", "name", "seats", "table", "need")
        super().__init__(data, initial={name: getattr(party, name) for name in names})
        tables = party.event.tables.order_by("number")
        self.fields["table"].queryset = tables  # type: ignore[attr-defined]
        self.fields["need"].queryset = needs_for(party)  # type: ignore[attr-defined]
        if party.side.role == SideRole.VISITOR:
            del self.fields["seats"], self.fields["need"]

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        return {"seats": 1, **self.cleaned_data, "kind": PartyKind(self.cleaned_data["kind"])}


class JoinForm(forms.Form):
    """With whom somebody sits or moves."""

    other = forms.TypedChoiceField(label=_("Avec"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Ensemble, ce sont"),
        choices=[
            (PartyKind.TEAM, PartyKind.TEAM.label),
            (PartyKind.COUPLE, PartyKind.COUPLE.label),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Nom de l’équipe"), max_length=120, required=False)

    def __init__(self, data: QueryDict | None, *, party: Party) -> None:
        is_host = party.side.role == SideRole.HOST
        usual = PartyKind.TEAM if is_host else PartyKind.COUPLE
        # The form of the group stands on the same page: each has its own marks.
        usually = {"kind": usual, "name": party.name}
        super().__init__(data, initial=usually, auto_id="join_%s")
        self.parties = {row.pk: row for row in parties_to_join(party)}
        choices = sorted(((key, label_of(row)) for key, row in self.parties.items()), key=_words)
        self.fields["other"].choices = [("", _("Choisir…")), *choices]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        return {
            "joined": self.parties[self.cleaned_data["other"]],
            "kind": PartyKind(self.cleaned_data["kind"]),
            "name": self.cleaned_data["name"],
        }


def _words(choice: tuple[int, str]) -> tuple[str, int]:
    return choice[1].casefold(), choice[0]
