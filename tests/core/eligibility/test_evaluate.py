"""Answers in three values: sound, never unsettled, with reasons that are enough."""

import random
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.eligibility.evaluate import compiled, decide, explain
from ancrage.core.eligibility.facts import WrongFact, validate_facts
from ancrage.core.eligibility.parser import parse
from ancrage.core.eligibility.prospects import outcomes, prospects
from ancrage.core.eligibility.values import (
    AllOf,
    AnyOf,
    Check,
    Members,
    Not,
    Op,
    State,
    facts_in,
)
from tests.core.eligibility.oracle import TODAY, VOCABULARY, completions, is_true
from tests.core.eligibility.strategies import facts, rules

NO, TO_CHECK, YES = State.NO, State.TO_CHECK, State.YES


def whole(complete):
    """The facts of the oracle, as the evaluator takes them."""
    return {
        name: Members(value, whole=True) if isinstance(value, frozenset) else value
        for name, value in complete.items()
    }


def answers(rule, known):
    """What the rule says of every completion of the facts."""
    return {is_true(rule, complete) for complete in completions(known, facts_in(rule))}


@given(rules, facts)
def test_answer_is_that_of_every_completion(rule, known):
    state = explain(rule, known, TODAY).state
    possible = answers(rule, known)

    assert decide(rule, known, TODAY) is state
    if state is not TO_CHECK:
        assert possible == {state is YES}
    if all(known.get(name) is not None for name in facts_in(rule)) and len(possible) > 1:
        assert state is TO_CHECK


@given(rules, facts, st.randoms(use_true_random=False))
def test_learning_facts_settles_and_never_unsettles(rule, known, dice):
    before = decide(rule, known, TODAY)
    complete = dice.choice(list(completions(known, facts_in(rule))))
    learnt = {name: value for name, value in whole(complete).items() if dice.random() < 0.5}

    partly = decide(rule, {**known, **learnt}, TODAY)

    assert decide(rule, whole(complete), TODAY) is (YES if is_true(rule, complete) else NO)
    if before is not TO_CHECK:
        assert partly is before


def shuffled(clause, dice):
    """The same clause, its groups in another order."""
    match clause:
        case Not(inner):
            return Not(shuffled(inner, dice))
        case AllOf(parts) | AnyOf(parts):
            moved = [shuffled(one, dice) for one in parts]
            dice.shuffle(moved)
            return type(clause)(tuple(moved))
    return clause


@given(rules, facts, st.integers(0, 999))
def test_order_of_clauses_changes_nothing(rule, known, seed):
    found = explain(rule, known, TODAY)

    other = explain(shuffled(rule, random.Random(seed)), known, TODAY)

    assert (other.state, set(other.deciding), set(other.missing)) == (
        found.state,
        set(found.deciding),
        set(found.missing),
    )


@given(rules, facts)
def test_deciding_checks_are_enough_and_missing_facts_all_that_bears(rule, known):
    found = explain(rule, known, TODAY)
    told = {finding.check.fact for finding in found.deciding}

    if found.state is not TO_CHECK:
        assert decide(rule, {name: known.get(name) for name in told}, TODAY) is found.state
        assert {finding.favours for finding in found.deciding} == {found.state}
        assert found.missing == ()
    else:
        assert set(found.missing) == told
        for asked in completions(known, set(found.missing)):
            assert decide(rule, {**known, **whole(asked)}, TODAY) is not TO_CHECK


@given(rules, facts)
def test_facts_that_are_not_missing_have_no_bearing(rule, known):
    found = explain(rule, known, TODAY)
    others = facts_in(rule) - set(found.missing)

    for asked in completions(known, set(found.missing)):
        settled = {is_true(rule, {**asked, **rest}) for rest in completions(known, others)}
        assert len(settled) == 1


@given(rules, facts)
def test_prospects_are_what_each_missing_fact_could_bring(rule, known):
    told = prospects(rule, known, TODAY, VOCABULARY)

    assert told == {
        name: {
            decide(rule, {**known, **whole(asked)}, TODAY) for asked in completions(known, {name})
        }
        for name in explain(rule, known, TODAY).missing
    }


def test_prospects_tell_what_to_ask_first():
    rule = parse("age <= 30\nune (\n a\n job = nurse\n)", VOCABULARY)

    assert prospects(rule, {}, TODAY, VOCABULARY) == {
        "age": {NO, TO_CHECK},
        "a": {TO_CHECK},
        "job": {TO_CHECK},
    }
    assert prospects(rule, {"age": 25, "a": False}, TODAY, VOCABULARY) == {"job": {NO, YES}}


@given(rules, rules, facts)
def test_outcomes_are_the_answers_that_rules_may_have_together(first, second, known):
    names = facts_in(first) | facts_in(second)

    assert outcomes([first, second], known, TODAY, VOCABULARY) == {
        (YES if is_true(first, complete) else NO, YES if is_true(second, complete) else NO)
        for complete in completions(known, names)
    }


def test_outcomes_of_too_many_unknown_facts_are_not_counted():
    rule = parse("a\nb\njob = nurse", VOCABULARY)

    assert outcomes([rule], {}, TODAY, VOCABULARY, most=7) is None
    assert outcomes([rule], {}, TODAY, VOCABULARY, most=8) == {(NO,), (YES,)}


def test_prospects_stop_at_the_edges_of_the_calendar():
    rule = AllOf((Check("on", Op.AT_LEAST, date.min),))

    assert prospects(rule, {}, TODAY, VOCABULARY) == {"on": {YES}}


def test_prospects_of_a_day_compared_with_no_day_are_refused():
    rule = AllOf((Check("on", Op.LESS, 30),))

    with pytest.raises(TypeError, match="which is no day"):
        prospects(rule, {}, TODAY, VOCABULARY)


def test_explanation_tells_all_that_stands_in_the_way():
    rule = parse("a\npas b\nage < 31\nzones contient ZIP", VOCABULARY)
    known = {"a": True, "b": True, "age": 40, "zones": Members(frozenset({"ZAC"}))}

    found = explain(rule, known, TODAY)

    assert found.state is NO
    assert [(one.check, one.wanted, one.state, one.value) for one in found.deciding] == [
        (Check("b"), False, YES, True),
        (Check("age", Op.LESS, 31), True, NO, 40),
    ]


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("a", {}, TO_CHECK),
        ("a", {"a": None}, TO_CHECK),
        ("pas a", {"a": False}, YES),
        ("age <= 1,5", {"age": Decimal("1.5")}, YES),
        ("age < 1,5", {"age": Decimal("1.5")}, NO),
        ("on >= aujourd’hui - 6 mois", {"on": date(2025, 9, 30)}, YES),
        ("on >= aujourd’hui - 6 mois", {"on": date(2025, 9, 29)}, NO),
        ("on <= aujourd’hui - 10 ans", {"on": date(2016, 3, 31)}, YES),
        ("on <= aujourd’hui - 10 ans", {"on": date(2016, 4, 1)}, NO),
        ("on > aujourd’hui - 99999 ans", {"on": date(1, 1, 2)}, YES),
        ("on < aujourd’hui + 99999 jours", {"on": date(2299, 12, 31)}, YES),
        ("job = 44", {"job": "44"}, YES),
        ("zones contient ZIP", {"zones": Members(frozenset(), whole=True)}, NO),
        ("zones contient ZIP", {"zones": Members(frozenset())}, TO_CHECK),
        ("zones touche {ZIP, ZAC}", {"zones": Members(frozenset({"ZAC"}))}, YES),
        ("pas zones contient ZIP", {"zones": Members(frozenset(), frozenset({"ZIP"}))}, YES),
    ],
)
def test_checks_one_by_one(text, known, expected):
    rule = parse(text, VOCABULARY)

    assert compiled(rule)(known, TODAY) is expected
    assert explain(rule, known, TODAY).state is expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unheard", 1),
        ("a", 1),
        ("age", True),
        ("age", 30.5),
        ("on", datetime(2026, 1, 1)),  # noqa: DTZ001
        ("on", "2026-01-01"),
        ("job", "cook"),
        ("zones", frozenset({"ZIP"})),
        ("zones", Members(frozenset({"QPV"}))),
    ],
)
def test_wrong_facts_are_refused(name, value):
    with pytest.raises(WrongFact) as refused:
        validate_facts({"b": True, name: value}, VOCABULARY)

    assert (refused.value.name, refused.value.value) == (name, value)


def test_facts_of_the_vocabulary_pass():
    validate_facts(
        {
            "a": None,
            "b": False,
            "age": Decimal("30.5"),
            "on": TODAY,
            "job": "nurse",
            "zones": Members(frozenset({"ZIP"}), frozenset({"ZAC"})),
        },
        VOCABULARY,
    )


def test_what_is_known_of_a_set_is_no_bare_value():
    rule = parse("zones contient ZIP", VOCABULARY)

    with pytest.raises(TypeError, match="not what is known of a set"):
        decide(rule, {"zones": "ZIP"}, TODAY)
