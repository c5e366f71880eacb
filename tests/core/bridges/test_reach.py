"""Who could come to a profession and when, and what would close a shortage."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.bridges.network import Network
from ancrage.core.bridges.reach import Alike, alike, by_horizon, reaching, reliefs
from ancrage.core.bridges.search import fastest
from ancrage.core.bridges.values import Bridge, Holding, Practice
from tests.core.bridges.chain import CHAIN, ORDERLY, TO_AIDE, TO_NURSE
from tests.core.bridges.strategies import MOST_MONTHS, networks, people

NEW = replace(ORDERLY, key="new", practices=())
READY = replace(ORDERLY, key="ready", practices=(Practice("orderly", 12),))
UNKNOWN = replace(ORDERLY, key="unknown", practices=None)
AIDE = replace(ORDERLY, key="aide", titles=(Holding("aide"),), practices=())
TWIN = replace(ORDERLY, key="twin")
OTHER = replace(ORDERLY, key="other", titles=(Holding("clerk"),))
PEOPLE = alike((NEW, OTHER, AIDE, UNKNOWN, READY, TWIN, ORDERLY))
BY_EXPERIENCE = Bridge("by_experience", "orderly", "aide", 24, kept_alone=100)


def test_people_of_whom_the_same_is_known_are_gathered():
    assert alike((ORDERLY, READY, TWIN)) == (
        Alike(replace(ORDERLY, key=""), ("orderly", "twin")),
        Alike(replace(READY, key=""), ("ready",)),
    )


def test_people_come_in_the_order_in_which_they_could_arrive():
    found = reaching(Network(CHAIN), PEOPLE, "aide")

    # Who holds the title has nothing to reach; what is known comes before what is to check.
    assert [(one.person, one.months, one.to_check) for one in found] == [
        ("ready", 11, 0),
        ("unknown", 11, 1),
        ("orderly", 18, 0),
        ("twin", 18, 0),
        ("new", 23, 0),
    ]
    assert {
        months: [one.person for one in came] for months, came in by_horizon(found).items()
    } == {
        12: ["ready", "unknown"],
        24: ["ready", "unknown", "orderly", "twin", "new"],
        36: ["ready", "unknown", "orderly", "twin", "new"],
    }


@settings(max_examples=60, deadline=None)
@given(networks(), st.lists(people, max_size=5))
def test_people_who_are_not_searched_for_could_not_come(bridges, crowd):
    network = Network(bridges)
    named = [replace(person, key=str(number)) for number, person in enumerate(crowd)]

    alone = {one.key: fastest(network, one, "goal", most_months=MOST_MONTHS) for one in named}

    found = reaching(network, alike(named), "goal", most_months=MOST_MONTHS)
    assert {one.person: one.path for one in found} == {
        key: path for key, path in alone.items() if path is not None and path.steps
    }


def test_bridges_that_would_close_a_shortage_come_with_the_month():
    everything, *one_by_one = reliefs(Network((*CHAIN, BY_EXPERIENCE)), PEOPLE, "aide", 3)

    assert (everything.bridge, everything.closes_in, len(everything.people)) == (None, 18, 5)
    assert [(one.bridge, one.closes_in, one.within(12), one.within(24)) for one in one_by_one] == [
        ("orderly-aide", 18, 2, 5),
        ("by_experience", 24, 0, 5),
    ]


def test_shortage_larger_than_the_people_is_not_closed():
    everything, *one_by_one = reliefs(Network((TO_AIDE, TO_NURSE)), PEOPLE, "nurse", 9)

    assert (everything.closes_in, len(everything.people)) == (None, 6)
    assert [one.closes_in for one in one_by_one] == [None]
    assert reliefs(Network(CHAIN), (), "nurse", 0)[0].closes_in == 0
