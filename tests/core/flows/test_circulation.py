import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.flows.circulation import Circulation, Network, cheapest_circulation, integers


def network_of(nodes: int, arcs: list[tuple[int, int, int, int]]) -> Network:
    tails, heads, capacities, costs = zip(*arcs, strict=True) if arcs else ((), (), (), ())
    return Network(
        nodes,
        np.array(tails, dtype=np.int64),
        np.array(heads, dtype=np.int64),
        np.array(capacities, dtype=np.int64),
        integers(costs),
    )


def assert_is_proved(network: Network, found: Circulation) -> None:
    """What each node gives it receives, and the potentials leave no cheaper circulation."""
    flow, costs = found.flow.tolist(), [int(cost) for cost in network.costs]
    tails, heads = network.tails.tolist(), network.heads.tolist()
    balance = [0] * network.nodes
    for units, tail, head in zip(flow, tails, heads, strict=True):
        balance[tail] -= units
        balance[head] += units
    assert set(balance) <= {0}
    assert all(0 <= units <= most for units, most in zip(flow, network.capacities, strict=True))
    potentials = [int(potential) for potential in found.potentials]
    reduced = [
        cost + potentials[tail] - potentials[head]
        for cost, tail, head in zip(costs, tails, heads, strict=True)
    ]
    bound = sum(
        most * min(0, cost)
        for most, cost in zip(network.capacities.tolist(), reduced, strict=True)
    )
    assert bound == sum(units * cost for units, cost in zip(flow, costs, strict=True))


ARCS = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 3))


@given(
    st.lists(ARCS, max_size=12),
    st.sampled_from([5, 10**12, 10**19, 10**40]),
    st.randoms(use_true_random=False),
)
def test_circulation_is_proved_whatever_the_size_of_its_costs(arcs, largest, dice):
    network = network_of(5, [(*arc, dice.randint(-largest, largest)) for arc in arcs])

    assert_is_proved(network, cheapest_circulation(network))


def test_circulation_of_nothing():
    found = cheapest_circulation(network_of(2, []))

    assert found.flow.tolist() == []
    assert found.potentials.tolist() == [0, 0]


@pytest.mark.parametrize("unit", [1, 10**25])
def test_circulation_goes_round_the_cheapest_cycle(unit):
    """Two ways back, of which one costs more than the arc brings."""
    network = network_of(2, [(0, 1, 3, -4 * unit), (1, 0, 1, unit), (1, 0, 5, 5 * unit + 1)])

    found = cheapest_circulation(network)

    assert found.flow.tolist() == [1, 1, 0]


def test_circulation_with_costs_of_very_different_sizes():
    """The last bits decide between two cycles that are otherwise alike."""
    dice = random.Random(0)
    arcs = [(0, 1, 1, -(10**30) - dice.randrange(100)) for _arc in range(20)]
    network = network_of(2, [*arcs, (1, 0, 7, 0)])

    found = cheapest_circulation(network)

    kept = sorted(cost for cost, units in zip(network.costs, found.flow, strict=True) if units)
    assert kept[:7] == sorted(cost for *_arc, cost in arcs)[:7]
    assert_is_proved(network, found)
