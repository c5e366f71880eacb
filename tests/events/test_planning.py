"""The timetable of an event: computed, proved, kept as a version."""

from datetime import timedelta

import pytest

from ancrage.core.meetings.values import Meeting as Planned
from ancrage.core.meetings.walking import walk_of
from ancrage.events import services
from ancrage.events.enums import EventState, RegistrationState, RuleKind, TimetableStatus, WishKind
from ancrage.events.models import Event, Meeting, PairRule, Participant, Table, Timetable, Wish
from ancrage.events.services import planning
from ancrage.events.services.asking import as_json, ask_of, from_json, instance_of
from ancrage.events.services.explaining import is_up_to_date
from ancrage.kit.models import AuditLine
from tests.events.crowd import fill
from tests.factories import EventFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(rounds=4, guarantee=2)


def build(event, **options):
    return services.build_timetable(event=event, by=None, now=NOW, walk_less=False, **options)


def met(timetable):
    rows = Meeting.objects.filter(timetable=timetable).order_by("round", "host", "visitor")
    return list(rows.values_list("round", "host", "visitor"))


def paces(timetable):
    room = {table.number: (table.x, table.y) for table in timetable.event.tables.all()}
    rows = timetable.meetings.select_related("table")
    return walk_of(
        [Planned(row.host_id, row.visitor_id, row.round, row.table.number) for row in rows], room
    )


def first_of(event, role, place=0):
    return event.parties.filter(side__role=role).order_by("pk")[place]


def rule(event, kind, host=0, visitor=0, round_number=None):
    services.rule_pair(
        host=first_of(event, "host", host),
        visitor=first_of(event, "visitor", visitor),
        kind=kind,
        round_number=round_number,
        reason="Pour la mesure",
        by=None,
        now=NOW,
    )


def test_a_version_is_proved_kept_and_audited(event):
    fill(event, 6, 3, wishes=2, tables=8)
    Table.objects.filter(number=1).update(usable=False)

    timetable = build(event)

    rows = met(timetable)
    # 3 visitors × 4 rounds: each host has 2 meetings, as guaranteed.
    assert len(rows) == 12
    assert (timetable.version, timetable.status, timetable.proof) == (1, "done", "optimal")
    assert (timetable.levels, timetable.gap, timetable.in_force) == ([9, 9], 0.0, False)
    assert timetable.score == timetable.bound
    tables = {one.host_id: one.table.number for one in timetable.meetings.select_related("table")}
    assert sorted(tables.values()) == [2, 3, 4, 5, 6, 7]
    assert AuditLine.objects.get(action="events.plan").changes == {"version": [None, 1]}


def test_the_instance_kept_is_what_was_asked_and_names_nobody(event):
    fill(event, 3, 2, wishes=1, tables=3)
    event.run_limit = 2
    event.save()

    timetable = build(event)

    ask = ask_of(event)
    assert timetable.instance == as_json(instance_of(ask))
    assert from_json(timetable.instance) == instance_of(ask)
    assert "Fictif" not in str(timetable.instance)
    assert is_up_to_date(timetable, ask)
    Participant.objects.filter(party=first_of(event, "host")).update(
        state=RegistrationState.CANCELLED, cancelled_at=NOW
    )
    assert not is_up_to_date(timetable, ask_of(event))


def test_a_break_counts_as_rest_when_meetings_in_a_row_are_limited(event):
    fill(event, 5, 2)
    event.run_limit = 2
    event.save()
    assert {len(one.absent) for one in instance_of(ask_of(event)).visitors} == {1}

    event.breaks.create(after_round=1, minutes=15)

    assert {len(one.absent) for one in instance_of(ask_of(event)).visitors} == {0}


def test_an_event_without_a_room_is_given_a_table_for_each_host(event):
    fill(event, 5, 2)

    timetable = build(event)

    assert list(event.tables.order_by("number").values_list("number", "x", "y")) == [
        (1, 0, 0),
        (2, 1, 0),
        (3, 2, 0),
        (4, 0, 1),
        (5, 1, 1),
    ]
    assert is_up_to_date(timetable, ask_of(event))


def test_a_host_sits_at_the_table_it_asked_for(event):
    fill(event, 3, 2, tables=5)
    host = first_of(event, "host")
    host.table = event.tables.get(number=5)
    host.save()

    timetable = build(event)

    assert {one.table.number for one in timetable.meetings.filter(host=host)} == {5}


def test_people_walk_less_between_the_same_meetings(event):
    fill(event, 6, 3, tables=6)

    longer, shorter = build(event), services.build_timetable(event=event, by=None, now=NOW)

    assert {row[1:] for row in met(longer)} == {row[1:] for row in met(shorter)}
    assert paces(shorter) < paces(longer)


def test_versions_follow_one_another_and_none_is_rewritten(event):
    fill(event, 3, 2, tables=3)
    first = build(event)
    rows = met(first)
    rule(event, RuleKind.FORBIDDEN)

    second = build(event)

    assert second.version == 2
    assert met(first) == rows
    pair = (first_of(event, "host").pk, first_of(event, "visitor").pk)
    assert pair not in {row[1:] for row in met(second)}


def test_what_is_imposed_refused_or_missed_is_respected(event):
    fill(event, 4, 3, tables=4)
    event.sides.filter(role="visitor").update(most_meetings=2)
    away = first_of(event, "visitor", 2)
    away.absent_rounds = [0, 1]
    away.save()
    Wish.objects.create(
        event=event,
        by=first_of(event, "host", 3),
        about=away,
        kind=WishKind.REFUSED,
        at=NOW,
    )
    rule(event, RuleKind.LOCKED, 0, 0, 3)
    rule(event, RuleKind.LOCKED, 1, 0)

    rows = met(build(event))

    hosts = [first_of(event, "host", place).pk for place in range(4)]
    visitor = first_of(event, "visitor").pk
    assert (3, hosts[0], visitor) in rows
    assert {row[1] for row in rows if row[2] == visitor} == {hosts[0], hosts[1]}
    assert {row[0] for row in rows if row[2] == away.pk} == {2, 3}
    assert (hosts[3], away.pk) not in {row[1:] for row in rows}


def test_a_meeting_imposed_comes_before_fairness(event):
    # One visitor, one round: with the pair imposed, the other host has nothing.
    event.rounds, event.guarantee = 1, 1
    event.save()
    fill(event, 2, 1, tables=2)
    rule(event, RuleKind.LOCKED, 1, 0)

    rows = met(build(event))

    assert rows == [(0, first_of(event, "host", 1).pk, first_of(event, "visitor").pk)]


def test_a_refusal_said_after_a_lock_is_stronger(event):
    fill(event, 2, 1, tables=2)
    rule(event, RuleKind.LOCKED, 0, 0, 1)
    host, visitor = first_of(event, "host"), first_of(event, "visitor")
    Wish.objects.create(event=event, by=visitor, about=host, kind=WishKind.REFUSED, at=NOW)

    assert host.pk not in {row[1] for row in met(build(event))}
    with pytest.raises(services.PairRefused):
        rule(event, RuleKind.LOCKED, 0, 0, 2)


def test_what_cannot_be_planned_is_said_and_leaves_no_version(event):
    with pytest.raises(services.NobodyOnOneSide, match="Reste à sa table"):
        build(event)
    fill(event, 2, 1, tables=1)
    Participant.objects.filter(party__side__role="visitor").update(state="waiting")
    with pytest.raises(services.NobodyOnOneSide, match="internes"):
        build(event)
    Participant.objects.update(state=RegistrationState.REGISTERED)
    Table.objects.update(usable=False)
    with pytest.raises(services.NoTableLeft):
        build(event)
    Table.objects.update(usable=True)
    for host in range(2):
        rule(event, RuleKind.FORBIDDEN, host)
    with pytest.raises(services.NoPairLeft):
        build(event)

    assert Timetable.objects.count() == 0


def test_locks_that_contradict_one_another_are_named(event):
    fill(event, 3, 2, tables=1)
    rule(event, RuleKind.LOCKED, 0, 0, 1)
    rule(event, RuleKind.LOCKED, 1, 1, 1)
    with pytest.raises(services.LocksDoNotFit, match="2 rencontres sont imposées au tour 2"):
        build(event)
    Table.objects.create(event=event, number=2)
    rule(event, RuleKind.LOCKED, 1, 0, 1)
    with pytest.raises(services.LocksDoNotFit, match="plusieurs rencontres imposées au tour 2"):
        build(event)
    PairRule.objects.all().delete()
    event.sides.filter(role="host").update(most_meetings=1)
    for visitor in range(2):
        rule(event, RuleKind.LOCKED, 0, visitor, visitor)
    with pytest.raises(services.LocksDoNotFit, match="a 2 rencontres imposées"):
        build(event)
    PairRule.objects.update(round=None)
    with pytest.raises(services.LocksDoNotFit, match="ne tiennent pas toutes ensemble"):
        build(event)
    PairRule.objects.all().delete()
    rule(event, RuleKind.LOCKED, 0, 0, 1)
    visitor = first_of(event, "visitor")
    visitor.absent_rounds = [1]
    visitor.save()
    with pytest.raises(services.LocksDoNotFit, match="imposée au tour 2"):
        build(event)
    with pytest.raises(services.RoundNotPossible):
        rule(event, RuleKind.LOCKED, 0, 0, 1)


def test_two_computations_do_not_run_at_once_and_one_that_died_is_forgotten(event):
    fill(event, 2, 1, tables=2)
    running = Timetable.objects.create(
        event=event, version=1, status=TimetableStatus.RUNNING, made_at=NOW
    )
    with pytest.raises(services.PlanningUnderWay):
        build(event)

    Timetable.objects.update(made_at=NOW - timedelta(minutes=3))

    assert build(event).version == 1
    assert not Timetable.objects.filter(pk=running.pk).exists()


@pytest.mark.parametrize("state", [EventState.RUNNING, EventState.OVER, EventState.CANCELLED])
def test_an_evening_that_began_is_not_planned_here(event, state):
    Event.objects.update(state=state)

    with pytest.raises(services.EveningBegun):
        build(event)


def test_a_plan_that_the_judge_refuses_is_not_kept(event, monkeypatch):
    fill(event, 2, 1, tables=2)
    monkeypatch.setattr(planning, "violations", lambda *_given: ["a defect"])

    with pytest.raises(services.PlanNotProved):
        build(event)

    assert Timetable.objects.count() == 0


def test_a_real_evening_is_fair_and_proved(event):
    event.rounds, event.guarantee, event.run_limit = 12, 3, 5
    event.save()
    fill(event, 100, 30, wishes=5, tables=100)

    timetable = build(event)

    assert timetable.gap <= 0.0001
    assert timetable.levels[0] == 130
    visited = {}
    for when, _host, visitor in met(timetable):
        visited.setdefault(visitor, set()).add(when)
    longest = max(
        sum(when + step in rounds for step in range(6))
        for rounds in visited.values()
        for when in rounds
    )
    assert longest <= 5
