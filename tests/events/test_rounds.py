"""The rounds of an evening, one at a time, whoever presses the key."""

from datetime import timedelta

import pytest

from ancrage.events import services
from ancrage.events.enums import EventState, RoundState
from ancrage.events.models import Event, EventBreak, Meeting, Participant, Round, Timetable
from ancrage.events.queries import progress_of
from tests.factories.evenings import STARTS, running_evening

pytestmark = pytest.mark.django_db


def at(minutes):
    return STARTS + timedelta(minutes=minutes)


@pytest.fixture
def evening():
    """Three rounds of 7 minutes, 2 between; all are there."""
    return running_evening()


def start(evening, number, minutes):
    return services.start_round(event=evening.event, number=number, by=None, now=at(minutes))


def end(evening, number, minutes):
    return services.end_round(event=evening.event, number=number, by=None, now=at(minutes))


def shown(evening, minutes):
    found = progress_of(evening.event, on=at(minutes))
    return [(slot.state, (slot.starts_at - STARTS) / timedelta(minutes=1)) for slot in found.slots]


def test_rounds_follow_what_really_happens(evening):
    EventBreak.objects.create(event=evening.event, after_round=1, minutes=10)
    coming = RoundState.COMING
    assert shown(evening, -5) == [(coming, 0), (coming, 9), (coming, 28)]

    start(evening, 0, 20)
    assert shown(evening, 21) == [(RoundState.CURRENT, 20), (coming, 29), (coming, 48)]
    end(evening, 0, 30)
    assert shown(evening, 31) == [(RoundState.OVER, 20), (coming, 32), (coming, 51)]
    services.drop_round(event=evening.event, number=1, by=None, now=at(31))

    assert shown(evening, 31) == [
        (RoundState.OVER, 20),
        (RoundState.DROPPED, 32),
        (coming, 32),
    ]
    progress = progress_of(evening.event, on=at(31))
    assert (progress.following.number, progress.ends_at) == (2, at(39))


def test_an_evening_whose_rounds_are_all_over_has_no_next_one(evening):
    for number in range(3):
        start(evening, number, 10 * number)
        end(evening, number, 10 * number + 7)

    progress = progress_of(evening.event, on=at(60))

    assert (progress.following, progress.current, progress.ends_at) == (None, None, at(27))


def test_only_the_next_round_starts_and_once(evening):
    with pytest.raises(services.RoundMovedOn):
        start(evening, 1, 0)
    start(evening, 0, 0)

    with pytest.raises(services.RoundMovedOn):
        start(evening, 0, 1)
    with pytest.raises(services.RoundMovedOn):
        start(evening, 1, 1)

    assert list(Round.objects.values_list("number", "started_at")) == [(0, at(0))]


def test_no_round_starts_without_a_timetable(evening):
    Timetable.objects.all().delete()

    with pytest.raises(services.NothingToFollow):
        start(evening, 0, 0)


def test_meetings_of_those_who_were_there_are_held(evening):
    """One never came, one left within two minutes, one came late and one left just before."""
    never, left, late, stayed = (
        evening.person(party)
        for party in (
            evening.hosts[0],
            evening.visitors[1],
            evening.visitors[2],
            evening.hosts[2],
        )
    )
    Participant.objects.filter(pk=never.pk).update(arrived_at=None)
    start(evening, 0, 0)
    Participant.objects.filter(pk=left.pk).update(left_at=at(2))
    Participant.objects.filter(pk=late.pk).update(arrived_at=at(3))
    Participant.objects.filter(pk=stayed.pk).update(left_at=at(6))

    assert end(evening, 0, 7) == 1

    held = Meeting.objects.filter(held=True)
    assert list(held.values_list("round", "host", "visitor")) == [
        (0, evening.hosts[2].pk, evening.visitors[2].pk)
    ]


def test_a_round_ends_once(evening):
    start(evening, 0, 0)
    end(evening, 0, 7)

    with pytest.raises(services.RoundMovedOn):
        end(evening, 0, 8)

    assert Round.objects.get().ended_at == at(7)


def test_a_minute_asked_by_two_is_added_once(evening):
    started = start(evening, 0, 0)

    longer = services.add_minute(
        event=evening.event, number=0, seen=started.ends_at, by=None, now=at(6)
    )
    with pytest.raises(services.RoundMovedOn):
        services.add_minute(
            event=evening.event, number=0, seen=started.ends_at, by=None, now=at(6)
        )
    assert longer.ends_at == at(8)
    late = services.add_minute(event=evening.event, number=0, seen=at(8), by=None, now=at(10))

    assert late.ends_at == at(11)


def test_a_round_started_by_mistake_is_as_if_it_had_not_been(evening):
    start(evening, 0, 0)

    services.take_round_back(event=evening.event, number=0, by=None, now=at(1))

    assert not Round.objects.exists()
    with pytest.raises(services.RoundMovedOn):
        services.take_round_back(event=evening.event, number=0, by=None, now=at(1))


def test_a_round_ended_by_mistake_goes_on(evening):
    start(evening, 0, 0)
    end(evening, 0, 3)

    services.take_round_back(event=evening.event, number=0, by=None, now=at(4))

    taken_up = Round.objects.get()
    assert (taken_up.ended_at, taken_up.ends_at) == (None, at(7))
    assert not Meeting.objects.filter(held=True).exists()


def test_only_a_round_to_come_is_dropped_and_put_back(evening):
    start(evening, 0, 0)
    with pytest.raises(services.RoundNotToCome):
        services.drop_round(event=evening.event, number=0, by=None, now=at(1))
    with pytest.raises(services.RoundNotToCome):
        services.drop_round(event=evening.event, number=3, by=None, now=at(1))
    seen = Event.objects.get(pk=evening.event.pk)
    services.drop_round(event=evening.event, number=1, by=None, now=at(1))
    with pytest.raises(services.EventChangedMeanwhile):
        services.drop_round(event=seen, number=2, by=None, now=at(1))

    services.put_round_back(event=evening.event, number=1, by=None, now=at(2))
    assert Event.objects.get(pk=evening.event.pk).dropped_rounds == []
    services.drop_round(event=evening.event, number=1, by=None, now=at(2))
    end(evening, 0, 7)
    start(evening, 2, 9)

    with pytest.raises(services.RoundNotToCome):
        services.put_round_back(event=evening.event, number=1, by=None, now=at(10))


def test_closing_the_evening_ends_the_round_being_played(evening):
    start(evening, 0, 0)

    services.close_evening(event=evening.event, by=None, now=at(7))

    assert evening.event.state == EventState.OVER
    assert (Round.objects.get().ended_at, Meeting.objects.filter(held=True).count()) == (at(7), 3)
    with pytest.raises(services.EveningNotOpen):
        start(evening, 1, 9)


def test_closing_an_evening_of_which_no_round_is_played(evening):
    services.close_evening(event=evening.event, by=None, now=at(1))

    assert evening.event.state == EventState.OVER
