"""The judge, on plans written by hand: it must see each flaw, and a right plan has none."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.meetings.judge import check_certificate, upper_bound, violations
from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.values import (
    Host,
    Instance,
    Meeting,
    Pair,
    Person,
    Prices,
    Proof,
    Side,
    ViolationKind,
    Visitor,
)
from tests.core.meetings.oracle import best_by_trying_all
from tests.core.meetings.strategies import begun_evenings

AT_FIRST = Meeting("a", "x", 0, 1)
INSTANCE = Instance(
    3,
    (Host("a", 2), Host("b", seats=2)),
    (Visitor("x"), Visitor("y", absent=frozenset({2}))),
    (Pair("a", "x", 5), Pair("a", "y", 4), Pair("b", "x", 3)),
    tables=1,
    held=(AT_FIRST,),
    from_round=1,
)
PLAN = plan(INSTANCE)
SECOND = Meeting("a", "y", 1, 1)
THIRD = Meeting("b", "x", 2, 1)


def test_violations_of_a_right_plan():
    assert PLAN.meetings == (AT_FIRST, SECOND, THIRD)
    assert (PLAN.levels, PLAN.score, PLAN.proof) == ((4, 2, 0), 12, Proof.OPTIMAL)
    assert violations(INSTANCE, PLAN) == []


@pytest.mark.parametrize(
    ("meetings", "kind", "where"),
    [
        ((SECOND, THIRD), ViolationKind.HELD_LOST, ("a", "x", 0)),
        ((AT_FIRST, Meeting("c", "x", 1, 1)), ViolationKind.UNKNOWN_PERSON, ("c", "x", 1)),
        ((AT_FIRST, Meeting("b", "y", 1, 1)), ViolationKind.NOT_A_PAIR, ("b", "y", 1)),
        ((AT_FIRST, Meeting("b", "x", 3, 1)), ViolationKind.NOT_A_ROUND, ("b", "x", 3)),
        ((AT_FIRST, Meeting("a", "y", 2, 1)), ViolationKind.ABSENT, ("a", "y", 2)),
        ((AT_FIRST, SECOND, Meeting("b", "x", 1, 1)), ViolationKind.OVER_TABLES, (1, 2)),
        ((AT_FIRST, Meeting("a", "x", 1, 1)), ViolationKind.MEETS_TWICE, ("a", "x")),
        ((AT_FIRST, Meeting("b", "x", 2)), ViolationKind.TABLE_UNKNOWN, ("b", "x", 2)),
    ],
)
def test_violations_of_a_plan_that_breaks_a_rule(meetings, kind, where):
    found = violations(INSTANCE, replace(PLAN, meetings=meetings))

    assert (kind, where) in found


def test_violations_of_a_round_with_too_many():
    loose = replace(INSTANCE, tables=None, from_round=0, held=())
    twice = (Meeting("a", "x", 0, 1), Meeting("b", "x", 0, 2), Meeting("a", "y", 0, 2))

    found = violations(loose, replace(PLAN, meetings=twice))

    assert {one.kind for one in found} == {
        ViolationKind.VISITOR_TWICE_IN_ROUND,
        ViolationKind.HOST_OVER_SEATS,
        ViolationKind.TABLE_SHARED,
        ViolationKind.HOST_AT_TWO_TABLES,
    }


def test_violations_of_a_meeting_too_many_or_too_late():
    strict = replace(INSTANCE, hosts=(Host("a", 1), Host("b")))
    past = replace(INSTANCE, held=(), from_round=1)

    assert (ViolationKind.OVER_MOST, ("host", "a")) in violations(strict, PLAN)
    assert (ViolationKind.PAST_ROUND, ("a", "x", 0)) in violations(past, PLAN)


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ({"score": 13}, ViolationKind.SCORE_MISCOUNTED),
        ({"levels": (4, 3, 0)}, ViolationKind.LEVELS_MISCOUNTED),
        ({"changed": (SECOND,)}, ViolationKind.CHANGED_MISCOUNTED),
    ],
)
def test_violations_of_a_plan_that_boasts(claim, kind):
    assert kind in {one.kind for one in violations(INSTANCE, replace(PLAN, **claim))}


@pytest.mark.parametrize(
    "change",
    [
        {"bound": 11},
        {"bound": 13},
        {"levels": (4, 4, 4)},
        {"fixed": ()},
        {"relaxed": (("a", "x"), ("a", "y"))},
        {"relaxed": (("a", "x"), ("a", "y"), ("b", "x"), ("b", "x"))},
        {"relaxed": (("a", "x"), ("b", "y"), ("b", "x"))},
        {"fairness": replace(PLAN.certificate.fairness, total=-1)},
        {"fairness": replace(PLAN.certificate.fairness, weights=(3, 2, 1))},
        {"fairness": replace(PLAN.certificate.fairness, weights=(80, 40, 20))},
        {"fairness": replace(PLAN.certificate.fairness, people={})},
        {"fairness": replace(PLAN.certificate.fairness, rounds={1: 1})},
        {"satisfaction": replace(PLAN.certificate.satisfaction, total=100)},
    ],
)
def test_certificate_that_proves_nothing(change):
    certificate = replace(PLAN.certificate, **change)

    found = check_certificate(INSTANCE, replace(PLAN, certificate=certificate))

    assert {one.kind for one in found} == {ViolationKind.PROOF_FAILS}


def test_certificate_of_plans_fairer_than_this_one():
    less = replace(PLAN, meetings=(AT_FIRST, SECOND), levels=(3, 1, 0), score=9)

    found = check_certificate(INSTANCE, replace(less, proof=Proof.BOUNDED))

    assert found == [(ViolationKind.PROOF_FAILS, ("satisfaction", "prices speak of fairer plans"))]


@settings(max_examples=60)
@given(begun_evenings(), st.data())
def test_upper_bound_is_never_under_the_best(instance, data):
    """Whatever the prices: they need not come from the planner."""
    numbers = st.integers(0, 6)
    people = [Person(Side.HOST, host.id) for host in instance.hosts]
    people += [Person(Side.VISITOR, visitor.id) for visitor in instance.visitors]
    prices = Prices(
        weights=tuple(data.draw(st.lists(numbers, max_size=3))),
        people={person: data.draw(st.integers(-6, 6)) for person in people},
        presence={(person, 0): data.draw(numbers) for person in people},
        rounds={when: data.draw(numbers) for when in range(instance.rounds)},
        total=data.draw(numbers),
    )
    levels, score = best_by_trying_all(instance)
    held = [one.card for one in instance.held]
    before = plan(replace(instance, from_round=instance.rounds))
    ahead = (*before.levels, 0, 0, 0)

    bound = upper_bound(instance, prices, instance.held)

    gained = [reached - first for reached, first in zip(levels, ahead, strict=False)]
    worth = sum(weight * more for weight, more in zip(prices.weights, gained, strict=False))
    assert bound >= worth + score - before.score
    assert len(before.meetings) == len(held)
