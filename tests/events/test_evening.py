"""Who is there: noted once, by whichever organiser comes first."""

from datetime import timedelta

import pytest

from ancrage.events import services
from ancrage.events.enums import EventAction, EventState, Presence, RegistrationState
from ancrage.events.models import Event, Participant, Table
from ancrage.events.queries import (
    board_of,
    counts_of,
    matching,
    parties_expected,
    people_of,
    presence_of,
)
from ancrage.kit.models import AuditLine
from tests.factories import EventFactory, ParticipantFactory, PartyFactory
from tests.factories.evenings import STARTS, running_evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening():
    return running_evening(arrived=False)


@pytest.fixture
def person(evening):
    return evening.person(evening.hosts[0])


def note(person, after, *, seen=None, now=STARTS):
    services.note_presence(
        participant=person, after=after, seen=seen or person.revision, by=None, now=now
    )
    person.refresh_from_db()


def test_somebody_arrives_leaves_and_comes_back(person):
    later = STARTS + timedelta(minutes=40)

    note(person, Presence.ARRIVED)
    note(person, Presence.LEFT, now=later)
    assert (person.arrived_at, person.left_at) == (STARTS, later)
    note(person, Presence.ARRIVED, now=later + timedelta(minutes=5))

    assert (person.arrived_at, person.left_at, person.revision) == (STARTS, None, 4)
    lines = AuditLine.objects.filter(target_id=str(person.pk)).order_by("pk")
    assert [(line.action, line.changes["presence"]) for line in lines] == [
        (EventAction.ARRIVED, ["expected", "arrived"]),
        (EventAction.LEFT, ["arrived", "left"]),
        (EventAction.ARRIVED, ["left", "arrived"]),
    ]


def test_an_arrival_noted_by_mistake_is_taken_back(person):
    note(person, Presence.ARRIVED)
    note(person, Presence.EXPECTED)

    assert (person.arrived_at, presence_of(person)) == (None, Presence.EXPECTED)


def test_somebody_who_will_not_come_gives_the_place_up_and_may_still_come(person):
    note(person, Presence.ABSENT)
    assert (person.state, person.cancelled_at) == (RegistrationState.CANCELLED, STARTS)

    note(person, Presence.ARRIVED)

    assert (person.state, person.cancelled_at) == (RegistrationState.REGISTERED, None)
    assert presence_of(person) == Presence.ARRIVED


def test_somebody_on_the_waiting_list_who_comes_is_given_a_place(person):
    Participant.objects.filter(pk=person.pk).update(state=RegistrationState.WAITING)
    person.refresh_from_db()
    assert presence_of(person) == Presence.WAITING

    note(person, Presence.ARRIVED)

    assert (person.state, presence_of(person)) == (
        RegistrationState.REGISTERED,
        Presence.ARRIVED,
    )


def test_two_organisers_note_the_same_and_the_second_is_told(person):
    other = Participant.objects.select_related("event").get(pk=person.pk)
    note(person, Presence.ARRIVED)

    with pytest.raises(services.AlreadyNoted):
        note(other, Presence.ARRIVED, seen=1)

    assert other.revision == 2


def test_two_organisers_do_not_undo_one_another(person):
    other = Participant.objects.select_related("event").get(pk=person.pk)
    note(person, Presence.ARRIVED)

    with pytest.raises(services.PresenceChanged):
        note(other, Presence.ABSENT, seen=1)

    other.refresh_from_db()
    assert presence_of(other) == Presence.ARRIVED


def test_a_page_shown_before_the_last_change_changes_nothing(person):
    """Arrived, and back to expected: what was decided on the first page no longer holds."""
    note(person, Presence.ARRIVED)
    note(person, Presence.EXPECTED)

    with pytest.raises(services.PresenceChanged):
        note(person, Presence.ABSENT, seen=1)

    assert presence_of(person) == Presence.EXPECTED


def test_nobody_leaves_who_did_not_arrive(person):
    with pytest.raises(services.PresenceChanged):
        note(person, Presence.LEFT)


def test_a_place_given_up_whose_address_was_registered_again_stays_given_up(person):
    note(person, Presence.ABSENT)
    ParticipantFactory(party=person.party, email=person.email, email_key=person.email_key)

    with pytest.raises(services.TakenByAnother):
        note(person, Presence.ARRIVED)


def test_nothing_is_noted_before_the_doors_open(person):
    person.event.state = EventState.CLOSED

    with pytest.raises(services.EveningNotOpen):
        note(person, Presence.ARRIVED)


@pytest.mark.parametrize("before", [EventState.OPEN, EventState.CLOSED])
def test_opening_the_evening_closes_registrations(before):
    event = EventFactory(state=before)

    services.open_evening(event=event, by=None, now=STARTS)

    assert Event.objects.get(pk=event.pk).state == EventState.RUNNING


def test_a_table_is_lost_once_and_found_again(evening):
    table = evening.tables[0]

    services.set_table(table=table, usable=False, by=None, now=STARTS)
    with pytest.raises(services.TableAlready):
        services.set_table(table=table, usable=False, by=None, now=STARTS)
    assert not Table.objects.get(pk=table.pk).usable
    services.set_table(table=table, usable=True, by=None, now=STARTS)

    assert Table.objects.get(pk=table.pk).usable
    with pytest.raises(services.TableAlready):
        services.set_table(table=table, usable=True, by=None, now=STARTS)


def test_people_are_found_whatever_the_accents_the_case_and_the_order(evening):
    people = people_of(evening.event)
    visitor = evening.person(evening.visitors[1])

    assert matching(people, "VISITEUR 2 alix") == [visitor]
    assert matching(people, visitor.badge.lower()) == [visitor]
    assert matching(people, "personne") == []
    assert len(matching(people, "")) == 6


def test_people_are_counted_by_side_and_presence(evening):
    note(evening.person(evening.hosts[0]), Presence.ARRIVED)
    note(evening.person(evening.hosts[1]), Presence.ABSENT)

    hosts, visitors = counts_of(evening.event, people_of(evening.event))

    assert {key: count for key, count in hosts.counts.items() if count} == {
        Presence.ARRIVED: 1,
        Presence.ABSENT: 1,
        Presence.EXPECTED: 1,
    }
    assert (hosts.awaited, visitors.awaited) == (2, 3)


def test_a_board_says_who_is_missing_at_which_table_and_who_rests(evening):
    host, other = evening.hosts[0], evening.hosts[1]
    note(evening.person(host), Presence.ARRIVED)
    note(evening.person(evening.visitors[0]), Presence.ARRIVED)
    note(evening.person(other), Presence.ARRIVED)
    walked_in = ParticipantFactory(
        party=PartyFactory(side=evening.visitor_side), arrived_at=STARTS, last_name="Passage"
    )
    people = people_of(evening.event)

    board = board_of(evening.timetable, 0, people)

    assert [
        (line.table.number, line.host.party, [one.party for one in line.visitors], line.complete)
        for line in board.lines
    ] == [
        (1, host, [evening.visitors[0]], True),
        (2, other, [evening.visitors[1]], False),
        (3, evening.hosts[2], [evening.visitors[2]], False),
    ]
    assert board.incomplete == 2
    assert [seated.people for seated in board.resting] == [(walked_in,)]
    assert parties_expected(people) == {
        evening.hosts[2].pk,
        evening.visitors[1].pk,
        evening.visitors[2].pk,
    }
