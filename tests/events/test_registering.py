"""Places: in the order of arrival, never one too many."""

from datetime import timedelta

import pytest

from ancrage.events import services
from ancrage.events.enums import (
    EventState,
    PartyKind,
    RegistrationOrigin,
    RegistrationState,
)
from ancrage.events.models import Answer, Participant
from ancrage.events.services import Answered, Person
from ancrage.privacy.models import DataSubject
from tests.factories import CandidateFactory, DataSubjectFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

WAITING, REGISTERED = RegistrationState.WAITING, RegistrationState.REGISTERED


def person(name: str, **more) -> Person:
    return Person("Alix", f"{name} (fictif)", email=f"{name}@exemple.test", **more)


def register(side, *people, origin=RegistrationOrigin.PUBLIC, now=NOW, **more):
    return services.register(side=side, people=people, origin=origin, by=None, now=now, **more)


def states(side):
    rows = Participant.objects.filter(party__side=side).order_by("pk")
    return [row.state for row in rows]


def minutes(count):
    return NOW + timedelta(minutes=count)


def test_whoever_registers_is_known_with_their_answers(visitors):
    question = visitors.questions.create(position=1, kind="text", label="Faculté")
    party = register(
        visitors,
        person("ana", answers={question.pk: Answered(text=" Caen ")}, phone="+33600000000"),
    )

    (row,) = party.members.all()
    assert (row.state, row.full_name, row.email_key) == (
        REGISTERED,
        "Alix ana (fictif)",
        "ana@exemple.test",
    )
    assert row.subject.home == f"territory:{visitors.event.territory_id}"
    assert [(answer.question, answer.text) for answer in Answer.objects.all()] == [
        (question, "Caen")
    ]


def test_places_are_given_in_the_order_of_arrival(visitors):
    for number in range(4):
        register(visitors, person(f"p{number}"), now=minutes(number))

    assert states(visitors) == [REGISTERED, REGISTERED, WAITING, WAITING]


def test_a_freed_place_goes_to_whoever_has_waited_longest(visitors):
    first, *_ = [
        register(visitors, person(f"p{number}"), now=minutes(number)) for number in range(4)
    ]

    given = services.cancel(participant=first.members.get(), by=None, now=minutes(9))

    assert [row.email for row in given] == ["p2@exemple.test"]
    assert states(visitors) == [
        RegistrationState.CANCELLED,
        REGISTERED,
        REGISTERED,
        WAITING,
    ]


def test_a_couple_has_two_places_or_waits_and_nobody_passes_it(visitors):
    register(visitors, person("p0"))
    couple = register(visitors, person("p1"), person("p2"), kind=PartyKind.COUPLE, now=minutes(1))
    single = register(visitors, person("p3"), now=minutes(2))

    assert states(visitors) == [REGISTERED, WAITING, WAITING, WAITING]

    visitors.capacity = 4
    visitors.save()
    services.give_places(side=visitors, now=minutes(3))

    assert {row.state for row in couple.members.all()} == {REGISTERED}
    assert single.members.get().state == REGISTERED


def test_an_address_registers_once_whatever_its_side_and_its_capitals(visitors, hosts):
    register(visitors, person("ana"))
    again = Person("Ana", "Fictive", email="ANA@exemple.test")

    with pytest.raises(services.AlreadyRegistered, match="déjà inscrite"):
        register(hosts, again)
    assert Participant.objects.count() == 1
    assert DataSubject.objects.count() == 1


def test_whoever_cancelled_may_register_again_after_the_others(visitors):
    row = register(visitors, person("ana")).members.get()
    services.cancel(participant=row, by=None, now=NOW)

    with pytest.raises(services.NothingToCancel):
        services.cancel(participant=row, by=None, now=NOW)
    register(visitors, person("ana"), now=minutes(1))

    assert states(visitors) == [RegistrationState.CANCELLED, REGISTERED]


@pytest.mark.parametrize(
    ("state", "late", "origin", "accepted"),
    [
        (EventState.DRAFT, False, RegistrationOrigin.PUBLIC, False),
        (EventState.OPEN, True, RegistrationOrigin.PUBLIC, False),
        (EventState.OPEN, True, RegistrationOrigin.ORGANISER, True),
        (EventState.OPEN, False, RegistrationOrigin.WALK_IN, False),
        (EventState.RUNNING, True, RegistrationOrigin.WALK_IN, True),
        (EventState.OVER, True, RegistrationOrigin.ORGANISER, False),
        (EventState.CANCELLED, False, RegistrationOrigin.IMPORT, False),
    ],
)
def test_registrations_have_their_time(event, visitors, state, late, origin, accepted):
    event.state = state
    event.save()
    now = event.registration_closes_at if late else NOW

    if accepted:
        register(visitors, person("ana"), origin=origin, now=now)
    else:
        with pytest.raises(services.RegistrationClosed):
            register(visitors, person("ana"), origin=origin, now=now)

    assert Participant.objects.count() == int(accepted)


@pytest.mark.parametrize(
    ("state", "refusal", "words"),
    [
        (EventState.RUNNING, services.CancelledOnTheEvening, "La soirée a commencé"),
        (EventState.OVER, services.EventEnded, "terminé ou annulé"),
        (EventState.CANCELLED, services.EventEnded, "terminé ou annulé"),
    ],
)
def test_place_is_given_up_before_the_evening_only(event, visitors, state, refusal, words):
    row = register(visitors, person("ana")).members.get()
    event.state = state
    event.save()

    with pytest.raises(refusal, match=words):
        services.cancel(participant=row, by=None, now=NOW)

    assert states(visitors) == [REGISTERED]


def test_whoever_came_does_not_give_their_place_up(visitors):
    row = register(visitors, person("ana")).members.get()
    Participant.objects.update(arrived_at=NOW, left_at=NOW)

    with pytest.raises(services.CameAlready, match="notée arrivée"):
        services.cancel(participant=row, by=None, now=NOW)


def test_nobody_is_taken_back_or_given_a_place_once_it_is_over(event, visitors):
    gone = register(visitors, person("ana")).members.get()
    services.cancel(participant=gone, by=None, now=NOW)
    event.state = EventState.OVER
    event.save()

    with pytest.raises(services.EventEnded):
        services.reinstate(participant=gone, by=None, now=NOW)
    with pytest.raises(services.EventEnded):
        services.give_place(participant=gone, by=None, now=NOW)


def test_whoever_comes_on_the_evening_has_a_place_and_is_there(event, visitors):
    register(visitors, person("p0"))
    register(visitors, person("p1"))
    event.state = EventState.RUNNING
    event.save()

    party = register(visitors, Person("Léo", "Fictif"), origin=RegistrationOrigin.WALK_IN)

    (row,) = party.members.all()
    assert (row.state, row.arrived_at) == (REGISTERED, NOW)


def test_whoever_the_platform_follows_stays_one_person(visitors, hosts):
    candidate = CandidateFactory(territory=visitors.event.territory)
    account = UserFactory()
    known = DataSubjectFactory(user=account)

    register(visitors, person("ana", candidate=candidate))
    register(hosts, person("leo", user=account))

    assert [row.subject for row in Participant.objects.order_by("pk")] == [
        candidate.subject,
        known,
    ]
