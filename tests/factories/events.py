from datetime import timedelta

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.events.enums import (
    EventKind,
    EventState,
    QuestionKind,
    RegistrationOrigin,
    RegistrationState,
    SideRole,
)
from ancrage.events.models import Event, Participant, Party, Question, Side
from tests.factories.moments import NOW
from tests.factories.privacy import DataSubjectFactory
from tests.factories.territory import CommuneFactory, TerritoryFactory


class EventFactory(DjangoModelFactory[Event]):
    """An evening in a week's time, whose registrations are open."""

    class Meta:
        model = Event

    territory = SubFactory(TerritoryFactory)
    kind = EventKind.DOCDATING
    state = EventState.OPEN
    title = "Doc’dating fictif"
    slug = Sequence(lambda n: f"docdating-{n}")
    commune = SubFactory(CommuneFactory)
    place = "Salle fictive"
    doors_at = NOW + timedelta(days=7)
    starts_at = NOW + timedelta(days=7, minutes=30)
    registration_closes_at = NOW + timedelta(days=5)
    wishes_close_at = NOW + timedelta(days=6)
    marks_close_at = NOW + timedelta(days=9)
    created_at = NOW

    class Params:
        # Open on the day the tests run, for those that live on it.
        still_open = Trait(
            doors_at=LazyFunction(lambda: timezone.now() + timedelta(days=7)),
            starts_at=LazyFunction(lambda: timezone.now() + timedelta(days=7, minutes=30)),
            registration_closes_at=LazyFunction(lambda: timezone.now() + timedelta(days=5)),
            wishes_close_at=LazyFunction(lambda: timezone.now() + timedelta(days=6)),
            marks_close_at=LazyFunction(lambda: timezone.now() + timedelta(days=9)),
        )


class SideFactory(DjangoModelFactory[Side]):
    """The side that moves; `role="host"` for the other."""

    class Meta:
        model = Side

    event = SubFactory(EventFactory)
    role = SideRole.VISITOR
    name = "internes et remplaçants"
    singular = "interne ou remplaçant"


class QuestionFactory(DjangoModelFactory[Question]):
    """A short text, read by the other side."""

    class Meta:
        model = Question

    side = SubFactory(SideFactory)
    position = Sequence(lambda n: n + 1)
    kind = QuestionKind.TEXT
    label = "Une question fictive"


class PartyFactory(DjangoModelFactory[Party]):
    class Meta:
        model = Party

    side = SubFactory(SideFactory)
    event = SelfAttribute("side.event")


class ParticipantFactory(DjangoModelFactory[Participant]):
    """Somebody alone who has a place."""

    class Meta:
        model = Participant

    party = SubFactory(PartyFactory)
    event = SelfAttribute("party.event")
    subject = SubFactory(
        DataSubjectFactory,
        user=None,
        home=LazyAttribute(
            lambda subject: f"territory:{subject.factory_parent.event.territory_id}"
        ),
    )
    first_name = "Alix"
    last_name = Sequence(lambda n: f"Fictif {n}")
    email = Sequence(lambda n: f"participant{n}@exemple.test")
    email_key = LazyAttribute(lambda person: person.email.casefold())
    origin = RegistrationOrigin.PUBLIC
    state = RegistrationState.REGISTERED
    registered_at = NOW
