"""The judge sees each thing that can be wrong with a path."""

from dataclasses import replace
from datetime import date

import pytest

from ancrage.core.bridges.judge import Violation, ViolationKind, violations
from ancrage.core.bridges.network import Network
from ancrage.core.bridges.search import paths
from ancrage.core.bridges.values import NEVER, Certificate, Paper, Payment, Sector
from ancrage.core.kleene import State
from tests.core.bridges.chain import CHAIN, ORDERLY, PROMOTION, START, TO_AIDE

(GOOD,) = paths(Network(CHAIN), ORDERLY, "nurse").paths
FIRST, SECOND = GOOD.steps
ALONE = Payment("", State.MET, None, 1100, 0, is_kept_told=True)


def seen(*found, person=ORDERLY, goal="nurse"):
    return {one.kind for one in violations(CHAIN, person, goal, found)}


def test_path_that_holds_has_no_violation():
    assert seen(GOOD) == set()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (replace(GOOD, steps=(replace(FIRST, bridge="x"), SECOND)), ViolationKind.UNKNOWN_BRIDGE),
        (replace(GOOD, steps=(FIRST, replace(SECOND, source="x"))), ViolationKind.NOT_JOINED),
        (replace(GOOD, steps=(FIRST, FIRST)), ViolationKind.REACHED_TWICE),
        (
            replace(GOOD, steps=(replace(FIRST, begins=8), SECOND)),
            ViolationKind.NOT_THE_FIRST_MONTH,
        ),
        (replace(GOOD, months=80), ViolationKind.WRONG_SUM),
        (replace(GOOD, chance=50), ViolationKind.WRONG_SUM),
        (replace(GOOD, steps=(replace(FIRST, paid_by=ALONE), SECOND)), ViolationKind.WRONG_SUM),
        (replace(GOOD, steps=(FIRST,)), ViolationKind.NOT_THE_GOAL),
        (replace(GOOD, steps=()), ViolationKind.NOT_THE_GOAL),
    ],
)
def test_change_that_makes_a_path_wrong_is_seen(path, kind):
    assert kind in seen(path)


def test_employer_found_on_the_way_may_pay():
    jobless = replace(ORDERLY, sector=Sector.JOBLESS)
    (path,) = paths(Network(CHAIN), jobless, "nurse").paths

    assert [step.paid_by.funding for step in path.steps] == ["", "promotion"]
    assert violations(CHAIN, jobless, "nurse", (path,)) == []


@pytest.mark.parametrize(
    ("papers", "payer", "state"),
    [
        ((), "promotion", State.TO_CHECK),
        ((Paper("afgsu_2"),), "promotion", State.TO_CHECK),
        ((Paper("afgsu_2", START),), "", State.MET),
        ((Paper("afgsu_2", NEVER),), "promotion", State.MET),
        ((Paper("afgsu_2", held=False),), "", State.MET),
    ],
)
def test_payment_that_asks_for_a_certificate_pays_unless_it_is_known_to_be_over(
    papers, payer, state
):
    asks = replace(PROMOTION, conditions=(Certificate("afgsu_2"),))
    course = replace(TO_AIDE, fundings=(asks,))
    person = replace(ORDERLY, papers=papers)
    (path,) = paths(Network((course,)), person, "aide").paths

    assert (path.steps[0].paid_by.funding, path.steps[0].paid_by.state) == (payer, state)
    assert violations((course,), person, "aide", (path,)) == []


def test_payment_of_another_sector_is_seen():
    assert seen(GOOD, person=replace(ORDERLY, sector=Sector.PRIVATE)) == {ViolationKind.CANNOT_PAY}


@pytest.mark.parametrize(
    "moved", [{"valid_from": date(2027, 6, 23)}, {"valid_to": date(2027, 6, 21)}]
)
def test_payment_not_in_force_is_seen(moved):
    course = replace(TO_AIDE, fundings=(replace(PROMOTION, **moved),))

    found = violations((course, *CHAIN[1:]), ORDERLY, "nurse", (GOOD,))

    assert found == [Violation(ViolationKind.CANNOT_PAY, 0, 0)]


def test_path_that_another_beats_is_seen():
    worse = replace(GOOD, steps=(replace(FIRST, paid_by=ALONE), SECOND), cost=None, lost=1100)

    assert violations(CHAIN, ORDERLY, "nurse", (GOOD, worse)) == [
        Violation(ViolationKind.DOMINATED, 1)
    ]


def test_title_held_is_reached_by_no_step():
    (path,) = paths(Network((TO_AIDE,)), ORDERLY, "aide").paths

    assert violations(CHAIN, ORDERLY, "aide", (path,)) == []
