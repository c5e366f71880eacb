from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.fit.territory.alone import Gain, each_for_itself, gains
from ancrage.core.fit.territory.judge import upper_bound, violations, worth
from ancrage.core.fit.territory.solve import plan
from ancrage.core.fit.territory.values import (
    Choice,
    Conflict,
    Infeasible,
    Instance,
    InvalidInstance,
    OpenNeed,
    Pair,
    Worth,
)

OPENED = date(2026, 9, 1)


def open_need(key: str, posts: int = 1, structure: str = "", opened_on: date = OPENED) -> OpenNeed:
    return OpenNeed(key, structure or f"structure of {key}", posts, 100, opened_on)


@st.composite
def instances(draw, most=4, most_pairs=9):
    people = tuple(f"p{n}" for n in range(draw(st.integers(0, most))))
    needs = tuple(
        open_need(
            f"n{n}",
            draw(st.integers(0, 2)),
            draw(st.sampled_from(["hospital", "home"])),
            draw(st.sampled_from([OPENED, date(2026, 10, 1)])),
        )
        for n in range(draw(st.integers(0, most)))
    )
    choices = [Choice(person, need.key) for person in people for need in needs]
    some = st.lists(st.sampled_from(choices), unique=True, max_size=most_pairs)
    joined = draw(some) if choices else []
    pairs = tuple(
        Pair(*choice, draw(st.sampled_from([20, 50, 100])), draw(st.integers(0, 100)))
        for choice in joined
    )
    excluded = draw(st.frozensets(st.sampled_from(joined), max_size=2)) if joined else frozenset()
    instance = Instance(people, needs, pairs, frozenset(), excluded, draw(st.integers(1, 3)))
    wished = draw(st.lists(st.sampled_from(joined), unique=True, max_size=2)) if joined else []
    return replace(instance, locked=compatible(instance, wished))


def compatible(instance: Instance, wished: list[Choice]) -> frozenset[Choice]:
    """Those of these locks that can all hold, the first ones first."""
    posts = Counter({need.key: need.posts for need in instance.needs})
    kept: dict[str, Choice] = {}
    for lock in wished:
        if posts[lock.need] > 0 and lock.person not in kept and lock not in instance.excluded:
            kept[lock.person] = lock
            posts[lock.need] -= 1
    return frozenset(kept.values())


def plans_by_trying_all(instance: Instance) -> list[tuple[Pair, ...]]:
    """Every set of pairs that is a plan."""
    posts = {need.key: need.posts for need in instance.needs}
    allowed = [pair for pair in instance.pairs if pair[:2] not in instance.excluded]
    return [
        kept
        for size in range(len(allowed) + 1)
        for kept in combinations(allowed, size)
        if len({pair.person for pair in kept}) == len(kept)
        and all(n <= posts[need] for need, n in Counter(pair.need for pair in kept).items())
        and instance.locked <= {Choice(pair.person, pair.need) for pair in kept}
    ]


def reserves_by_trying_all(instance: Instance, lines: tuple[Pair, ...]) -> list[tuple[Pair, ...]]:
    """Every set of alternatives that may stand behind these lines."""
    most = instance.proposals_per_person
    posts = {need.key: need.posts for need in instance.needs}
    others = [p for p in instance.pairs if p not in lines and p[:2] not in instance.excluded]
    return [
        kept
        for size in range(len(others) + 1)
        for kept in combinations(others, size)
        if max(Counter(pair.person for pair in (*lines, *kept)).values(), default=0) <= most
        and all(n <= (most - 1) * posts[need] for need, n in Counter(p.need for p in kept).items())
    ]


# Two neighbours want the same nurse; the care home could have taken another one.
NEIGHBOURS = Instance(
    people=("ana", "bea"),
    needs=(open_need("home"), open_need("hospital", opened_on=date(2026, 10, 1))),
    pairs=(
        Pair("ana", "home", 100, 90),
        Pair("ana", "hospital", 100, 80),
        Pair("bea", "home", 50, 60),
    ),
)


def test_plan_covers_more_than_each_for_itself():
    together, alone = plan(NEIGHBOURS), each_for_itself(NEIGHBOURS)

    assert together.lines == (Pair("ana", "hospital", 100, 80), Pair("bea", "home", 50, 60))
    assert alone == (Pair("ana", "home", 100, 90),)
    assert gains(NEIGHBOURS, alone, together.lines) == (
        Gain("structure of home", Worth(100, 90), Worth(50, 60), 1, 1),
        Gain("structure of hospital", Worth(0, 0), Worth(100, 80), 0, 1),
    )


def test_plan_prefers_a_hundredth_of_fte_to_any_fit():
    instance = Instance(
        ("ana", "bea"),
        (open_need("home"),),
        (Pair("ana", "home", 50, 100), Pair("bea", "home", 51, 0)),
    )

    assert plan(instance).lines == (Pair("bea", "home", 51, 0),)


def test_plan_prefers_the_better_fit_at_equal_fte():
    instance = Instance(
        ("ana", "bea"),
        (open_need("home"),),
        (Pair("ana", "home", 50, 70), Pair("bea", "home", 50, 71)),
    )

    assert plan(instance).lines == (Pair("bea", "home", 50, 71),)


def test_plan_with_a_lock_that_costs():
    locked = replace(NEIGHBOURS, locked=frozenset({Choice("ana", "home")}))

    found = plan(locked)

    assert found.lines == (Pair("ana", "home", 100, 90),)
    assert violations(locked, found) == []
    assert upper_bound(locked, found.certificate) == Worth(100, 90)


def test_plan_with_an_exclusion():
    excluding = replace(NEIGHBOURS, excluded=frozenset({Choice("ana", "hospital")}))

    assert plan(excluding).lines == (Pair("ana", "home", 100, 90),)


def test_plan_with_two_proposals_per_person_keeps_the_rest_in_reserve():
    generous = replace(NEIGHBOURS, proposals_per_person=2)

    found = plan(generous)

    assert found.lines == plan(NEIGHBOURS).lines
    assert found.alternatives == (Pair("ana", "home", 100, 90),)
    assert violations(generous, found) == []


def test_plan_of_nothing():
    empty = Instance((), (), ())

    found = plan(empty)

    assert (found.lines, found.alternatives) == ((), ())
    assert violations(empty, found) == []
    assert upper_bound(empty) == upper_bound(empty, found.certificate) == Worth(0, 0)


@given(instances())
def test_plan_is_the_best_of_all_plans(instance):
    found = plan(instance)

    assert worth(found.lines) == max(worth(lines) for lines in plans_by_trying_all(instance))
    assert upper_bound(instance, found.certificate) == worth(found.lines)
    assert worth(found.lines) <= upper_bound(instance)


@given(instances(most=3, most_pairs=7))
def test_plan_has_the_best_reserve_behind_its_lines(instance):
    found = plan(instance)

    reserves = reserves_by_trying_all(instance, found.lines)
    if instance.proposals_per_person > 1:
        assert worth(found.alternatives) == max(worth(reserve) for reserve in reserves)
    else:
        assert found.alternatives == ()


@given(instances(most=8, most_pairs=30))
def test_plan_has_no_violation(instance):
    assert violations(instance, plan(instance)) == []


@given(instances(most=6, most_pairs=20), st.randoms(use_true_random=False))
def test_plan_whatever_the_order(instance, dice):
    shuffled = replace(
        instance,
        people=tuple(dice.sample(instance.people, len(instance.people))),
        needs=tuple(dice.sample(instance.needs, len(instance.needs))),
        pairs=tuple(dice.sample(instance.pairs, len(instance.pairs))),
    )

    assert plan(shuffled) == plan(instance)
    assert each_for_itself(shuffled) == each_for_itself(instance)


@given(instances(most=6, most_pairs=20))
def test_plan_is_never_worth_less_than_each_for_itself(instance):
    alone = each_for_itself(instance)

    assert worth(alone) <= worth(plan(instance).lines)
    assert instance.locked <= {Choice(pair.person, pair.need) for pair in alone}
    # Nobody is left who could still take a post that is still open.
    posts = Counter({need.key: need.posts for need in instance.needs})
    posts.subtract(pair.need for pair in alone)
    gone = {pair.person for pair in alone}
    assert [
        pair
        for pair in instance.pairs
        if pair[:2] not in instance.excluded and pair.person not in gone and posts[pair.need] > 0
    ] == []


def test_each_for_itself_turns_back_at_each_round():
    """Three posts each: the eldest picks 1st, 4th and 5th."""
    people = tuple(f"p{n}" for n in range(6))
    eldest, youngest = open_need("a", 3, "eldest"), open_need("b", 3, "young", date(2026, 10, 1))
    instance = Instance(
        people,
        (youngest, eldest),
        tuple(Pair(p, n, 100, 90 - int(p[1])) for p in people for n in ("a", "b")),
    )

    assert [pair[:2] for pair in each_for_itself(instance)] == [
        ("p0", "a"), ("p1", "b"), ("p2", "b"), ("p3", "a"), ("p4", "a"), ("p5", "b"),
    ]  # fmt: skip


HOME = open_need("home", posts=1)
TWO = (Pair("ana", "home", 100, 90), Pair("bea", "home", 50, 60))


@pytest.mark.parametrize(
    ("locked", "excluded", "conflict", "witness"),
    [
        ({("ana", "town")}, set(), Conflict.NOT_A_PAIR, [("ana", "town")]),
        ({("ana", "home")}, {("ana", "home")}, Conflict.ALSO_EXCLUDED, [("ana", "home")]),
        (
            {("ana", "home"), ("bea", "home")}, set(),
            Conflict.MORE_LOCKS_THAN_POSTS, [("ana", "home"), ("bea", "home")],
        ),
        (
            {("ana", "home"), ("ana", "hospital"), ("bea", "hospital")}, set(),
            Conflict.PERSON_LOCKED_TWICE, [("ana", "home"), ("ana", "hospital")],
        ),
    ],
)  # fmt: skip
def test_plan_of_locks_that_contradict(locked, excluded, conflict, witness):
    instance = Instance(
        ("ana", "bea"),
        (HOME, open_need("hospital", posts=2)),
        (*TWO, Pair("ana", "hospital", 100, 5), Pair("bea", "hospital", 100, 5)),
        frozenset(Choice(*pair) for pair in locked),
        frozenset(Choice(*pair) for pair in excluded),
    )

    for compute in (plan, each_for_itself):
        with pytest.raises(Infeasible) as caught:
            compute(instance)

        assert caught.value.conflict is conflict
        assert caught.value.witness == tuple(Choice(*pair) for pair in witness)


@pytest.mark.parametrize(
    ("instance", "words"),
    [
        (Instance(("ana", "ana"), (HOME,), ()), "key is given twice"),
        (Instance(("ana",), (HOME, HOME), ()), "key is given twice"),
        (Instance(("ana",), (HOME,), (TWO[0], TWO[0])), "pair is given twice"),
        (Instance(("ana",), (HOME,), (), proposals_per_person=0), "at least one proposal"),
        (Instance(("ana",), (open_need("home", -1),), ()), "fewer than 0 posts"),
        (Instance(("ana",), (HOME,), TWO), "bea, home: not in the lists"),
        (Instance(("ana",), (), TWO[:1]), "ana, home: not in the lists"),
        (Instance(("ana",), (HOME,), (Pair("ana", "home", 0, 5),)), "covers nothing"),
        (Instance(("ana",), (HOME,), (Pair("ana", "home", 5, -1),)), "a fit below 0"),
    ],
)
def test_plan_of_what_is_no_instance(instance, words):
    with pytest.raises(InvalidInstance, match=words):
        plan(instance)
