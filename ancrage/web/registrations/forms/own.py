"""What participants change by their own link."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ancrage.events.enums import PartyKind, SideRole
from ancrage.events.models import Participant
from ancrage.events.services import OwnFacts
from ancrage.web.event_questions import answered, initial_of
from ancrage.web.registrations.forms.entry import AboutForm

_OWN = ("first_name", "last_name", "phone", "organisation", "remark")


class OwnAnswersForm(AboutForm):
    """One's own answers, as long as registrations are open."""

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        answers = participant.answers.select_related("question").order_by("question__position")
        kept = {name: getattr(participant, name) for name in _OWN}
        party = participant.party
        initial = {**kept, "party_name": party.name, **initial_of(list(answers))}
        super().__init__(*args, side=party.side, initial=initial, **kwargs)
        if party.kind == PartyKind.SINGLE or party.side.role != SideRole.HOST:
            del self.fields["party_name"]

    def facts(self) -> OwnFacts:
        """Return what was typed."""
        typed = self.cleaned_data
        return OwnFacts(
            **{name: typed[name] for name in _OWN},
            party_name=typed.get("party_name", ""),
            answers=answered(self, self.asked),
        )


class LostLinkForm(forms.Form):
    """The address that one registered with."""

    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique de votre inscription"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
