import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ancrage.core.meetings import evening as live
from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.replan import replan
from ancrage.core.meetings.values import (
    Host,
    Instance,
    Meeting,
    Pair,
    Person,
    Proof,
    Side,
    Visitor,
)
from tests.core.meetings.invented import evening
from tests.core.meetings.oracle import best_by_trying_all, is_legal
from tests.core.meetings.strategies import begun_evenings


def after_three_rounds(seed: int, *, visitors: int = 30, missing: float = 0.1) -> Instance:
    """An evening where a tenth of the people leave after the third round."""
    asked = evening(visitors, 100, seed=seed, absences=True)
    dice = random.Random(seed)
    instance = live.begun(asked, plan(asked), 3)
    for person in live.everybody(asked):
        if dice.random() < missing:
            instance = live.left(instance, person)
    return instance


def possible(instance: Instance) -> set[tuple[str, str, int]]:
    """The promises whose two people are still there."""
    absent = {Person(Side.HOST, one.id): one.absent for one in instance.hosts}
    absent |= {Person(Side.VISITOR, one.id): one.absent for one in instance.visitors}
    return {
        one.card
        for one in instance.promised
        if one.round not in absent[Person(Side.HOST, one.host)]
        and one.round not in absent[Person(Side.VISITOR, one.visitor)]
    }


@pytest.mark.parametrize("seed", range(2))
def test_replan_moves_nothing_that_was_held_and_breaks_no_promise(seed):
    instance = after_three_rounds(seed)

    found = replan(instance)

    assert violations(instance, found) == []
    cards = {one.card for one in found.meetings}
    assert {one.card for one in instance.held} | possible(instance) <= cards
    assert len(found.changed) == len(instance.promised) - len(possible(instance))
    # Tables are kept too: they are printed.
    kept = {one.card: one.table for one in (*instance.held, *instance.promised)}
    moved = [one for one in found.meetings if kept.get(one.card, one.table) != one.table]
    assert moved == []


def test_replan_changes_promises_when_that_is_worth_more():
    instance = after_three_rounds(2)
    lost = len(instance.promised) - len(possible(instance))

    plans = [replan(instance, price=price) for price in (None, 10**6, 100, 0)]

    assert [violations(instance, found) for found in plans] == [[]] * 4
    broken = [len(found.changed) - lost for found in plans]
    scores = [found.score for found in plans]
    assert broken[:2] == [0, 0] < [broken[2], broken[3]]
    assert broken == sorted(broken)
    assert scores == sorted(scores)
    assert {found.levels for found in plans} == {plans[0].levels}
    # Each change brings at least what it costs.
    assert scores[2] - scores[0] >= 100 * broken[2]


@settings(max_examples=60)
@given(begun_evenings(), st.data())
def test_replan_equals_the_best_beside_what_is_promised(instance, data):
    promised = [one for one in plan(instance).meetings if one not in instance.held]
    instance = replace(instance, promised=tuple(promised))
    people = list(live.everybody(instance))
    for person in data.draw(
        st.lists(st.sampled_from(people), max_size=2) if people else st.just([])
    ):
        instance = live.left(instance, person)
    kept = tuple(one for one in promised if one.card in possible(instance))

    found = replan(instance)

    assert violations(instance, found) == []
    assert {one.card for one in kept} <= {one.card for one in found.meetings}
    assert (found.levels, found.score) == best_by_trying_all(instance, kept)


def test_replan_with_a_table_less_keeps_those_who_need_it_most():
    """Two meetings at once, one table left: y has no other meeting, x has."""
    hosts = (Host("a"), Host("b"), Host("c"))
    visitors = (Visitor("x", least=1), Visitor("y", least=1))
    pairs = (Pair("a", "x", 9), Pair("b", "y", 1), Pair("c", "x", 5))
    promised = (Meeting("a", "x", 1, 1), Meeting("b", "y", 1, 2))
    held = (Meeting("c", "x", 0, 1),)
    instance = Instance(2, hosts, visitors, pairs, 1, held, promised, 1)
    hosts = tuple(replace(host, least=0) for host in hosts)
    instance = replace(instance, hosts=hosts)

    found = replan(instance)

    assert [one.card for one in found.meetings] == [("c", "x", 0), ("b", "y", 1)]
    assert [one.table for one in found.meetings] == [1, 1]
    assert found.changed == (promised[0],)


def test_replan_of_promises_that_cannot_be_kept():
    """The past, a pair struck off, a person who has enough meetings."""
    hosts, visitors = (Host("a", 1), Host("b")), (Visitor("x"), Visitor("y"), Visitor("z"))
    pairs = tuple(Pair(host, visitor, 1) for host in "ab" for visitor in "xyz")
    promised = (
        Meeting("b", "x", 0),
        Meeting("a", "x", 1),
        Meeting("a", "y", 2),
        Meeting("b", "z", 1),
    )
    instance = Instance(3, hosts, visitors, pairs, promised=promised, from_round=1)
    instance = live.blocked(instance, "b", "z")

    found = replan(instance)

    assert violations(instance, found) == []
    assert {one.card for one in found.changed} >= {("b", "x", 0), ("b", "z", 1)}
    assert sum(one.host == "a" for one in found.meetings) == 1


def test_replan_takes_lost_tables_away():
    """Three tables in the first round, one afterwards: whoever sat at the third moves."""
    asked = evening(3, 3, rounds=4, each=4, known=1)
    instance = live.with_tables(live.begun(asked, plan(asked), 1), 1)

    found = replan(instance)

    assert violations(instance, found) == []
    assert {one.table for one in found.meetings if one.round == 0} == {1, 2, 3}
    assert {one.table for one in found.meetings if one.round > 0} == {1}


def test_evening_told_to_an_instance():
    asked = Instance(
        4,
        (Host("a"), Host("b")),
        (Visitor("x"), Visitor("y")),
        tuple(Pair(host, visitor, 1) for host in "ab" for visitor in "xy"),
        2,
    )
    done = plan(asked)
    missed = [one.card for one in done.meetings if one.round == 0][:1]
    last = max(done.meetings, key=lambda one: one.round)
    imposed = live.begun(replace(asked, held=(last,)), done, 1)
    assert last in imposed.held
    assert last not in imposed.promised

    now = live.begun(asked, done, 1, missed=missed)
    assert len(now.held) + len(now.promised) == len(done.meetings) - 1
    assert live.started_late(now, 1).from_round == 2
    assert live.started_late(now, 9).from_round == 4
    assert live.with_tables(now, 1).tables == 1
    assert live.late(now, Person(Side.HOST, "a"), 3).hosts[0].absent == {1, 2}
    assert live.left(now, Person(Side.VISITOR, "x")).visitors[0].absent == {1, 2, 3}
    assert live.left(now, Person(Side.VISITOR, "x"), 3).visitors[0].absent == {3}
    dropped = live.without_round(now, 2)
    assert [one.absent for one in (*dropped.hosts, *dropped.visitors)] == [{2}] * 4
    more = live.walked_in(now, Visitor("z"), [Pair("a", "z", 1)])
    more = live.walked_in(more, Host("c"), [Pair("c", "z", 1)])
    assert (more.visitors[-1].absent, more.hosts[-1].absent) == ({0}, {0})
    sheet = live.meetings_of(replan(more).meetings, Person(Side.VISITOR, "z"))
    assert [one.host for one in sheet] in (["a", "c"], ["c", "a"])
    assert live.meetings_of(done.meetings, Person(Side.HOST, "a")) == tuple(
        one for one in done.meetings if one.host == "a"
    )


def test_replan_out_of_time_keeps_every_promise():
    instance = after_three_rounds(2)

    found = replan(instance, price=0, out_of_time=lambda: True)

    assert violations(instance, found) == []
    assert possible(instance) <= {one.card for one in found.meetings}


def test_replan_when_everybody_leaves():
    asked = evening(6, 8, rounds=5, each=4)
    instance = live.begun(asked, plan(asked), 3)
    for person in live.everybody(asked):
        instance = live.left(instance, person)

    found = replan(instance)

    assert {one.card for one in found.meetings} == {one.card for one in instance.held}
    assert found.proof is Proof.OPTIMAL
    assert violations(instance, found) == []


class Evening(RuleBasedStateMachine):
    """Whatever happens: nobody twice in a round, nothing held is lost, no promise for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.instance = evening(4, 5, rounds=5, each=4, tables=3, known=0.8)
        self.plan = plan(self.instance)
        self.arrived = 0

    def replan(self, instance: Instance) -> None:
        self.instance = live.begun(instance, self.plan, instance.from_round)
        self.plan = replan(self.instance)

    @precondition(lambda self: self.instance.from_round < 5)
    @rule()
    def a_round_is_over(self) -> None:
        self.replan(replace(self.instance, from_round=self.instance.from_round + 1))

    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(list(live.everybody(self.instance))))
        self.replan(live.left(self.instance, person))

    @precondition(lambda self: self.arrived < 3)
    @rule(host=st.booleans())
    def somebody_walks_in(self, host: bool) -> None:
        self.arrived += 1
        name = f"n{self.arrived}"
        others = self.instance.visitors if host else self.instance.hosts
        pairs = [Pair(name, o.id, 7) if host else Pair(o.id, name, 7) for o in others]
        self.replan(live.walked_in(self.instance, Host(name) if host else Visitor(name), pairs))

    @rule(tables=st.integers(1, 4))
    def tables_change(self, tables: int) -> None:
        self.replan(live.with_tables(self.instance, tables))

    @precondition(lambda self: self.instance.from_round < 5)
    @rule()
    def a_round_is_dropped(self) -> None:
        self.replan(live.without_round(self.instance, self.instance.from_round))

    @rule(data=st.data())
    def two_people_must_not_meet(self, data: st.DataObject) -> None:
        pair = data.draw(st.sampled_from(self.instance.pairs))
        if (pair.host, pair.visitor) not in {one[:2] for one in self.instance.held}:
            self.replan(live.blocked(self.instance, pair.host, pair.visitor))

    @invariant()
    def nothing_is_broken(self) -> None:
        cards = [one.card for one in self.plan.meetings]
        assert violations(self.instance, self.plan) == []
        assert is_legal(self.instance, cards)
        assert {one.card for one in self.instance.held} <= set(cards)


TestEvening = Evening.TestCase
TestEvening.settings = settings(max_examples=10, stateful_step_count=10)
