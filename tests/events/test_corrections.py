"""What organisers correct on the evening: everybody at once, meetings held or not."""

from datetime import timedelta

import pytest

from ancrage.events import services
from ancrage.events.enums import EventState, Presence
from ancrage.events.models import Meeting, Participant, Timetable
from ancrage.events.queries import presence_of
from ancrage.events.services.asking import key_of
from ancrage.events.services.remaining import remaining_of
from ancrage.kit.models import AuditLine
from tests.factories.evenings import STARTS, running_evening

pytestmark = pytest.mark.django_db

LATER = STARTS + timedelta(minutes=7)


def how(now=STARTS):
    return {"by": None, "now": now}


def presences(evening):
    rows = Participant.objects.filter(event=evening.event).order_by("pk")
    return [presence_of(row).value for row in rows]


def note(evening, party, after, now=STARTS):
    person = evening.person(party)
    services.note_presence(participant=person, after=after, seen=person.revision, **how(now))


def test_everybody_awaited_is_noted_at_once_and_taken_back():
    evening = running_evening(hosts=2, visitors=2, arrived=False)
    note(evening, evening.hosts[0], Presence.ABSENT)
    note(evening, evening.hosts[1], Presence.ARRIVED, STARTS - timedelta(minutes=9))

    count = services.note_everybody(event=evening.event, **how())
    assert (count, presences(evening)) == (2, ["absent", "arrived", "arrived", "arrived"])

    back = services.take_everybody_back(event=evening.event, at=STARTS, **how(LATER))
    assert (back, presences(evening)) == (2, ["absent", "arrived", "expected", "expected"])
    lines = AuditLine.objects.filter(action="events.check_in", changes__has_key="everybody")
    assert [line.changes["everybody"] for line in lines.order_by("pk")] == [[0, 2], [0, -2]]


def test_taking_everybody_back_undoes_nothing_of_another_organiser():
    evening = running_evening(hosts=1, visitors=2, arrived=False)
    services.note_everybody(event=evening.event, **how())
    note(evening, evening.visitors[0], Presence.LEFT, LATER)
    note(evening, evening.visitors[1], Presence.EXPECTED, LATER)
    note(evening, evening.visitors[1], Presence.ARRIVED, LATER)

    assert services.take_everybody_back(event=evening.event, at=STARTS, **how(LATER)) == 1
    assert presences(evening) == ["expected", "left", "arrived"]
    with pytest.raises(services.NothingToTakeBack):
        services.take_everybody_back(event=evening.event, at=STARTS, **how(LATER))


def test_second_organiser_finds_nobody_left_to_note():
    evening = running_evening(hosts=1, visitors=1, arrived=False)
    services.note_everybody(event=evening.event, **how())

    with pytest.raises(services.NobodyAwaited):
        services.note_everybody(event=evening.event, **how(LATER))
    evening.event.state = EventState.OVER
    for act, facts in (
        (services.note_everybody, {}),
        (services.take_everybody_back, {"at": STARTS}),
    ):
        with pytest.raises(services.EveningNotOpen):
            act(event=evening.event, **facts, **how(LATER))


@pytest.fixture
def played():
    evening = running_evening(hosts=2, visitors=2)
    services.start_round(event=evening.event, number=0, **how())
    services.end_round(event=evening.event, number=0, **how(LATER))
    return evening


def first(evening):
    rows = Meeting.objects.select_related("timetable__event").filter(round=0)
    return rows.filter(timetable=evening.timetable).order_by("pk")[0]


def correct(meeting, held):
    services.correct_held(meeting=meeting, held=held, **how(LATER))


@pytest.mark.parametrize("state", [EventState.RUNNING, EventState.OVER])
def test_meeting_that_was_not_held_is_corrected_and_back(played, state):
    played.event.state = state
    played.event.save()
    assert first(played).held

    correct(first(played), False)
    assert not first(played).held
    # Another organiser, on a page of before, is told and undoes nothing.
    with pytest.raises(services.HeldAsSaid, match="n’a pas eu lieu"):
        correct(first(played), False)
    correct(first(played), True)
    with pytest.raises(services.HeldAsSaid, match="déjà notée comme tenue"):
        correct(first(played), True)

    assert first(played).held


def test_meeting_not_held_may_be_given_again_and_one_held_may_not(played):
    meeting, other = Meeting.objects.filter(round=0).order_by("pk")
    correct(first(played), False)

    left = remaining_of(event=played.event, awaits=False, now=LATER)

    assert [(one.host, one.visitor) for one in left.instance.held] == [
        (key_of(other.host_id), key_of(other.visitor_id))
    ]
    pairs = {(one.host, one.visitor) for one in left.instance.pairs}
    assert (key_of(meeting.host_id), key_of(meeting.visitor_id)) in pairs


def test_only_a_round_that_is_over_is_corrected(played):
    rows = Meeting.objects.select_related("timetable__event").filter(round=1)
    coming = rows.order_by("pk")[0]
    with pytest.raises(services.RoundMovedOn):
        correct(coming, True)
    meeting = first(played)
    Timetable.objects.update(in_force=False)
    with pytest.raises(services.RoundMovedOn):
        correct(meeting, False)
    played.event.state = EventState.CLOSED
    played.event.save()
    with pytest.raises(services.EveningNotOpen):
        correct(meeting, False)
