"""The evening of one participant, and what they say of those they met."""

from datetime import timedelta

import pytest

from ancrage.events.enums import EventState, Interest, RoundState, TimetableStatus
from ancrage.events.models import Mark, Meeting, Round, Table, Timetable
from ancrage.events.queries import own_evening
from ancrage.events.services import MarksClosed, NotMet, keep_mark
from tests.factories import ParticipantFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(visitors):
    return ParticipantFactory(party__side=visitors)


@pytest.fixture
def host(hosts):
    return ParticipantFactory(party__side=hosts, first_name="Camille", last_name="Fictive")


@pytest.fixture
def evening(event):
    event.rounds, event.state = 3, EventState.RUNNING
    event.save()
    return event


@pytest.fixture
def timetable(evening):
    return Timetable.objects.create(
        event=evening,
        version=2,
        status=TimetableStatus.DONE,
        score=1,
        bound=1,
        gap=0,
        proof="flow",
        made_at=NOW,
        published_at=NOW,
        in_force=True,
    )


def meet(timetable, number, host, visitor, table=None):
    return Meeting.objects.create(
        timetable=timetable, round=number, table=table, host=host.party, visitor=visitor.party
    )


def begin(event, number, *, over=False):
    start = event.starts_at + timedelta(minutes=9 * number)
    Round.objects.create(
        event=event,
        number=number,
        started_at=start,
        ends_at=start + timedelta(minutes=7),
        ended_at=start + timedelta(minutes=7) if over else None,
    )


def stops(participant, on):
    found = own_evening(participant, on=on)
    return [(one.slot.number, one.slot.state, one.table, one.party) for one in found.stops]


def test_there_is_no_evening_before_a_timetable_is_published(visitor, timetable):
    Timetable.objects.update(in_force=False)

    assert own_evening(visitor, on=NOW) is None


def test_each_round_says_where_to_go_or_to_rest(evening, timetable, visitor, host):
    lounge = Table.objects.create(event=evening, number=4, label="Salon")
    meet(timetable, 0, host, visitor, lounge)
    begin(evening, 0, over=True)

    on = evening.starts_at + timedelta(minutes=8)

    assert stops(visitor, on) == [
        (0, RoundState.OVER, "Salon", host.party_id),
        (1, RoundState.COMING, "", None),
        (2, RoundState.COMING, "", None),
    ]
    assert stops(host, on)[0] == (0, RoundState.OVER, "Salon", visitor.party_id)


def test_what_comes_next_is_a_meeting_rather_than_a_rest(evening, timetable, visitor, host):
    meet(timetable, 2, host, visitor)
    begin(evening, 0)

    found = own_evening(visitor, on=evening.starts_at)

    assert found.current.slot.number == 0
    assert found.current.is_rest
    assert found.following.slot.number == 2


def test_names_wait_for_the_doors_to_open(evening, timetable, visitor, host):
    meet(timetable, 0, host, visitor)

    def title(on):
        return own_evening(visitor, on=on).stops[0].sheet.title

    assert "Fictive" not in title(evening.doors_at - timedelta(minutes=1))
    assert title(evening.doors_at) == "Camille Fictive"


def test_somebody_whose_data_are_frozen_keeps_their_table_and_loses_their_name(
    evening, timetable, visitor, host
):
    meet(timetable, 0, host, visitor)
    host.subject.limited_at = NOW
    host.subject.save()

    [first, *_] = own_evening(visitor, on=evening.starts_at).stops

    assert (first.party, first.sheet) == (host.party_id, None)


def test_the_last_answer_counts_and_saying_nothing_forgets(evening, timetable, visitor, host):
    meet(timetable, 0, host, visitor)
    begin(evening, 0)

    def mark(interest, note):
        keep_mark(
            participant=visitor,
            about=host.party_id,
            interest=interest,
            note=note,
            now=evening.starts_at,
        )

    mark(Interest.PERHAPS, "")
    mark(Interest.YES, " Belle équipe. ")
    assert list(Mark.objects.values_list("participant", "about", "interest", "note")) == [
        (visitor.pk, host.party_id, "yes", "Belle équipe.")
    ]

    mark("", "")
    assert not Mark.objects.exists()


def test_only_those_met_are_marked(evening, timetable, visitor, host):
    meet(timetable, 1, host, visitor)
    begin(evening, 0)

    with pytest.raises(NotMet):
        keep_mark(
            participant=visitor,
            about=host.party_id,
            interest=Interest.YES,
            note="",
            now=evening.starts_at,
        )


def test_marks_end_when_contacts_open(evening, timetable, visitor, host):
    meet(timetable, 0, host, visitor)
    begin(evening, 0)

    with pytest.raises(MarksClosed):
        keep_mark(
            participant=visitor,
            about=host.party_id,
            interest=Interest.YES,
            note="",
            now=evening.marks_close_at,
        )


def test_an_evening_costs_the_same_whatever_the_number_of_meetings(
    evening, timetable, visitor, hosts, django_assert_num_queries
):
    for number in range(3):
        meet(timetable, number, ParticipantFactory(party__side=hosts), visitor)

    with django_assert_num_queries(8):
        own_evening(visitor, on=evening.starts_at)
