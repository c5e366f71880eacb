from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.runs.judge import upper_bound, violations
from ancrage.core.runs.linear import Program, Unsolved
from ancrage.core.runs.problem import problems_of
from ancrage.core.runs.solve import plan
from ancrage.core.runs.values import (
    Course,
    Cover,
    FlawKind,
    Instance,
    InvalidInstance,
    Need,
    OpenRun,
    Proof,
    Worth,
)
from ancrage.core.runs.whole import searched
from tests.core.runs.invented import COURSES, best_by_trying_all, crowded, instances, run, wish

TWO = (wish("ana"), wish("bea"))


@given(instances())
@settings(max_examples=120, deadline=None)
def test_plan_is_the_best_of_all(instance):
    found = plan(instance)

    assert violations(instance, found) == []
    assert found.worth == found.bound == best_by_trying_all(instance)


@given(instances(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_plan_is_the_same_whatever_the_order(instance, dice):
    shuffled = {
        name: tuple(dice.sample(getattr(instance, name), len(getattr(instance, name))))
        for name in ("courses", "runs", "wishes", "needs")
    }

    assert plan(replace(instance, **shuffled)) == plan(instance)


@given(instances())
@settings(max_examples=40, deadline=None)
def test_plan_without_effort_says_what_it_did_not_prove(instance):
    found = plan(instance, effort=0)

    assert violations(instance, found) == []
    assert found.worth.points <= best_by_trying_all(instance).points <= found.bound.points


def test_plan_opens_a_run_and_covers_a_need():
    instance = Instance(
        COURSES,
        (run("early"), run("late", month=4), run("far", site="nantes")),
        (*TWO, wish("cleo", priority=2), wish("dora", sites=frozenset({"nantes"}))),
        (Need("care_assistant", 11, 2, 3), Need("care_assistant", 10, 9), Need("nurse", 20, 9)),
    )

    found = plan(instance)

    assert found.runs == (OpenRun("early", ("ana", "bea", "cleo")),)
    assert found.covers == (Cover("early", "care_assistant", 11, 2),)
    assert (found.worth, found.bound, found.gap) == (Worth(10, 0), Worth(10, 0), 0)
    assert found.proof is Proof.OPTIMAL


def test_plan_prefers_a_point_to_any_cost_then_the_cheapest():
    dear = run("dear", cost=9_000, site="nantes")
    cheap = run("cheap", cost=5_000)
    both = frozenset({"pornic", "nantes"})
    instance = Instance(
        COURSES,
        (dear, cheap),
        tuple(replace(one, sites=both) for one in TWO),
    )
    third = wish("cleo", sites=frozenset({"nantes"}))

    assert plan(instance).worth == Worth(2, 5_000)
    assert plan(replace(instance, wishes=(*instance.wishes, third))).worth == Worth(3, 9_000)


def test_plan_sends_nobody_twice():
    instance = Instance(COURSES, (run("a"), run("b", "first-aid")), ())
    both = tuple(
        wish(person, course) for person in ("ana", "bea") for course in ("care", "first-aid")
    )

    found = plan(replace(instance, wishes=both))

    assert found.worth == Worth(2, 0)
    assert len(found.runs) == 1


def test_plan_keeps_to_the_budget():
    runs = (run("a", cost=60), run("b", "first-aid", cost=50))
    first_aid = tuple(wish(person, "first-aid") for person in ("cleo", "dora", "eva"))
    instance = Instance(COURSES, runs, (*TWO, *first_aid))

    assert plan(instance).worth == Worth(5, 110)
    assert plan(replace(instance, budget=109)).worth == Worth(3, 50)
    assert plan(replace(instance, budget=49)).worth == Worth(0, 0)


def test_plan_opens_no_run_that_is_too_small():
    instance = Instance(COURSES, (run("a", least=3),), TWO)

    found = plan(instance)

    assert (found.runs, found.worth, found.bound) == ((), Worth(0, 0), Worth(0, 0))


def test_search_proves_what_prices_do_not():
    instance = crowded(3)

    found, hurried = plan(instance), plan(instance, out_of_time=lambda: True)

    assert found.proof is Proof.SEARCHED
    assert violations(instance, found) == violations(instance, hurried) == []
    assert hurried.proof is Proof.BOUNDED
    assert hurried.worth.points <= found.worth.points < hurried.bound.points
    assert upper_bound(instance, found.certificate) == hurried.bound


def test_plan_that_the_program_gives_up_says_so(monkeypatch):
    def give_up(*_runs):
        raise Unsolved

    monkeypatch.setattr(Program, "solve", give_up)

    found = plan(crowded(3))

    assert violations(crowded(3), found) == []
    assert (found.runs, found.proof) == ((), Proof.BOUNDED)


def test_search_says_when_it_found_nothing():
    (problem,) = problems_of(crowded(3))
    everything = frozenset(range(len(problem.runs)))

    assert searched(problem, opened=everything, closed=frozenset(), effort=1.0) == (None, True)
    assert searched(problem, opened=frozenset(), closed=frozenset(), effort=1e-9)[1] is False


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("budget", [None, 45])
def test_plan_of_a_crowd_is_searched_to_the_end(seed, budget):
    instance = crowded(seed, budget=budget)

    found = plan(instance)

    assert violations(instance, found) == []
    assert found.worth == found.bound
    assert found.worth == plan(replace(instance, runs=instance.runs[::-1])).worth


CARE = run("care")


@pytest.mark.parametrize(
    ("change", "kind", "where"),
    [
        ({"courses": (*COURSES, COURSES[0])}, FlawKind.COURSE_TWICE, ("care",)),
        ({"courses": (Course("care", None, -1),)}, FlawKind.COURSE_MONTHS, ("care", -1)),
        ({"runs": (CARE, CARE)}, FlawKind.RUN_TWICE, ("care",)),
        ({"runs": (run("x", "music"),)}, FlawKind.RUN_COURSE, ("x", "music")),
        ({"runs": (run("x", least=0),)}, FlawKind.RUN_SIZES, ("x", 0, 3)),
        ({"runs": (run("x", least=4),)}, FlawKind.RUN_SIZES, ("x", 4, 3)),
        ({"runs": (run("x", cost=-1),)}, FlawKind.RUN_COST, ("x", -1)),
        ({"wishes": (TWO[0], TWO[0])}, FlawKind.WISH_TWICE, ("ana", "care")),
        ({"wishes": (wish("ana", "music"),)}, FlawKind.WISH_COURSE, ("ana", "music")),
        ({"wishes": (wish("ana", priority=0),)}, FlawKind.PRIORITY, ("ana", 0)),
        ({"needs": (Need("nurse", 1, 2),) * 2}, FlawKind.NEED_TWICE, ("nurse", 1)),
        ({"needs": (Need("nurse", 1, -2),)}, FlawKind.NEED_PEOPLE, ("nurse", 1, -2)),
        ({"needs": (Need("nurse", 1, 2, -1),)}, FlawKind.NEED_WORTH, ("nurse", 1, -1)),
        ({"budget": -1}, FlawKind.BUDGET, (-1,)),
    ],
)
def test_plan_refuses_what_makes_no_sense(change, kind, where):
    instance = replace(Instance(COURSES, (CARE,), TWO), **change)

    with pytest.raises(InvalidInstance) as refused:
        plan(instance)

    assert (refused.value.kind, refused.value.where) == (kind, where)
