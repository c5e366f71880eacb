"""What is printed: where each goes, when, to meet whom; who is named, and to whom."""

from datetime import timedelta

import pytest

from ancrage.events.enums import EventAction, EventState
from ancrage.events.models import EventBreak, Meeting, Round
from ancrage.events.queries.handouts import Seat, Stop, handouts_of
from ancrage.events.services import record_participants_export
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.scopes import viewer_of
from tests.factories import ParticipantFactory, UserFactory
from tests.factories.evenings import running_evening
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_each_party_is_told_its_tables_and_whom_it_meets():
    evening = running_evening(hosts=2, visitors=2, rounds=2)

    handouts = handouts_of(evening.event, on=NOW)

    first, second = (party.pk for party in evening.hosts)
    alone, other = (party.pk for party in evening.visitors)
    assert handouts.parties[alone].stops == {
        0: Stop(0, "1", (first,)),
        1: Stop(1, "2", (second,)),
    }
    assert handouts.tables == {
        "1": {0: (Seat(first, (alone,)),), 1: (Seat(first, (other,)),)},
        "2": {0: (Seat(second, (other,)),), 1: (Seat(second, (alone,)),)},
    }


def test_several_visitors_at_once_and_no_table_are_told_as_they_are():
    evening = running_evening(hosts=1, visitors=2, rounds=1)
    host, (first, second) = evening.hosts[0], evening.visitors
    Meeting.objects.create(timetable=evening.timetable, round=0, host=host, visitor=second)
    evening.timetable.meetings.update(table=None)

    handouts = handouts_of(evening.event, on=NOW)

    assert handouts.parties[host.pk].stops == {0: Stop(0, "", (first.pk, second.pk))}
    assert handouts.tables == {"": {0: (Seat(host.pk, (first.pk, second.pk)),)}}


def test_hours_follow_the_breaks():
    evening = running_evening(hosts=1, visitors=1, rounds=3, minutes=7, changeover=2)
    evening.event.state = EventState.CLOSED
    EventBreak.objects.create(event=evening.event, after_round=0, minutes=20)
    EventBreak.objects.create(event=evening.event, after_round=2, minutes=30)

    turns = handouts_of(evening.event, on=NOW).turns

    starts = evening.event.starts_at
    assert [turn.starts_at - starts for turn in turns] == [
        timedelta(minutes=minutes) for minutes in (0, 29, 38)
    ]
    assert [turn.break_after for turn in turns] == [20, 0, 0]


def test_printed_again_during_the_evening_hours_follow_what_really_happens():
    evening = running_evening(hosts=1, visitors=1, rounds=3, minutes=7, changeover=2)
    event, late = evening.event, evening.event.starts_at + timedelta(minutes=10)
    event.dropped_rounds = [1]
    event.save()
    Round.objects.create(
        event=event, number=0, started_at=late, ends_at=late + timedelta(minutes=7)
    )

    turns = handouts_of(event, on=late).turns

    assert [turn.is_dropped for turn in turns] == [False, True, False]
    assert [turns[0].starts_at, turns[2].starts_at] == [late, late + timedelta(minutes=9)]


def test_somebody_whose_data_are_frozen_is_on_no_paper():
    evening = running_evening(hosts=1, visitors=1)
    frozen = evening.person(evening.visitors[0])
    frozen.subject.limited_at = NOW
    frozen.subject.save()

    handouts = handouts_of(evening.event, on=NOW)

    assert [one.last_name for _party, one in handouts.people()] == ["Hôte 1 fictif"]
    assert handouts.parties[frozen.party_id].label == f"Interne ou remplaçant n° {frozen.party_id}"


def test_people_come_hosts_first_then_by_name_or_one_side_or_alone():
    evening = running_evening(hosts=2, visitors=1)
    ParticipantFactory(party=evening.hosts[1], last_name="Écume fictive")

    handouts = handouts_of(evening.event, on=NOW)

    def names(**asked):
        return [one.last_name for _party, one in handouts.people(**asked)]

    one = evening.person(evening.visitors[0])
    assert names() == ["Écume fictive", "Hôte 1 fictif", "Hôte 2 fictif", "Vîsiteur 1 fictif"]
    assert names(role="visitor") == ["Vîsiteur 1 fictif"]
    assert names(person=one.pk) == ["Vîsiteur 1 fictif"]


def test_before_a_timetable_is_in_force_nobody_has_a_stop():
    evening = running_evening(hosts=1, visitors=1)
    evening.timetable.in_force = False
    evening.timetable.save()

    handouts = handouts_of(evening.event, on=NOW)

    assert handouts.timetable is None
    assert [dict(party.stops) for party in handouts.parties.values()] == [{}, {}]
    assert handouts.tables == {}


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_the_people(count, django_assert_num_queries):
    evening = running_evening(hosts=count, visitors=count)

    with django_assert_num_queries(7):
        handouts_of(evening.event, on=NOW)


def test_a_file_leaves_a_line_in_the_journal_and_a_trace_for_each_person():
    evening = running_evening(hosts=1, visitors=1, rounds=1)
    people = [evening.person(party) for party in (evening.hosts[0], evening.visitors[0])]
    organiser = UserFactory()
    scope = f"territory:{evening.event.territory_id}"

    record_participants_export(
        event=evening.event,
        participants=people,
        viewer=viewer_of(organiser),
        reason="Badges de la soirée",
        by=organiser,
        now=NOW,
    )

    traces = AccessTrace.objects.order_by("pk")
    assert [(one.subject, one.viewer, one.scope, one.fields) for one in traces] == [
        (person.subject, organiser, scope, ["export"]) for person in people
    ]
    line = AuditLine.objects.get(action=EventAction.EXPORTED)
    assert line.changes == {"count": [0, 2], "reason": ["", "Badges de la soirée"]}
    assert line.scope == scope
