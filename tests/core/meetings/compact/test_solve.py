import csv
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.meetings.compact.judge import breaks_of, flaws
from ancrage.core.meetings.compact.solve import plan_compactly
from ancrage.core.meetings.compact.values import (
    Appointment,
    CompactInstance,
    CompactPlan,
    Infeasible,
    InvalidAppointments,
)
from ancrage.events.management.dzn import read_dzn

PUBLIC = Path(__file__).resolve().parents[5] / "shared" / "data" / "b2b"
FOUR = frozenset(range(4))


@st.composite
def instances(draw):
    people = draw(st.integers(2, 4))
    rounds = draw(st.integers(1, 4))
    suits = st.frozensets(st.integers(0, rounds - 1), min_size=1)
    couples = [(one, other) for one in range(people) for other in range(one)]
    chosen = draw(st.lists(st.sampled_from(couples), max_size=4, unique=True))
    appointments = [Appointment(*couple, draw(suits)) for couple in chosen]
    if len(chosen) > 1 and draw(st.booleans()):
        appointments[0] = Appointment(*chosen[0], frozenset(range(rounds)), frozenset({1}))
    absent = tuple(draw(st.frozensets(st.integers(0, 3), max_size=1)) for _person in range(people))
    tables, unfairness = draw(st.integers(1, 2)), draw(st.integers(0, 2))
    return CompactInstance(people, rounds, tables, tuple(appointments), absent, unfairness)


def fewest_by_trying_all(instance: CompactInstance) -> int | None:
    """The least number of breaks of all timetables, each tried; None if none is allowed."""
    found = []
    for rounds in product(*(sorted(one.rounds) for one in instance.appointments)):
        breaks = sum(breaks_of(instance, rounds))
        if not flaws(instance, CompactPlan(rounds, breaks, breaks)):
            found.append(breaks)
    return min(found, default=None)


@settings(max_examples=80)
@given(instances())
def test_compact_plan_equals_the_best_of_all(instance):
    best = fewest_by_trying_all(instance)

    if best is None:
        with pytest.raises(Infeasible):
            plan_compactly(instance)
        return
    found = plan_compactly(instance)
    assert flaws(instance, found) == []
    assert (found.breaks, found.bound) == (best, best)


def test_compact_plan_closes_a_gap():
    """0 meets everybody; 1 and 2 are there at both ends only."""
    ends = frozenset({0, 3})
    appointments = (Appointment(0, 1, ends), Appointment(0, 2, ends), Appointment(0, 3, FOUR))
    instance = CompactInstance(4, 4, 1, appointments)

    found = plan_compactly(instance)

    assert (found.breaks, found.bound) == (1, 1)
    assert flaws(instance, found) == []


def test_compact_plan_out_of_time_says_what_is_proved():
    """The first timetable is legal; nothing is proved of it but that breaks are not negative."""
    appointments = tuple(Appointment(0, other, FOUR) for other in range(1, 4))
    instance = CompactInstance(4, 4, 1, appointments)

    found = plan_compactly(instance, out_of_time=lambda: True)

    assert flaws(instance, found) == []
    assert found.bound == 0


def test_flaws_of_a_timetable():
    appointments = (
        Appointment(0, 1, frozenset({0, 1})),
        Appointment(1, 2, FOUR, after=frozenset({0})),
        Appointment(1, 3, FOUR),
    )
    instance = CompactInstance(4, 4, 1, appointments, (frozenset(),) * 3 + (frozenset({1}),), 0)

    assert flaws(instance, CompactPlan((0,), 0, 0)) == ["not one round for each appointment"]
    assert flaws(instance, CompactPlan((2, 2, 1), 1, 2)) == [
        "appointment 0 cannot be in round 2",
        "appointment 1 comes before 0",
        "3 is absent in round 1",
        "1 is twice in round 2",
        "round 2 is too full",
        "0 breaks, not 1",
        "the bound is above what is reached",
    ]
    assert flaws(instance, CompactPlan((0, 2, 3), 1, 1)) == ["breaks are not shared fairly"]


@pytest.mark.parametrize(
    "appointment",
    [
        Appointment(0, 2, FOUR),
        Appointment(0, 0, FOUR),
        Appointment(0, 1, FOUR, after=frozenset({0})),
        Appointment(0, 1, FOUR, after=frozenset({1})),
    ],
)
def test_compact_plan_refuses_what_makes_no_sense(appointment):
    with pytest.raises(InvalidAppointments):
        plan_compactly(CompactInstance(2, 4, 1, (appointment,)))


@pytest.mark.skipif(not PUBLIC.exists(), reason="the public instances are not here")
@pytest.mark.parametrize(
    "name", ["tic-12.original", "forumt-14.original", "forum-13crafb.fixed040-Forb"]
)
def test_compact_plan_of_public_instances(name):
    with (PUBLIC / "reference.csv").open() as table:
        published = {row["instance"]: row["optimum_d2"] for row in csv.DictReader(table)}
    instance = read_dzn((PUBLIC / "instances" / f"{name}.dzn").read_text())

    if published[name] == "UNSAT":
        with pytest.raises(Infeasible):
            plan_compactly(instance)
        return
    found = plan_compactly(instance)

    assert flaws(instance, found) == []
    assert found.breaks == found.bound == int(published[name])
