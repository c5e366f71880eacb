"""Paths of a person to a goal: all those that nothing beats, and none that something does."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.bridges.judge import violations
from ancrage.core.bridges.network import Network
from ancrage.core.bridges.search import fastest, paths
from tests.core.bridges.oracle import best_by_trying_all
from tests.core.bridges.strategies import MOST_MONTHS, chances, networks, people


def worth(path):
    costs = [step.paid_by.cost for step in path.steps]
    return (
        (path.months,),
        (costs.count(None), sum(one or 0 for one in costs)),
        (path.lost,),
        (-(101 if path.chance is None else path.chance),),
    )


def keys(path):
    return tuple(step.bridge for step in path.steps)


@settings(max_examples=150, deadline=None)
@given(networks(), people, chances)
def test_paths_are_those_found_by_trying_all(bridges, person, local):
    ways = paths(Network(bridges), person, "goal", local=local, most_months=MOST_MONTHS)

    found = [(keys(path), worth(path)) for path in ways.paths]
    assert len(set(found)) == len(found)
    assert set(found) == best_by_trying_all(bridges, person, "goal", local, MOST_MONTHS)
    assert (
        violations(bridges, person, "goal", ways.paths, local=local, most_months=MOST_MONTHS) == []
    )


@settings(max_examples=40, deadline=None)
@given(networks(), people, chances, st.integers(0, 2**32))
def test_paths_depend_on_no_order(bridges, person, local, seed):
    dice = random.Random(seed)
    shuffled = list(bridges)
    dice.shuffle(shuffled)
    mixed = [
        replace(
            bridge,
            fundings=tuple(dice.sample(bridge.fundings, len(bridge.fundings))),
        )
        for bridge in shuffled
    ]
    other = replace(
        person,
        titles=person.titles[::-1],
        practices=person.practices and person.practices[::-1],
    )

    once = paths(Network(bridges), person, "goal", local=local, most_months=MOST_MONTHS)
    again = paths(Network(mixed), other, "goal", local=local, most_months=MOST_MONTHS)

    assert once == again


@settings(max_examples=40, deadline=None)
@given(networks(), people)
def test_fastest_path_ends_with_the_first_of_all(bridges, person):
    network = Network(bridges)

    first = fastest(network, person, "goal", most_months=MOST_MONTHS)

    ways = paths(network, person, "goal", most_months=MOST_MONTHS)
    assert (first and first.months) == (ways.paths[0].months if ways.paths else None)
