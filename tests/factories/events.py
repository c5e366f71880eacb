from datetime import timedelta

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from ancrage.events.enums import (
    EventKind,
    EventState,
    RegistrationOrigin,
    RegistrationState,
    SideRole,
)
from ancrage.events.models import Event, Participant, Party, Side
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


class SideFactory(DjangoModelFactory[Side]):
    """The side that moves; `role="host"` for the other."""

    class Meta:
        model = Side

    event = SubFactory(EventFactory)
    role = SideRole.VISITOR
    name = "internes et remplaçants"
    singular = "interne ou remplaçant"


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
