"""Registering: who comes, alone or with others, and the questions of their side."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.accounts.models import User
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of
from ancrage.events.enums import PartyKind, SideRole
from ancrage.events.models import Side
from ancrage.events.services import Person
from ancrage.events.validators import validate_name
from ancrage.kit.contacts import normalise_phone
from ancrage.kit.text import fold
from ancrage.partners.models import Partner
from ancrage.partners.permissions import partners_of
from ancrage.privacy.notices import current_notice
from ancrage.web.event_questions import WORDS, add_questions, advice_on, answered, name_of

SHARING = "events_sharing"
# Beside the one who fills the form in: colleagues of one table, or the one who moves with them.
MOST_OTHERS = {SideRole.HOST: 3, SideRole.VISITOR: 1}


class NameField(forms.CharField):
    """A name on one line, that holds no address."""

    default_validators = [validate_name]

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


@dataclass(frozen=True)
class Known:
    """What the platform knows of a reader who is signed in."""

    user: User | None = None
    candidate: Candidate | None = None
    partner: Partner | None = None

    @classmethod
    def reader(cls, user: User | AnonymousUser) -> "Known":
        """Return what is known of who reads; nothing of a visitor."""
        if not isinstance(user, User):
            return cls()
        return cls(user, candidate_of(user), partners_of(user).order_by("name", "pk").first())

    @property
    def initial(self) -> dict[str, str]:
        """What the form holds before anything is typed."""
        if self.user is None:
            return {}
        person = self.candidate or self.user
        return {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": self.user.email,
            "phone": self.candidate.phone if self.candidate else "",
            "organisation": self.partner.name if self.partner else "",
        }

    def links(self, email: str) -> dict[str, Any]:
        """Return whom to link a registration of that address to: its owner, or nobody."""
        if self.user is None or fold(email) != fold(self.user.email):
            return {}
        return {"user": self.user, "candidate": self.candidate, "partner": self.partner}


class AboutForm(forms.Form):
    """What is asked of a person whatever the side, and the questions of the side."""

    first_name = NameField(
        label=gettext_lazy("Prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = NameField(
        label=gettext_lazy("Nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Téléphone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Pour vous joindre le soir même. L’autre côté ne le lit que si vous souhaitez tous"
            " deux vous revoir."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    organisation = NameField(
        label=gettext_lazy("Cabinet, structure ou faculté"), max_length=160, required=False
    )
    party_name = NameField(
        label=gettext_lazy("Nom de votre équipe"), max_length=120, required=False
    )
    remark = forms.CharField(
        label=gettext_lazy("Une remarque pour l’organisation"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Arrivée tardive, accès à la salle… Ni santé, ni famille."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # Sent by the button « Envoyer quand même », under the advice.
    read_again = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side
        self.asked = add_questions(self, side)
        self.advice: list[str] = []

    def clean_phone(self) -> str:
        """Return the number as it is kept."""
        return normalise_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Look for what has no place in the free text."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        words = [name_of(question) for question in self.asked if question.kind in WORDS]
        self.advice = advice_on(self, ["remark", *words])
        return cleaned

    @property
    def waits_for_a_second_look(self) -> bool:
        """Say whether the writer has yet to be shown the advice."""
        return bool(self.advice) and not self.cleaned_data["read_again"]

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the questions of the side."""
        return [self[name_of(question)] for question in self.asked]


class RegistrationForm(AboutForm):
    """A registration: oneself, those who come along, the questions, the agreement."""

    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique"),
        help_text=gettext_lazy("Vous y recevez la confirmation et le lien de votre inscription."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # Never ticked before the person does it.
    shares = forms.BooleanField(required=False)
    # A field people do not see; programs that fill everything fill it.
    website = forms.CharField(
        label=gettext_lazy("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, side: Side, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, side=side, initial=known.initial, **kwargs)
        self.known = known
        self.fields["shares"].label = str(current_notice(SHARING).short)
        self.ranks = range(1, MOST_OTHERS[SideRole(side.role)] + 1)
        for rank in self.ranks:
            about = {"rank": rank + 1}
            self.fields[f"first_name_{rank}"] = NameField(
                label=_("Prénom, personne %(rank)s") % about, max_length=80, required=False
            )
            self.fields[f"last_name_{rank}"] = NameField(
                label=_("Nom, personne %(rank)s") % about, max_length=80, required=False
            )
            self.fields[f"email_{rank}"] = forms.EmailField(
                label=_("Adresse électronique, personne %(rank)s") % about, required=False
            )
        if side.role != SideRole.HOST:
            del self.fields["party_name"]

    def clean(self) -> dict[str, Any]:
        """Ask for the name of each person, and two addresses for two people."""
        cleaned = super().clean()
        seen = {fold(cleaned.get("email", ""))}
        for rank in self.ranks:
            email = cleaned.get(f"email_{rank}", "")
            named = cleaned.get(f"first_name_{rank}") or email
            if named and not cleaned.get(f"last_name_{rank}"):
                self.add_error(f"last_name_{rank}", _("Donnez le nom de cette personne."))
            if email and fold(email) in seen:
                message = _("Cette adresse est déjà celle d’une autre personne ci-dessus.")
                self.add_error(f"email_{rank}", message)
            seen.add(fold(email))
        return cleaned

    @property
    def others(self) -> list[list[forms.BoundField]]:
        """The fields of each person who comes along."""
        names = ("first_name", "last_name", "email")
        return [[self[f"{name}_{rank}"] for name in names] for rank in self.ranks]

    @property
    def comes_with_others(self) -> bool:
        """Say whether something was typed about somebody else: their fields are then unfolded."""
        return any(bound.value() for row in self.others for bound in row)

    @property
    def looks_automatic(self) -> bool:
        """Say whether a program filled the field that people do not see."""
        return bool(self.cleaned_data.get("website"))

    def people(self, *, language: str) -> list[Person]:
        """Return who registers: the one who filled the form in, then those who come along."""
        typed = self.cleaned_data
        first = Person(
            first_name=typed["first_name"],
            last_name=typed["last_name"],
            email=typed["email"],
            phone=typed["phone"],
            organisation=typed["organisation"],
            remark=typed["remark"],
            language=language,
            shares_sheet=typed["shares"],
            answers=answered(self, self.asked),
            **self.known.links(typed["email"]),
        )
        others = [
            Person(
                first_name=typed[f"first_name_{rank}"],
                last_name=typed[f"last_name_{rank}"],
                email=typed[f"email_{rank}"],
                organisation=typed["organisation"],
                language=language,
            )
            for rank in self.ranks
            if typed[f"last_name_{rank}"]
        ]
        return [first, *others]

    def kind(self, people: int) -> PartyKind:
        """Return what so many people make on this side."""
        if people == 1:
            return PartyKind.SINGLE
        return PartyKind.TEAM if self.side.role == SideRole.HOST else PartyKind.COUPLE
