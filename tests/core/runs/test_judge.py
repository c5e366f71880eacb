"""The judge, on plans written by hand: it must see each violation."""

from dataclasses import replace

import pytest

from ancrage.core.runs.judge import upper_bound, violations
from ancrage.core.runs.values import (
    Certificate,
    Cover,
    Instance,
    Need,
    OpenRun,
    Plan,
    Proof,
    Worth,
)
from ancrage.core.runs.values import ViolationKind as Kind
from tests.core.runs.invented import COURSES, run, wish

INSTANCE = Instance(
    COURSES,
    (run("a", cost=10), run("b", cost=20)),
    tuple(wish(person) for person in ("ana", "bea", "cleo", "dora")),
    (Need("care_assistant", 11, 2, 3), Need("care_assistant", 3, 2)),
    budget=25,
)
# In tenths of a euro, by hand: a person is worth a point of 26 euros; what is left of each run is
# less than nothing.
PROOF = Certificate(
    26,
    10,
    tuple((person, 260) for person in ("ana", "bea", "cleo", "dora")),
    (("care_assistant", 11, 780),),
)
PLAN = Plan(
    (OpenRun("a", ("ana", "bea", "cleo")),),
    (Cover("a", "care_assistant", 11, 2),),
    Worth(9, 10),
    Worth(10, 0),
    Proof.BOUNDED,
    PROOF,
)


def kinds(plan, instance=INSTANCE):
    return [one.kind for one in violations(instance, plan)]


def test_violations_of_a_good_plan():
    assert violations(INSTANCE, PLAN) == []
    assert upper_bound(INSTANCE, PROOF) == Worth(10, 0)
    assert upper_bound(INSTANCE) == Worth(4 + 6 + 2, 0)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"runs": (OpenRun("x", ("ana",)),), "covers": ()}, [Kind.UNKNOWN_RUN, Kind.WORTH]),
        (
            {"runs": (OpenRun("a", ("ana",)),)},
            [Kind.GROUP_SIZE, Kind.TOO_MANY_COVERING, Kind.WORTH],
        ),
        (
            {"runs": (OpenRun("a", ("ana", "bea", "zoe")),)},
            [Kind.NO_WISH, Kind.WORTH],
        ),
        (
            {"runs": (OpenRun("a", ("ana", "ana", "bea")),)},
            [Kind.PERSON_TWICE],
        ),
        (
            {"runs": (*PLAN.runs, *PLAN.runs)},
            [Kind.RUN_TWICE, *[Kind.PERSON_TWICE] * 3, Kind.WORTH],
        ),
        (
            {"runs": (OpenRun("a", ("ana", "bea")), OpenRun("b", ("cleo", "dora")))},
            [Kind.BUDGET, Kind.WORTH],
        ),
        ({"covers": (Cover("a", "care_assistant", 3, 2),)}, [Kind.COVER, Kind.WORTH]),
        ({"covers": (Cover("a", "care_assistant", 4, 2),)}, [Kind.COVER, Kind.WORTH]),
        ({"covers": (Cover("b", "care_assistant", 11, 2),)}, [Kind.COVER]),
        ({"covers": (Cover("a", "care_assistant", 11, 0),)}, [Kind.COVER, Kind.WORTH]),
        (
            {"covers": (Cover("a", "care_assistant", 11, 3),)},
            [Kind.TOO_MANY_COVERED, Kind.WORTH],
        ),
        ({"worth": Worth(9, 9)}, [Kind.WORTH]),
        ({"proof": Proof.OPTIMAL}, [Kind.NOT_PROVED]),
        ({"proof": Proof.SEARCHED}, [Kind.NOT_PROVED]),
        ({"bound": Worth(11, 0)}, [Kind.NOT_PROVED]),
        ({"certificate": replace(PROOF, scale=25)}, [Kind.PRICES]),
        ({"certificate": replace(PROOF, parts=0)}, [Kind.PRICES]),
        ({"certificate": replace(PROOF, budget=-1)}, [Kind.PRICES]),
        ({"certificate": replace(PROOF, people=(("ana", -1),))}, [Kind.PRICES]),
        ({"certificate": replace(PROOF, needs=(("nurse", 1, -1),))}, [Kind.PRICES]),
    ],
)
def test_violations_of_a_plan_that_is_wrong(change, found):
    assert kinds(replace(PLAN, **change)) == found


def test_a_budget_that_is_not_asked_has_no_price():
    free = replace(INSTANCE, budget=None)
    certificate = replace(PROOF, scale=31)

    assert upper_bound(free, certificate) == Worth(11, 21)
    with pytest.raises(ValueError, match="no prices"):
        upper_bound(free, replace(certificate, budget=1))
