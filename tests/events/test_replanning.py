"""The rounds left, planned again: shown, confirmed, never against what was held."""

from datetime import timedelta

import pytest

from ancrage.events import services
from ancrage.events.enums import EventState, Presence, SideRole
from ancrage.events.models import Meeting, Participant, Side, Table, Timetable
from ancrage.events.services.impacts import Why
from tests.factories import ParticipantFactory, PartyFactory
from tests.factories.evenings import STARTS, running_evening

pytestmark = pytest.mark.django_db

KEEP = services.Choice()


def at(minutes):
    return STARTS + timedelta(minutes=minutes)


@pytest.fixture
def evening():
    """Four hosts, three visitors, three rounds: at each moment a host rests."""
    return running_evening(hosts=4)


def play(evening, number):
    services.start_round(event=evening.event, number=number, by=None, now=at(9 * number))
    services.end_round(event=evening.event, number=number, by=None, now=at(9 * number + 7))


def note(evening, party, after):
    person = evening.person(party)
    services.note_presence(
        participant=person, after=after, seen=person.revision, by=None, now=at(8)
    )


def propose(evening, choice=KEEP):
    return services.propose_replan(event=evening.event, choice=choice, now=at(8))


def confirm(evening, proposal):
    return services.confirm_replan(
        event=evening.event,
        choice=proposal.choice,
        fingerprint=proposal.fingerprint,
        by=None,
        now=at(8),
    )


def cards(timetable, **which):
    rows = Meeting.objects.filter(timetable=timetable, **which)
    return set(rows.values_list("round", "host", "visitor", "table__number"))


def test_an_evening_as_planned_changes_nothing(evening):
    play(evening, 0)

    proposal = propose(evening)

    assert not proposal.changes_anything
    assert (proposal.from_round, proposal.kept, proposal.lost, proposal.gained) == (1, 6, 0, 0)
    assert (proposal.without, proposal.withdrawn) == (0, ())


def test_who_loses_a_meeting_is_told_why_and_whom_they_meet_instead(evening):
    """The first host leaves after the first round: two visitors each lose one meeting."""
    play(evening, 0)
    before = cards(evening.timetable)
    gone = evening.hosts[2]
    note(evening, gone, Presence.LEFT)

    proposal = propose(evening)
    timetable = confirm(evening, proposal)

    assert [(one.who.party, one.count) for one in proposal.withdrawn] == [(gone, 2)]
    lost = [
        (impact.who.party.pk, change.round)
        for impact in proposal.impacts
        for change in impact.changes
        if change.why == Why.MISSING
    ]
    assert sorted(lost) == sorted(
        (visitor, number) for number, host, visitor, _table in before if host == gone.pk and number
    )
    assert (proposal.kept, proposal.lost, proposal.given_up) == (4, 2, 0)
    kept = {card for card in before if card[0] == 0 or card[1] != gone.pk}
    after = cards(timetable)
    assert kept <= after
    assert len(after) == len(kept) + proposal.gained
    assert cards(timetable, held=True) == {card for card in before if card[0] == 0}
    assert (timetable.version, timetable.from_round, timetable.changes) == (2, 1, 2)
    assert list(Timetable.objects.filter(in_force=True)) == [timetable]


def test_a_version_is_confirmed_only_as_it_was_shown(evening):
    proposal = propose(evening)
    note(evening, evening.hosts[0], Presence.LEFT)

    with pytest.raises(services.EveningMovedOn):
        confirm(evening, proposal)

    assert Timetable.objects.get(in_force=True) == evening.timetable


def test_of_two_organisers_who_confirm_the_second_is_told(evening):
    play(evening, 0)
    note(evening, evening.hosts[2], Presence.LEFT)
    first, second = propose(evening), propose(evening)
    confirm(evening, first)

    with pytest.raises(services.EveningMovedOn):
        confirm(evening, second)

    assert Timetable.objects.count() == 2


def test_somebody_who_walks_in_is_given_meetings_and_nobody_loses_one(evening):
    play(evening, 0)
    guest = ParticipantFactory(
        party=PartyFactory(side=evening.visitor_side), arrived_at=at(5), last_name="Passage"
    )

    proposal = propose(evening)
    timetable = confirm(evening, proposal)

    assert cards(evening.timetable) <= cards(timetable)
    theirs = cards(timetable, visitor=guest.party)
    assert len(theirs) == proposal.gained == 2
    assert {one.who.party: {c.why for c in one.changes} for one in proposal.impacts}[
        guest.party
    ] == {Why.NEW}


def test_those_awaited_keep_their_meetings_only_if_asked(evening):
    Participant.objects.filter(party=evening.visitors[0]).update(arrived_at=None)

    without = propose(evening)
    waiting = propose(evening, services.Choice(awaits=True))

    assert [one.who.party for one in without.withdrawn] == [evening.visitors[0]]
    assert not waiting.changes_anything


def test_the_meetings_of_the_round_being_played_stay(evening):
    """One of the six people of the first round was never there: that meeting may come later."""
    services.start_round(event=evening.event, number=0, by=None, now=at(0))
    late = evening.visitors[0]
    Participant.objects.filter(party=late).update(arrived_at=None)
    playing = cards(evening.timetable, round=0)
    confirm(evening, propose(evening))
    Participant.objects.filter(party=late).update(arrived_at=at(5))

    timetable = confirm(evening, propose(evening))
    services.end_round(event=evening.event, number=0, by=None, now=at(7))

    held = {card for card in playing if card[2] != late.pk}
    assert cards(timetable, held=True) == held
    assert {card[0] for card in cards(timetable, visitor=late)} == {1, 2}


def test_a_lost_table_moves_its_host_alone(evening):
    play(evening, 0)
    table = evening.tables[1]
    services.set_table(table=table, usable=False, by=None, now=at(8))

    timetable = confirm(evening, propose(evening))

    before, after = cards(evening.timetable), cards(timetable)
    moved = {card[:3] for card in before if card[0] and card[3] == 2}
    assert {card for card in before if card[:3] not in moved} <= after
    assert {card[:3] for card in after} == {card[:3] for card in before}
    assert 2 not in {card[3] for card in after if card[0]}


def test_nobody_meets_in_a_dropped_round(evening):
    play(evening, 0)
    services.drop_round(event=evening.event, number=1, by=None, now=at(8))

    proposal = propose(evening)
    timetable = confirm(evening, proposal)

    assert {card[0] for card in cards(timetable)} == {0, 2}
    told = {change.why for impact in proposal.impacts for change in impact.changes}
    assert told <= {Why.DROPPED, Why.MOVED, Why.NEW}
    assert proposal.lost == 3


def test_no_more_promises_are_given_up_than_asked():
    """Hosts leave, walk-ins of both sides come: what is promised may go, up to a number."""
    evening = running_evening(hosts=8, visitors=8, rounds=6)
    play(evening, 0)
    for party in (*evening.hosts[:2], evening.visitors[0]):
        note(evening, party, Presence.LEFT)
    for side in (evening.host_side, evening.visitor_side):
        ParticipantFactory(party=PartyFactory(side=side), arrived_at=at(5))

    proposals = [propose(evening, services.Choice(changes=most)) for most in (0, 1, 2, 99)]

    assert [one.given_up <= most for one, most in zip(proposals, (0, 1, 2, 99), strict=True)] == [
        True
    ] * 4
    assert len({one.lost for one in proposals}) == 1
    assert len({one.fingerprint for one in proposals}) == 4


def test_everybody_leaves_and_nothing_that_was_held_is_lost(evening):
    play(evening, 0)
    Participant.objects.update(left_at=at(8))

    proposal = propose(evening)
    timetable = confirm(evening, proposal)

    assert cards(timetable) == cards(evening.timetable, round=0)
    assert (proposal.kept, len(proposal.withdrawn), proposal.impacts) == (0, 7, ())


def test_nobody_came():
    evening = running_evening(arrived=False)

    timetable = confirm(evening, propose(evening))

    assert cards(timetable) == set()


def test_an_evening_never_planned_is_planned_at_the_door():
    evening = running_evening(rounds=2)
    Timetable.objects.all().delete()
    Table.objects.all().delete()

    timetable = confirm(evening, propose(evening))

    assert (timetable.version, timetable.from_round) == (1, 0)
    assert {card[0] for card in cards(timetable)} == {0, 1}
    assert Table.objects.filter(event=evening.event).count() == 3
    assert None not in {card[3] for card in cards(timetable)}


def test_a_limit_lowered_during_the_evening_breaks_nothing_held(evening):
    play(evening, 0)
    Side.objects.filter(role=SideRole.VISITOR).update(most_meetings=1)

    timetable = confirm(evening, propose(evening))

    assert cards(timetable) == cards(evening.timetable, round=0)


def test_somebody_who_gave_the_place_up_after_a_meeting_still_held_it(evening):
    play(evening, 0)
    Participant.objects.filter(party=evening.visitors[0]).update(
        state="cancelled", cancelled_at=at(8)
    )

    timetable = confirm(evening, propose(evening))

    assert cards(timetable, held=True) == cards(evening.timetable, round=0)
    assert {card[0] for card in cards(timetable, visitor=evening.visitors[0])} == {0}


def test_nothing_is_planned_again_once_all_rounds_are_over(evening):
    for number in range(3):
        play(evening, number)

    with pytest.raises(services.NoRoundLeft):
        propose(evening)


def test_nothing_is_planned_again_before_the_doors_open(evening):
    evening.event.state = EventState.CLOSED

    with pytest.raises(services.EveningNotOpen):
        propose(evening)
