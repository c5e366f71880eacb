import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.flows.colouring import Colouring, bits

PLENTY = 10**9


def assert_is_legal(colouring, edges, free, seats, room, served=()):
    """Nobody twice in a round, nobody when absent, no round over its room."""
    left, right, serving = Counter(), Counter(), set()
    for edge, when in colouring.round_of.items():
        one, other = edges[edge]
        assert free[one] >> when & 1
        left[one, when] += 1
        right[other, when] += 1
        serving.add((other, when))
    assert set(left.values()) <= {1}
    for (host, when), count in right.items():
        assert count <= sum(mask >> when & 1 for mask in seats[host])
    new = Counter(when for host, when in serving if not (served and served[host] >> when & 1))
    assert all(new[when] <= most for when, most in enumerate(room))
    # A host of one seat that serves already has no free seat then: what follows counts them all.
    assert colouring.load == [new[when] for when in range(len(room))]


@st.composite
def graphs(draw):
    rounds = draw(st.integers(1, 5))
    masks = st.integers(0, (1 << rounds) - 1)
    free = draw(st.lists(masks, min_size=1, max_size=5))
    seats = draw(st.lists(st.lists(masks, min_size=1, max_size=2), min_size=1, max_size=5))
    served = [draw(masks) if len(own) > 1 else 0 for own in seats]
    room = [draw(st.sampled_from([0, 1, 2, PLENTY])) for _round in range(rounds)]
    couples = [(one, other) for one in range(len(free)) for other in range(len(seats))]
    edges = draw(st.lists(st.sampled_from(couples), unique=True))
    return free, seats, room, served, edges


@settings(max_examples=300)
@given(graphs(), st.data())
def test_colouring_is_legal_after_each_edge(graph, data):
    free, seats, room, served, edges = graph
    colouring = Colouring(free, seats, room, served)
    for edge, (one, other) in enumerate(edges):
        before = set(colouring.round_of)
        done = colouring.insert(edge, one, other)
        assert set(colouring.round_of) == before | ({edge} if done else set())
        assert_is_legal(colouring, edges, free, seats, room, served)
        if colouring.round_of and data.draw(st.booleans()):
            back = sorted(colouring.round_of)[0]
            colouring.put(back, *colouring.remove(back))
            assert_is_legal(colouring, edges, free, seats, room, served)
    colouring.balance()
    assert_is_legal(colouring, edges, free, seats, room, served)


@settings(max_examples=60)
@given(st.integers(1, 6), st.integers(1, 6), st.randoms(use_true_random=False))
def test_colouring_always_succeeds_when_all_are_free_together(rounds, size, dice):
    """König: as many rounds as the busiest node has edges; de Werra: of sizes equal up to one."""
    degree = Counter()
    edges = []
    for _edge in range(rounds * size):
        one, other = dice.randrange(size), dice.randrange(size)
        if (one, other) not in edges and max(degree["l", one], degree["r", other]) < rounds:
            edges.append((one, other))
            degree["l", one] += 1
            degree["r", other] += 1
    everywhere = (1 << rounds) - 1
    free, seats, room = [everywhere] * size, [[everywhere]] * size, [PLENTY] * rounds
    colouring = Colouring(free, seats, room)

    assert all(colouring.insert(edge, *ends) for edge, ends in enumerate(edges))
    colouring.balance()

    assert_is_legal(colouring, edges, free, seats, room)
    assert max(colouring.load) - min(colouring.load) <= 1


def test_colouring_of_a_saturated_graph():
    """Everybody meets everybody: every node is busy in every round."""
    size = 40
    everywhere = (1 << size) - 1
    colouring = Colouring([everywhere] * size, [[everywhere]] * size, [size] * size)
    edges = [(one, other) for one in range(size) for other in range(size)]
    random.Random(0).shuffle(edges)

    assert all(colouring.insert(edge, *ends) for edge, ends in enumerate(edges))
    assert set(colouring.round_of.values()) == set(range(size))


def test_colouring_makes_room_in_a_full_round():
    """One table per round: the newcomer can only come first, whoever is there can come second."""
    colouring = Colouring([0b11, 0b01], [[0b11], [0b01]], [1, 1])

    assert colouring.insert(0, 0, 0)
    assert colouring.insert(1, 1, 1)

    assert colouring.round_of == {0: 1, 1: 0}


def test_colouring_stays_within_the_rounds_asked():
    colouring = Colouring([0b111], [[0b111], [0b111]], [1, 1, 1])

    assert colouring.insert(0, 0, 0, 0b100)
    assert not colouring.insert(1, 0, 1, 0b100)
    assert colouring.round_of == {0: 2}


@pytest.mark.parametrize(("rounds", "expected"), [(0, []), (0b1011, [0, 1, 3])])
def test_bits(rounds, expected):
    assert list(bits(rounds)) == expected
