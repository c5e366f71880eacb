import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.values import (
    FlawKind,
    Host,
    Instance,
    InvalidInstance,
    Meeting,
    Pair,
    Proof,
    Visitor,
)
from tests.core.meetings.invented import evening
from tests.core.meetings.oracle import best_by_trying_all, is_legal, value
from tests.core.meetings.strategies import begun_evenings

A, B = Host("a"), Host("b")
X, Y = Visitor("x"), Visitor("y")
ALL_PAIRS = tuple(Pair(host, visitor, 5) for host in "ab" for visitor in "xy")
FOUR = Instance(2, (A, B), (X, Y), ALL_PAIRS)


@settings(max_examples=120)
@given(begun_evenings())
def test_plan_equals_the_best_of_all_plans(instance):
    found = plan(instance)

    assert violations(instance, found) == []
    assert is_legal(instance, [one.card for one in found.meetings])
    reached = value(instance, [one.card for one in found.meetings])
    assert reached == (found.levels, found.score) == best_by_trying_all(instance)
    assert found.proof in {Proof.OPTIMAL, Proof.SEARCHED}
    assert (found.bound, found.gap) == (found.score, 0)


@settings(max_examples=30)
@given(begun_evenings())
def test_plan_does_not_depend_on_any_order(instance):
    turned = replace(
        instance,
        hosts=instance.hosts[::-1],
        visitors=instance.visitors[::-1],
        pairs=instance.pairs[::-1],
        held=instance.held[::-1],
    )

    assert plan(turned) == plan(instance)


@pytest.mark.parametrize(
    "instance",
    [
        Instance(0, (), (), ()),
        Instance(12, (A, B), (), ()),
        Instance(12, (), (X,), ()),
        Instance(12, (A, B), (X, Y), ()),
        replace(FOUR, tables=0),
        replace(FOUR, from_round=2),
    ],
)
def test_plan_when_nobody_can_meet(instance):
    found = plan(instance)

    assert (found.meetings, found.score, found.bound) == ((), 0, 0)
    assert found.proof is Proof.OPTIMAL
    assert violations(instance, found) == []


def test_plan_gives_everybody_a_meeting_before_the_best_scores():
    """The best score would leave b and y alone."""
    pairs = (Pair("a", "x", 100), Pair("a", "y", 1), Pair("b", "x", 1))

    found = plan(Instance(1, (A, B), (X, Y), pairs))

    assert [one.card for one in found.meetings] == [("a", "y", 0), ("b", "x", 0)]
    assert (found.levels, found.score) == ((4,), 2)


def test_plan_without_guarantee_takes_the_best_scores():
    pairs = (Pair("a", "x", 100), Pair("a", "y", 1), Pair("b", "x", 1))
    hosts, visitors = (Host("a", 1, 0), Host("b", 1, 0)), (Visitor("x", 1, 0), Visitor("y", 1, 0))

    found = plan(Instance(1, hosts, visitors, pairs))

    assert [one.card for one in found.meetings] == [("a", "x", 0)]
    assert (found.levels, found.score) == ((), 100)


def test_plan_of_a_team_at_one_table():
    """Three doctors receive three visitors at once, at the one table that there is."""
    visitors = tuple(Visitor(name) for name in "uvwxyz")
    pairs = tuple(Pair("team", visitor.id, 1) for visitor in visitors)
    instance = Instance(2, (Host("team", 6, seats=3),), visitors, pairs, 1)

    found = plan(instance)

    assert sorted(one.visitor for one in found.meetings) == list("uvwxyz")
    assert [(one.round, one.table) for one in found.meetings] == [(0, 1)] * 3 + [(1, 1)] * 3
    assert violations(instance, found) == []


def test_plan_counts_the_people_who_cannot_come_early_enough():
    """König's conditions hold for each person alone, and yet no plan has the four pairs."""
    late = frozenset({0})
    hosts = (Host("h1"), Host("h2"))
    visitors = (Visitor("u1", absent=late), Visitor("u2", absent=late), Visitor("v"))
    pairs = (
        Pair("h1", "v", 1),
        Pair("h2", "v", 1),
        Pair("h1", "u1", 1),
        Pair("h2", "u2", 1),
    )
    instance = Instance(2, hosts, visitors, pairs)

    found = plan(instance)

    assert violations(instance, found) == []
    assert (found.levels, found.score) == best_by_trying_all(instance)
    assert len(found.meetings) == 3


@pytest.mark.parametrize(
    ("instance", "proof"),
    [
        (evening(30, 100, seed=1), Proof.OPTIMAL),
        (evening(30, 100, seed=2, absences=True), Proof.OPTIMAL),
        (evening(30, 100, seed=3, tables=27), Proof.OPTIMAL),
        (evening(30, 100, seed=0, each=12, tables=26, absences=True), Proof.OPTIMAL),
        (evening(40, 20, seed=4), Proof.OPTIMAL),
        (evening(7, 20, seed=5, rounds=8, each=8), Proof.OPTIMAL),
    ],
)
def test_plan_of_an_evening_is_proved(instance, proof):
    found = plan(instance)

    assert violations(instance, found) == []
    assert is_legal(instance, [one.card for one in found.meetings])
    assert found.proof is proof


def test_plan_of_an_evening_uses_no_more_tables_than_its_meetings_need():
    instance = evening(30, 100, seed=1)

    meetings = plan(instance).meetings

    serving = [sum(one.round == when for one in meetings) for when in range(12)]
    assert max(serving) == -(-len(meetings) // 12)
    assert max(serving) - min(serving) <= 1


def test_plan_says_when_it_ran_out_of_time():
    """The flow proves that the plan is fair; the score is not known to be the best."""
    instance = evening(60, 60, seed=3, each=12, tables=60, absences=True)

    found = plan(instance, out_of_time=lambda: True)

    assert violations(instance, found) == []
    assert found.proof in {Proof.FAIR, Proof.BOUNDED}
    assert found.score < found.bound
    assert 0 < found.gap < 0.05


def crossed(size: int, seed: int) -> Instance:
    """A few people, many absences: the flow does not know what is possible."""
    rounds = size - 1
    asked = {"rounds": rounds, "each": rounds, "tables": rounds}
    return evening(size, size, seed=seed, absences=True, known=0.7, **asked)


def teams(seed: int) -> Instance:
    """Teams of two at two tables, for visitors who come and go."""
    instance = evening(6, 4, seed=seed, rounds=3, each=3, tables=2, absences=True, known=0.7)
    return replace(
        instance, hosts=tuple(replace(host, seats=2, most=6) for host in instance.hosts)
    )


@pytest.mark.parametrize(
    ("instance", "proof", "is_fairest"),
    [
        # The prices of a linear program prove it.
        (crossed(4, 14), Proof.OPTIMAL, True),
        # A complete search: of the fairness, or of the score only.
        (crossed(4, 39), Proof.SEARCHED, False),
        (crossed(5, 7), Proof.SEARCHED, True),
        (teams(0), Proof.SEARCHED, False),
        (teams(1), Proof.OPTIMAL, True),
        (teams(3), Proof.SEARCHED, True),
    ],
)
def test_plan_of_a_small_evening_with_many_absences(instance, proof, is_fairest):
    found = plan(instance)

    assert violations(instance, found) == []
    assert (found.proof, found.gap) == (proof, 0)
    assert (found.levels == found.certificate.levels) is is_fairest


@pytest.mark.parametrize(("size", "seed", "proof"), [(4, 39, Proof.BOUNDED), (5, 7, Proof.FAIR)])
def test_plan_says_what_it_could_not_prove(size, seed, proof):
    """Scores too large for a complete search to be exact: the bound stays above."""
    instance = crossed(size, seed)
    large = tuple(pair._replace(score=pair.score * 10**16) for pair in instance.pairs)
    instance = replace(instance, pairs=large)

    found = plan(instance)

    assert violations(instance, found) == []
    assert found.proof is proof
    assert found.gap > 0


@pytest.mark.parametrize(("seed", "proof"), [(7, Proof.FAIR), (17, Proof.FAIR)])
def test_plan_without_effort_says_what_it_could_not_prove(seed, proof):
    instance = crossed(5, seed)

    found = plan(instance, effort=0)

    assert violations(instance, found) == []
    assert found.proof is proof
    assert plan(instance).score <= found.bound


def test_plan_with_scores_of_any_size():
    dice = random.Random(0)
    instance = evening(8, 10, rounds=6, each=5, absences=True)
    large = tuple(pair._replace(score=dice.randrange(10**30)) for pair in instance.pairs)
    instance = replace(instance, pairs=large)

    found = plan(instance)

    assert violations(instance, found) == []
    assert found.proof is Proof.OPTIMAL


def test_plan_with_more_levels_than_64_bits_can_weigh():
    people = range(4)
    instance = Instance(
        70,
        tuple(Host(f"h{rank}", None, 70) for rank in people),
        tuple(Visitor(f"v{rank}", None, 70) for rank in people),
        tuple(Pair(f"h{h}", f"v{v}", 10**6 + h) for h in people for v in people if h != v),
    )

    found = plan(instance)

    assert violations(instance, found) == []
    assert found.levels[:4] == (8, 8, 8, 0)
    assert found.proof is Proof.OPTIMAL


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"rounds": -1}, FlawKind.ROUNDS),
        ({"tables": -1}, FlawKind.TABLES),
        ({"from_round": 3}, FlawKind.FROM_ROUND),
        ({"hosts": (A, A)}, FlawKind.ID_TWICE),
        ({"hosts": (A, Host("b", seats=0))}, FlawKind.SEATS),
        ({"visitors": (X, Visitor("y", most=-1))}, FlawKind.MOST),
        ({"visitors": (X, Visitor("y", least=-1))}, FlawKind.LEAST),
        ({"visitors": (X, Visitor("y", 1, 2))}, FlawKind.LEAST_OVER_MOST),
        ({"visitors": (X, Visitor("y", absent=frozenset({2})))}, FlawKind.ABSENT_ROUND),
        ({"pairs": (Pair("c", "x", 1),)}, FlawKind.UNKNOWN_HOST),
        ({"pairs": (Pair("a", "z", 1),)}, FlawKind.UNKNOWN_VISITOR),
        ({"pairs": (*ALL_PAIRS, Pair("a", "x", 2))}, FlawKind.PAIR_TWICE),
        ({"held": (Meeting("c", "x", 0),)}, FlawKind.UNKNOWN_HOST),
        ({"promised": (Meeting("a", "z", 0),)}, FlawKind.UNKNOWN_VISITOR),
        ({"held": (Meeting("a", "x", 2),)}, FlawKind.MEETING_ROUND),
        ({"held": (Meeting("a", "x", 0), Meeting("a", "x", 1))}, FlawKind.MEETING_TWICE),
        ({"held": (Meeting("a", "x", 0), Meeting("a", "y", 0))}, FlawKind.HOST_BUSY),
        ({"held": (Meeting("a", "x", 0), Meeting("b", "x", 0))}, FlawKind.VISITOR_BUSY),
        ({"held": (Meeting("a", "x", 0),), "tables": 0}, FlawKind.HELD_OVER_TABLES),
        (
            {"held": (Meeting("a", "x", 0),), "visitors": (Visitor("x", 0), Y)},
            FlawKind.HELD_OVER_MOST,
        ),
    ],
)
def test_plan_refuses_what_makes_no_sense(change, kind):
    with pytest.raises(InvalidInstance) as refused:
        plan(replace(FOUR, **change))

    assert refused.value.kind is kind
