from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.posts import prices, sets
from ancrage.core.posts.judge import allowed_sets, upper_bound, violations, violations_of
from ancrage.core.posts.sets import best_posts, compatible_sets, ordered
from ancrage.core.posts.solve import plan
from ancrage.core.posts.values import (
    FlawKind,
    Holder,
    Instance,
    InvalidInstance,
    Limits,
    Part,
    Post,
    Proof,
    Shift,
    Slot,
    Trip,
    Worth,
)
from tests.core.posts.invented import (
    FRIDAY,
    MONDAY,
    NEW_YEAR,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    best_by_trying_all,
    crowded,
    day,
    everywhere,
    fraction,
    instances,
    sets_by_trying_all,
)

HOME = fraction("home", 40, day(MONDAY, TUESDAY))
CLINIC = fraction("clinic", 60, day(WEDNESDAY, THURSDAY, FRIDAY))
SCHOOL = fraction("school", 40, day(WEDNESDAY, THURSDAY))
CLINIC_WEEK, HOME_WEEK = tuple(sorted(CLINIC.slots)), tuple(sorted(HOME.slots))


def instance_of(*fractions, minutes=20, **more):
    return Instance(fractions, everywhere(fractions, minutes), **more)


@given(instances())
@settings(max_examples=100, deadline=None)
def test_plan_is_the_best_of_all(instance):
    found = plan(instance)

    assert violations(instance, found) == []
    assert found.worth == found.bound == best_by_trying_all(instance)
    assert found.proof is not Proof.BOUNDED


@given(instances(most=5))
@settings(max_examples=100, deadline=None)
def test_sets_are_those_of_the_definition(instance):
    keys = [one.key for one in ordered(instance)]
    ours, thinned = compatible_sets(instance)

    expected = dict(sets_by_trying_all(instance))
    assert {
        tuple(keys[part] for part in one.parts): Worth(one.fte, one.travel) for one in ours
    } == expected
    assert dict(allowed_sets(instance)) == expected
    assert (len(ours), thinned) == (len(expected), frozenset())


@given(instances(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_plan_is_the_same_whatever_the_order(instance, dice):
    fractions, trips = list(instance.fractions), list(instance.trips)
    dice.shuffle(fractions)
    dice.shuffle(trips)
    turned = tuple(Trip(two, one, minutes) for one, two, minutes in trips)

    assert plan(replace(instance, fractions=tuple(fractions), trips=turned)) == plan(instance)


@given(instances())
@settings(max_examples=40, deadline=None)
def test_plan_without_effort_says_what_it_did_not_prove(instance):
    found = plan(instance, out_of_time=lambda: True)

    assert violations(instance, found) == []
    best = best_by_trying_all(instance)
    assert found.worth.fte <= best.fte <= found.bound.fte
    assert found.proof is Proof.BOUNDED or found.worth == best


def test_plan_composes_a_post_and_its_week():
    found = plan(instance_of(HOME, CLINIC, SCHOOL))

    assert found.posts == (
        Post(
            (
                Part("clinic", CLINIC_WEEK),
                Part("home", HOME_WEEK),
            ),
            100,
            20,
            NEW_YEAR,
        ),
    )
    assert (found.worth, found.bound, found.proof) == (
        Worth(100, 20),
        Worth(100, 20),
        Proof.OPTIMAL,
    )
    assert (found.sets, found.complete, found.gap) == (2, True, 0)


def test_plan_gives_days_where_there_is_a_choice():
    either = fraction("either", 50, day(MONDAY, TUESDAY, WEDNESDAY), needed=2)
    other = fraction("other", 50, day(MONDAY), needed=2)

    (post,) = plan(instance_of(either, other)).posts

    assert post.parts == (
        Part("either", tuple(sorted(day(TUESDAY)))),
        Part("other", tuple(sorted(day(MONDAY)))),
    )


def test_plan_prefers_a_hundredth_of_fte_to_any_travel():
    near = (fraction("a", 50), fraction("b", 49))
    far = fraction("c", 50)
    trips = (Trip("site of a", "site of b", 1), Trip("site of a", "site of c", 45))

    found = plan(Instance((*near, far), trips))

    assert [post.keys for post in found.posts] == [("a", "c")]
    assert found.worth == Worth(100, 45)


def test_plan_prefers_less_travel_for_the_same_fte():
    fractions = tuple(fraction(key, 50) for key in "abcd")
    trips = (
        Trip("site of a", "site of b", 30),
        Trip("site of c", "site of d", 30),
        Trip("site of a", "site of c", 10),
        Trip("site of b", "site of d", 45),
    )

    found = plan(Instance(fractions, trips))

    assert [post.keys for post in found.posts] == [("a", "c"), ("b", "d")]
    assert (found.worth, found.bound) == (Worth(200, 55), Worth(200, 55))


def test_plan_follows_the_wishes_of_who_holds_a_part():
    holder = Holder("ana", 60, 70, travel=10, off=day(FRIDAY))
    held = fraction("held", 40, day(MONDAY, TUESDAY), holder=holder)
    friday, thursday = (
        fraction("friday", 20, day(FRIDAY)),
        fraction("thursday", 20, day(THURSDAY)),
    )
    far = fraction("far", 30, day(WEDNESDAY))
    trips = tuple(
        Trip("site of held", one.site, minutes)
        for one, minutes in ((friday, 5), (thursday, 10), (far, 11))
    )

    (post,) = plan(Instance((held, friday, thursday, far), trips)).posts

    assert (post.keys, post.fte, post.travel, post.person) == (
        ("held", "thursday"),
        60,
        10,
        "ana",
    )


@pytest.mark.parametrize(
    "other",
    [
        fraction("other", 60, day(MONDAY, WEDNESDAY, FRIDAY)),
        fraction("other", 60, employer=HOME.employer),
        fraction("other", 60, profession="cook"),
        fraction("other", 60, start=NEW_YEAR + timedelta(93)),
        fraction("other", 30),
        fraction("other", 61),
        fraction("other", 60, frozenset({Slot(6, Shift.NIGHT)})),
        fraction("other", 60, frozenset({Slot(MONDAY, Shift.EVENING)})),
        fraction("other", 60, frozenset({Slot(6, Shift.EVENING)})),
    ],
)
def test_plan_keeps_apart_what_does_not_go_together(other):
    found = plan(instance_of(HOME, other))

    assert (found.posts, found.worth, found.bound) == ((), Worth(0, 0), Worth(0, 0))


def test_plan_never_proposes_again_what_was_refused():
    refused = frozenset({frozenset({"clinic", "home"})})

    found = plan(instance_of(HOME, CLINIC, SCHOOL, refused=refused))

    assert [post.keys for post in found.posts] == [("home", "school")]


def test_halves_that_are_odd_in_number_are_proved_by_a_cut():
    halves = tuple(fraction(f"h{rank}", 50) for rank in range(7))

    found = plan(instance_of(*halves))

    assert (found.worth, found.bound, found.proof) == (
        Worth(300, 60),
        Worth(300, 60),
        Proof.OPTIMAL,
    )
    assert [len(cut.fractions) for cut in found.certificate.cuts] == [7]
    assert upper_bound(instance_of(*halves), found.certificate) == Worth(300, 60)


def test_what_cuts_do_not_prove_is_searched():
    # Seven fractions, seven sets of three: any two sets meet (the lines of Fano's plane).
    lines = [(0, 1, 2), (0, 3, 4), (0, 5, 6), (1, 3, 5), (1, 4, 6), (2, 3, 6), (2, 4, 5)]
    fractions = tuple(
        fraction(f"f{rank}", 30, site="here", employer=f"e{rank}") for rank in range(7)
    )
    every = {tuple(map(int, pick)) for pick in _triples()}
    refused = frozenset(
        frozenset(f"f{rank}" for rank in pick) for pick in every if pick not in lines
    )

    found = plan(Instance(fractions, limits=Limits(parts=3), refused=refused))

    assert (found.worth, found.bound) == (Worth(90, 0), Worth(90, 0))
    assert violations(Instance(fractions, limits=Limits(parts=3), refused=refused), found) == []


@pytest.mark.parametrize("seed", range(24))
def test_plan_of_a_crowd_is_the_best_of_all(seed):
    instance = crowded(seed, 9)

    found = plan(instance)

    assert violations(instance, found) == []
    assert found.worth == found.bound == best_by_trying_all(instance)


def test_search_proves_what_prices_do_not():
    instance = crowded(0, 12)

    found, hurried = plan(instance), plan(instance, effort=1e-6)
    stopped = plan(instance, out_of_time=lambda: True)

    assert (found.proof, hurried.proof, stopped.proof) == (
        Proof.SEARCHED,
        Proof.BOUNDED,
        Proof.BOUNDED,
    )
    assert violations(instance, found) == violations(instance, hurried) == []
    assert found.worth == Worth(480, 173)
    assert hurried == stopped
    assert hurried.bound.fte >= found.worth.fte > hurried.worth.fte


def _triples():
    return [(a, b, c) for a in range(7) for b in range(a + 1, 7) for c in range(b + 1, 7)]


def test_plan_of_too_many_sets_says_that_it_is_not_complete(monkeypatch):
    monkeypatch.setattr(sets, "FEWEST_LOOKED_AT", 20)
    monkeypatch.setattr(sets, "EFFORT_PER_FRACTION", 1)
    monkeypatch.setattr(sets, "PARTNERS", (2, 1))
    fractions = tuple(fraction(f"f{rank:02}", 50) for rank in range(12))
    instance = instance_of(*fractions)

    found = plan(instance)

    assert violations(instance, found) == []
    assert (found.complete, found.proof, found.bound) == (False, Proof.BOUNDED, Worth(600, 0))
    assert found.worth.fte >= 400


def test_linear_program_asks_for_the_sets_that_it_lacks(monkeypatch):
    monkeypatch.setattr(prices, "FIRST_SETS", 2)
    monkeypatch.setattr(prices, "MORE_SETS", 1)
    instance = crowded(0, 12)

    found = plan(instance)

    assert violations(instance, found) == []
    assert found.worth == found.bound == Worth(480, 173)


@pytest.mark.parametrize(
    ("instance", "kind", "where"),
    [
        (Instance((HOME, HOME)), FlawKind.KEY_TWICE, ("home",)),
        (Instance((replace(HOME, fte=0),)), FlawKind.FTE, ("home", 0)),
        (Instance((replace(HOME, fte=101),)), FlawKind.FTE, ("home", 101)),
        (
            Instance((replace(HOME, slots=frozenset({Slot(7, Shift.NIGHT)})),)),
            FlawKind.DAY,
            ("home", 7),
        ),
        (Instance((replace(HOME, needed=5),)), FlawKind.NEEDED, ("home", 5, 4)),
        (
            Instance((replace(HOME, holder=Holder("ana")), replace(CLINIC, holder=Holder("ana")))),
            FlawKind.PERSON_TWICE,
            ("ana",),
        ),
        (
            Instance((replace(HOME, holder=Holder("ana", 90, 80)),)),
            FlawKind.WISH,
            ("ana", 90, 80),
        ),
        (
            Instance((replace(HOME, holder=Holder("ana", travel=-1)),)),
            FlawKind.TRAVEL_WISH,
            ("ana", -1),
        ),
        (
            Instance((), (Trip("x", "y", 1), Trip("y", "x", 2))),
            FlawKind.TRIP_TWICE,
            ("y", "x"),
        ),
        (Instance((), (Trip("x", "x", 1),)), FlawKind.TRIP_TWICE, ("x", "x")),
        (Instance((), (Trip("x", "y", -1),)), FlawKind.TRIP_MINUTES, ("x", "y", -1)),
        (Instance((), limits=Limits(least=90, most=80)), FlawKind.TOTAL, (90, 80)),
        (Instance((), limits=Limits(travel=-1)), FlawKind.TRAVEL, (-1,)),
        (Instance((), limits=Limits(travel=1441)), FlawKind.TRAVEL, (1441,)),
        (Instance((), limits=Limits(parts=7)), FlawKind.PARTS, (7,)),
        (Instance((), limits=Limits(employers=1)), FlawKind.EMPLOYERS, (1,)),
        (Instance((), limits=Limits(parts=1)), FlawKind.PARTS, (1,)),
        (Instance((), limits=Limits(wait=-1)), FlawKind.WAIT, (-1,)),
        (
            Instance((HOME,), refused=frozenset({frozenset({"home", "gone"})})),
            FlawKind.UNKNOWN_REFUSED,
            ("gone",),
        ),
    ],
)
def test_plan_refuses_what_makes_no_sense(instance, kind, where):
    with pytest.raises(InvalidInstance) as refused:
        plan(instance)

    assert (refused.value.kind, refused.value.where) == (kind, where)


@given(instances())
@settings(max_examples=50, deadline=None)
def test_best_posts_are_every_set_that_is_allowed_the_best_first(instance):
    found = best_posts(instance, most=1000)

    tried = sorted(sets_by_trying_all(instance), key=lambda one: (-one[1].fte, one[1].travel))
    assert {frozenset(post.keys) for post in found} == {frozenset(keys) for keys, _ in tried}
    assert [(post.fte, post.travel) for post in found] == [tuple(worth) for _, worth in tried]
    assert [violations_of(instance, post) for post in found] == [[]] * len(found)
    assert best_posts(instance, most=1) == found[:1]
