from dataclasses import replace

import pytest

from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.reasons import Reason, Why, why_not
from ancrage.core.meetings.replan import replan
from ancrage.core.meetings.values import Host, Instance, Meeting, Pair, Person, Side, Visitor

# One round: a and b, x and y. The best score would leave b and y alone.
PAIRS = (Pair("a", "x", 100), Pair("a", "y", 1), Pair("b", "x", 1))
INSTANCE = Instance(1, (Host("a"), Host("b")), (Visitor("x"), Visitor("y")), PAIRS)


def test_why_not_because_others_would_have_none():
    found = plan(INSTANCE)

    assert why_not(INSTANCE, found, "a", "x") == Reason(Why.FAIRNESS, (), (2,), -98)


def test_why_not_because_together_it_is_worth_less():
    pairs = (*PAIRS, Pair("b", "y", 3))
    instance = replace(INSTANCE, pairs=pairs)

    assert why_not(instance, plan(instance), "a", "y") == Reason(Why.SCORE, (), (0,), 101)


def test_why_not_when_another_plan_is_as_good():
    instance = replace(INSTANCE, pairs=(Pair("a", "x", 5), Pair("b", "x", 5)))
    found = plan(instance)
    (met,) = found.meetings

    other = "b" if met.host == "a" else "a"
    assert why_not(instance, found, other, "x") == Reason(Why.NOTHING, (), (0,))


def test_why_not_because_they_may_not_or_cannot():
    hosts = (Host("a"), Host("b", absent=frozenset({0})))
    instance = replace(INSTANCE, hosts=hosts)
    found = plan(instance)

    assert why_not(instance, found, "b", "y") == Reason(Why.NOT_A_PAIR)
    assert why_not(instance, found, "b", "x") == Reason(Why.NEVER_TOGETHER)


def test_why_not_because_one_has_enough():
    hosts = (Host("a", 1), Host("b"))
    held = (Meeting("a", "y", 0),)
    instance = replace(INSTANCE, rounds=2, hosts=hosts, held=held, from_round=1)

    reason = why_not(instance, replan(instance), "a", "x")

    assert reason == Reason(Why.HAS_ENOUGH, (Person(Side.HOST, "a"),))


def test_why_not_of_two_people_who_meet():
    with pytest.raises(ValueError, match="b and x meet"):
        why_not(INSTANCE, plan(INSTANCE), "b", "x")
