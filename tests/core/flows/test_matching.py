import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.flows.judge import bound, flaws, total_gain
from ancrage.core.flows.matching import best_matching
from ancrage.core.flows.values import BipartiteInstance, InvalidInstance, Matching


def instance_of(
    left: list[int], right: list[int], arcs: list[tuple[int, int, int]]
) -> BipartiteInstance:
    tails, heads, gains = zip(*arcs, strict=True) if arcs else ((), (), ())
    return BipartiteInstance(tuple(left), tuple(right), tails, heads, gains)


SMALL_GAINS = st.integers(-2, 6)


@st.composite
def instances(draw, most_nodes=4, most_arcs=9, gains=SMALL_GAINS):
    left = draw(st.lists(st.integers(0, 3), max_size=most_nodes))
    right = draw(st.lists(st.integers(0, 3), max_size=most_nodes))
    pairs = [(i, j) for i in range(len(left)) for j in range(len(right))]
    chosen = (
        draw(st.lists(st.sampled_from(pairs), unique=True, max_size=most_arcs)) if pairs else []
    )
    return instance_of(left, right, [(i, j, draw(gains)) for i, j in chosen])


def best_by_trying_all(instance: BipartiteInstance) -> int:
    """The largest gain of a set of arcs, each set tried."""
    arcs = list(zip(instance.tails, instance.heads, instance.gains, strict=True))

    def fits(kept):
        return all(
            sum(i == node for i, _j, _g in kept) <= room for node, room in enumerate(instance.left)
        ) and all(
            sum(j == node for _i, j, _g in kept) <= room
            for node, room in enumerate(instance.right)
        )

    return max(
        sum(gain for _i, _j, gain in kept)
        for size in range(len(arcs) + 1)
        for kept in combinations(arcs, size)
        if fits(kept)
    )


def scattered(seed: int, left: int, right: int, arcs: int) -> BipartiteInstance:
    """Many components, capacities on both sides, few distinct gains."""
    dice = random.Random(seed)
    pairs = {(dice.randrange(left), dice.randrange(right)) for _draw in range(arcs)}
    return instance_of(
        [dice.choice([0, 1, 1, 2, 3]) for _node in range(left)],
        [dice.choice([0, 1, 1, 2, 3]) for _node in range(right)],
        [(i, j, dice.choice([1, 2, 5, 10, 10**30])) for i, j in sorted(pairs)],
    )


def test_best_matching_of_nothing():
    assert best_matching(instance_of([], [], [])) == Matching((), (), ())


def test_best_matching_moves_others_to_make_room():
    """The best arc of both askers leads to the same place; one of them loses less elsewhere."""
    instance = instance_of([1, 1], [1, 1], [(0, 0, 10), (0, 1, 9), (1, 0, 8), (1, 1, 2)])

    matching = best_matching(instance)

    assert matching.pairs == ((0, 1), (1, 0))
    assert total_gain(instance, matching) == 17


def test_best_matching_leaves_out_who_brings_least():
    instance = instance_of([1, 1, 1], [1, 1], [(0, 0, 5), (1, 0, 7), (1, 1, 6), (2, 1, 3)])

    matching = best_matching(instance)

    assert matching.pairs == ((0, 0), (1, 1))


def test_best_matching_has_nothing_for_who_comes_to_a_place_already_dear():
    instance = instance_of(
        [1, 1, 1], [1, 1, 1], [(0, 0, 10), (0, 1, 1), (0, 2, 1), (1, 0, 1), (2, 0, 1)]
    )

    matching = best_matching(instance)

    assert matching == Matching(((0, 0),), (9, 0, 0), (1, 0, 0))
    assert flaws(instance, matching) == []


def test_best_matching_leaves_out_an_arc_that_costs():
    instance = instance_of([1, 1], [1, 1], [(0, 0, -3), (1, 1, 0)])

    assert best_matching(instance) == Matching((), (0, 0), (0, 0))


def test_best_matching_around_nodes_without_room():
    instance = instance_of([0, 1], [1, 0], [(0, 0, 9), (1, 0, 4), (1, 1, 7), (0, 1, 2)])

    matching = best_matching(instance)

    assert matching.pairs == ((1, 0),)
    assert flaws(instance, matching) == []


@given(instances())
def test_best_matching_equals_the_best_of_all_sets(instance):
    assert total_gain(instance, best_matching(instance)) == best_by_trying_all(instance)


@given(instances(most_nodes=8, most_arcs=64, gains=st.integers(-10, 10**20)))
def test_best_matching_is_proved_by_its_prices(instance):
    matching = best_matching(instance)

    assert flaws(instance, matching) == []
    assert bound(instance, matching) == total_gain(instance, matching)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("left", "right"), [(60, 60), (200, 40), (40, 200)])
def test_best_matching_of_many_components_is_proved(seed, left, right):
    instance = scattered(seed, left, right, arcs=700)

    matching = best_matching(instance)

    assert flaws(instance, matching) == []


@given(instances(most_nodes=6, most_arcs=36), st.randoms(use_true_random=False))
def test_best_matching_whatever_the_order_of_the_arcs(instance, dice):
    arcs = list(zip(instance.tails, instance.heads, instance.gains, strict=True))
    dice.shuffle(arcs)

    shuffled = instance_of(list(instance.left), list(instance.right), arcs)

    assert best_matching(shuffled) == best_matching(instance)


@given(instances(most_nodes=6, most_arcs=36))
def test_best_matching_gains_as_much_with_the_sides_exchanged(instance):
    turned = BipartiteInstance(
        instance.right, instance.left, instance.heads, instance.tails, instance.gains
    )

    assert total_gain(turned, best_matching(turned)) == total_gain(
        instance, best_matching(instance)
    )


@pytest.mark.parametrize(
    ("instance", "words"),
    [
        (instance_of([-1], [1], []), "negative"),
        (instance_of([1], [-1], []), "negative"),
        (instance_of([1], [1], [(1, 0, 5)]), "leads nowhere"),
        (instance_of([1], [1], [(0, -1, 5)]), "leads nowhere"),
        (instance_of([1], [1], [(0, 0, 5), (0, 0, 6)]), "joined twice"),
        (BipartiteInstance((1,), (1,), (0,), (0,), ()), "differ in length"),
    ],
)
def test_best_matching_of_what_is_no_instance(instance, words):
    with pytest.raises(InvalidInstance, match=words):
        best_matching(instance)
