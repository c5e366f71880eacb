"""Rests, tables and walks: they change when and where, never who."""

from dataclasses import replace

import pytest

from ancrage.core.meetings.breaks import rested
from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.tables import seated
from ancrage.core.meetings.values import Host, Instance, Meeting, Pair, Visitor
from ancrage.core.meetings.walking import room_in_rows, shorten_walks, walk_of
from tests.core.meetings.invented import evening


def longest_run(meetings, visitor: str) -> int:
    longest = run = 0
    rounds = {one.round for one in meetings if one.visitor == visitor}
    for when in range(max(rounds) + 1):
        run = run + 1 if when in rounds else 0
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize("absences", [False, True])
def test_rests_leave_nobody_with_a_long_run(absences):
    instance = evening(30, 100, seed=1, absences=absences)

    quiet = rested(instance, 5)
    found = plan(quiet)

    assert violations(quiet, found) == []
    assert max(longest_run(found.meetings, one.id) for one in instance.visitors) <= 5
    if not absences:  # ten meetings in twelve rounds leave two to rest: nothing is lost
        assert (found.levels, found.score) == (plan(instance).levels, plan(instance).score)


def test_rests_are_spread_over_the_rounds():
    instance = evening(30, 100, seed=1)

    resting = [0] * 12
    for visitor in rested(instance, 5).visitors:
        assert len(visitor.absent) == 2
        for when in visitor.absent:
            resting[when] += 1

    assert max(resting) <= 12


def test_rests_leave_promises_alone():
    promised = tuple(Meeting(f"h{when}", "x", when) for when in range(4))
    instance = Instance(
        6, tuple(Host(f"h{rank}") for rank in range(6)), (Visitor("x"),), (), promised=promised
    )

    assert rested(instance, 2).visitors[0].absent == {4}
    with pytest.raises(ValueError, match="at least one"):
        rested(instance, 0)


@pytest.mark.parametrize(
    ("pauses", "rests"),
    # Nine rounds, three in a row at most: a break after the third and the sixth is enough.
    [((), 2), ((2,), 1), ((2, 5), 0), ((0,), 2), ((8,), 2)],
)
def test_break_for_everybody_ends_a_run(pauses, rests):
    hosts = tuple(Host(f"h{rank}") for rank in range(9))
    instance = Instance(9, hosts, (Visitor("x"),), ())

    [visitor] = rested(instance, 3, pauses=pauses).visitors

    assert len(visitor.absent) == rests
    run = 0
    for when in range(9):
        run = 0 if when in visitor.absent else run + 1
        assert run <= 3
        run = 0 if when in pauses else run


def test_tables_stay_with_their_hosts():
    instance = evening(10, 12, rounds=6, each=6)

    found = plan(instance).meetings

    seats = {(one.host, one.table) for one in found}
    assert len(seats) == len({one.host for one in found}) == len({one.table for one in found})
    assert {one.table for one in found} <= set(range(1, 13))


def test_tables_are_shared_when_there_are_fewer_than_hosts():
    instance = evening(10, 30, rounds=6, each=6, tables=8)

    found = plan(instance)

    assert violations(instance, found) == []
    assert {one.table for one in found.meetings} <= set(range(1, 9))


def test_tables_already_announced():
    """« h10 » follows « h2 »; a table lost, shared or wrong is given up; the others stay."""
    hosts = tuple(Host(f"h{number}") for number in (2, 10, 3))
    instance = Instance(3, hosts, (), (), tables=3, from_round=1)
    meetings = [
        Meeting("h2", "x", 0, 7),
        Meeting("h2", "x", 1, 9),
        Meeting("h10", "y", 1, 2),
        Meeting("h3", "z", 1, 2),
        Meeting("h3", "z", 2, 0),
        Meeting("h10", "w", 2),
    ]

    assert [(one.host, one.round, one.table) for one in seated(instance, meetings)] == [
        ("h2", 0, 7),
        ("h2", 1, 1),
        ("h10", 1, 2),
        ("h3", 1, 3),
        ("h10", 2, 2),
        ("h3", 2, 3),
    ]


@pytest.mark.parametrize("absences", [False, True])
def test_walks_are_shorter_for_the_same_meetings(absences):
    instance = evening(20, 40, seed=2, absences=absences, rounds=8, each=7)
    found = plan(instance)
    room = room_in_rows(40)

    shorter = shorten_walks(instance, found)

    assert violations(instance, shorter) == []
    pairs = [sorted((one.host, one.visitor) for one in p.meetings) for p in (found, shorter)]
    assert pairs[0] == pairs[1]
    assert walk_of(shorter.meetings, room) < 0.65 * walk_of(found.meetings, room)
    assert shorten_walks(instance, found) == shorter


def test_walks_leave_what_is_held_or_promised():
    instance = evening(8, 10, rounds=6, each=6, tables=8)
    found = plan(replace(instance, tables=10))
    fixed = replace(
        instance,
        tables=10,
        held=found.meetings[:10],
        promised=found.meetings[10:20],
        from_round=1,
    )

    shorter = shorten_walks(fixed, found)

    assert set(found.meetings[:20]) <= set(shorter.meetings)


def test_walks_when_tables_are_shared_or_time_is_over():
    shared = evening(6, 12, rounds=4, each=4, tables=4)
    found = plan(shared)
    assert shorten_walks(shared, found) == found

    alone = evening(6, 12, rounds=4, each=4)
    found = plan(alone)
    assert shorten_walks(alone, found, out_of_time=lambda: True) == found
    assert shorten_walks(Instance(2, (), (), ()), plan(Instance(2, (), (), ()))).meetings == ()


def test_walks_of_a_team_keep_it_together():
    hosts = (Host("team", 6, seats=2), *(Host(f"h{rank}") for rank in range(4)))
    visitors = tuple(Visitor(f"v{rank}") for rank in range(5))
    pairs = tuple(Pair(host.id, visitor.id, 1) for host in hosts for visitor in visitors)
    instance = Instance(4, hosts, visitors, pairs)
    found = plan(instance)

    shorter = shorten_walks(instance, found)

    assert violations(instance, shorter) == []
    together = [
        sorted((one.visitor, one.round) for one in p.meetings if one.host == "team")
        for p in (found, shorter)
    ]
    assert together[0] == together[1]


def test_room_in_rows():
    assert room_in_rows(5) == {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (0, 1), 5: (1, 1)}
    assert room_in_rows(2, 1) == {1: (0, 0), 2: (0, 1)}
