"""The circulation of least cost in a network, with the potentials that prove it.

Problem. Each arc carries an integer flow from 0 to its capacity at an integer cost per unit,
possibly negative; what enters a node leaves it. Find the flow of least cost. The matrix of a
network is totally unimodular: the optimum is integer, and its dual gives the proof. With a
potential p at each node, any circulation costs at least

    Σ capacity · min(0, cost + p(tail) − p(head))

and the two are equal for the flow and the potentials returned. Costs have no size: nothing is
rounded and nothing overflows.

Steps.

1. Cost scaling (OR-Tools) finds the flow where costs fit its 64-bit integers.
2. Larger costs lose their last bits first. An exchange along a cycle of n arcs at most loses less
   than n units of what was cut off: an arc whose reduced cost is larger keeps its flow. What the
   others may change is again a circulation, of costs small enough.
3. Bellman-Ford on the arcs of the residual network, all nodes at once, finds the potentials: no
   cycle is negative exactly when the flow is optimal, so that it ends, and quickly (the exchanges
   that matter are short).

Complexity: O(n² m log(nC)) at worst for the flow, near-linear in practice; O(m) per round of
Bellman-Ford. The same network gives the same answer.

References: A. V. Goldberg, « An Efficient Implementation of a Scaling Minimum-Cost Flow
Algorithm », J. Algorithms 22 (1997), p. 1–29. R. Ahuja, T. Magnanti, J. Orlin, Network Flows
(1993), chapters 9 and 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

Integers = npt.NDArray[np.int64]
# Integers of any size are kept as objects.
AnyIntegers = npt.NDArray[Any]
# The solver multiplies costs by the number of nodes.
LARGEST_PRODUCT = 1 << 61


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes from 0; arc k goes from `tails[k]` to `heads[k]`. Costs are of any size."""

    nodes: int
    tails: Integers
    heads: Integers
    capacities: Integers
    costs: AnyIntegers


@dataclass(frozen=True, slots=True)
class Circulation:
    """How much each arc carries, and the potential of each node."""

    flow: Integers
    potentials: AnyIntegers


def integers(values: Sequence[int]) -> AnyIntegers:
    """Return an array of integers, of 64 bits where they fit with room to add them up."""
    largest = max(map(abs, values), default=0)
    return np.array(values, dtype=np.int64 if largest < LARGEST_PRODUCT else object)


def cheapest_circulation(network: Network) -> Circulation:
    """Return a circulation of least cost, with potentials that prove it."""
    flow = cheapest_flow(network)
    return Circulation(flow, _potentials(network, flow))


def cheapest_flow(network: Network) -> Integers:
    """Return what each arc carries in a circulation of least cost, without the proof."""
    largest = int(max(map(abs, (network.costs.max(initial=0), network.costs.min(initial=0)))))
    excess = largest * (network.nodes + 2) // LARGEST_PRODUCT
    if not excess:
        return _solved(network, network.costs.astype(np.int64))
    # Bits are cut off until twice the products fit: potentials are added to what is left.
    cut = excess.bit_length() + 1
    costs = network.costs.astype(object)
    coarse = Network(
        network.nodes,
        network.tails,
        network.heads,
        network.capacities,
        np.array([cost >> cut for cost in costs], dtype=np.int64),
    )
    first = cheapest_circulation(coarse)
    potentials = first.potentials.astype(object)
    reduced = costs + (potentials[network.tails] - potentials[network.heads]) * (1 << cut)
    bound = (network.nodes + 1) << cut
    forward = (first.flow < network.capacities) & (reduced <= bound)
    backward = (first.flow > 0) & (reduced >= -bound)
    more, less = np.flatnonzero(forward), np.flatnonzero(backward)
    change = cheapest_flow(
        Network(
            network.nodes,
            np.concatenate([network.tails[more], network.heads[less]]),
            np.concatenate([network.heads[more], network.tails[less]]),
            np.concatenate([network.capacities[more] - first.flow[more], first.flow[less]]),
            integers([*reduced[more], *(-reduced[less])]),
        )
    )
    flow = first.flow.copy()
    np.add.at(flow, more, change[: len(more)])
    np.subtract.at(flow, less, change[len(more) :])
    return flow


def _solved(network: Network, costs: Integers) -> Integers:
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tails.astype(np.int32),
        network.heads.astype(np.int32),
        network.capacities,
        costs,
    )
    status = solver.solve()
    if status != solver.OPTIMAL:
        # A circulation always exists (nothing flows): only a defect leads here.
        raise AssertionError(f"the flow solver answered {status}")
    return np.asarray(solver.flows(arcs), dtype=np.int64)


def _potentials(network: Network, flow: Integers) -> AnyIntegers:
    """Return the lengths of the shortest paths that end at each node of the residual network."""
    onwards, backwards = flow < network.capacities, flow > 0
    tails = np.concatenate([network.tails[onwards], network.heads[backwards]])
    heads = np.concatenate([network.heads[onwards], network.tails[backwards]])
    costs = np.concatenate([network.costs[onwards], -network.costs[backwards]])
    order = np.argsort(heads, kind="stable")
    tails, heads, costs = tails[order], heads[order], costs[order]
    largest = int(max(map(abs, (costs.max(initial=0), costs.min(initial=0)))))
    if largest * network.nodes >= LARGEST_PRODUCT:
        costs = costs.astype(object)
    potentials = np.zeros(network.nodes, dtype=costs.dtype)
    if not len(heads):
        return potentials
    firsts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    reached = heads[firsts]
    while True:
        there = np.minimum.reduceat(potentials[tails] + costs, firsts)
        nearer = np.minimum(potentials[reached], there)
        if np.array_equal(nearer, potentials[reached]):
            return potentials
        potentials[reached] = nearer
