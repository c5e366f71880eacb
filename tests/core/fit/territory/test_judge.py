"""The judge, on plans written by hand: it must see each violation."""

from dataclasses import replace
from datetime import date

import pytest

from ancrage.core.fit.territory.judge import upper_bound, violations
from ancrage.core.fit.territory.values import (
    Certificate,
    Choice,
    Instance,
    OpenNeed,
    Pair,
    Plan,
    Violation,
    Worth,
)
from ancrage.core.fit.territory.values import ViolationKind as Kind

ANA_HOME, ANA_HOSPITAL = Pair("ana", "home", 100, 90), Pair("ana", "hospital", 100, 80)
BEA_HOME, CLEO_HOME = Pair("bea", "home", 50, 60), Pair("cleo", "home", 50, 10)
DAY = date(2026, 9, 1)
INSTANCE = Instance(
    people=("ana", "bea", "cleo"),
    needs=(OpenNeed("home", "a", 1, 100, DAY), OpenNeed("hospital", "b", 1, 100, DAY)),
    pairs=(ANA_HOME, ANA_HOSPITAL, BEA_HOME, CLEO_HOME),
)
# By hand, with a scale of 1000: the post of the home costs what Cléo would bring there, 50,010;
# Bea is worth the 50 that she adds to it, Ana all that the hospital gets, 100,080.
PROOF = Certificate(1000, (("ana", 100_080), ("bea", 50)), (("home", 50_010),))
BEST = Plan((ANA_HOSPITAL, BEA_HOME), (), PROOF, Certificate(1))
UNPROVED = Violation(Kind.NOT_PROVED, ("plan",))


def test_violations_of_the_best_plan():
    assert violations(INSTANCE, BEST) == []
    assert upper_bound(INSTANCE, PROOF) == Worth(150, 140)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((ANA_HOSPITAL, CLEO_HOME), [UNPROVED]),
        (
            (ANA_HOSPITAL, BEA_HOME._replace(fte=60)),
            [Violation(Kind.UNKNOWN_PAIR, ("bea", "home")), UNPROVED],
        ),
        (
            (ANA_HOSPITAL, ANA_HOSPITAL, BEA_HOME),
            [
                Violation(Kind.TWICE, ("ana", "hospital")),
                Violation(Kind.PERSON_IN_TWO_LINES, ("ana",)),
                Violation(Kind.TOO_MANY_PROPOSALS, ("ana",)),
                Violation(Kind.TOO_MANY_LINES, ("hospital",)),
                UNPROVED,
            ],
        ),
        (
            (ANA_HOSPITAL, BEA_HOME, CLEO_HOME),
            [Violation(Kind.TOO_MANY_LINES, ("home",)), UNPROVED],
        ),
    ],
)
def test_violations_of_wrong_lines(lines, found):
    assert violations(INSTANCE, replace(BEST, lines=lines)) == found


def test_violations_of_a_plan_that_forgets_a_lock_and_breaks_an_exclusion():
    instance = replace(
        INSTANCE,
        locked=frozenset({Choice("cleo", "home")}),
        excluded=frozenset({Choice("bea", "home")}),
    )

    assert violations(instance, BEST) == [
        Violation(Kind.EXCLUDED, ("bea", "home")),
        Violation(Kind.LOCK_LEFT_OUT, Choice("cleo", "home")),
        UNPROVED,
    ]


@pytest.mark.parametrize(
    ("certificate", "found"),
    [
        (replace(PROOF, people=(("ana", 100_080), ("bea", 51))), [UNPROVED]),
        (
            replace(PROOF, people=(*PROOF.people, ("cleo", -5))),
            [Violation(Kind.NEGATIVE_PRICE, ("cleo",))],
        ),
        (Certificate(180), [Violation(Kind.SCALE_TOO_SMALL, ("plan",)), UNPROVED]),
        (replace(PROOF, needs=(*PROOF.needs, ("nowhere", 7))), []),
    ],
)
def test_violations_of_a_proof_that_is_none(certificate, found):
    assert violations(INSTANCE, replace(BEST, certificate=certificate)) == found


def test_violations_of_a_reserve():
    generous = replace(INSTANCE, proposals_per_person=2)
    # Ana may still go home, Bea and Cléo too, but one alternative per post at most: the home takes
    # the one that covers most.
    reserve = replace(
        BEST,
        alternatives=(ANA_HOME,),
        reserve_certificate=Certificate(1000, (("ana", 50_080),), (("home", 50_010),)),
    )

    assert violations(generous, reserve) == []
    assert violations(generous, replace(reserve, alternatives=(CLEO_HOME,))) == [
        Violation(Kind.NOT_PROVED, ("reserve",))
    ]
    assert violations(generous, replace(reserve, alternatives=(ANA_HOME, CLEO_HOME))) == [
        Violation(Kind.TOO_MANY_ALTERNATIVES, ("home",)),
        Violation(Kind.NOT_PROVED, ("reserve",)),
    ]


def test_upper_bound_without_prices_counts_every_pair():
    assert upper_bound(INSTANCE) == Worth(300, 240)


def test_upper_bound_with_any_prices_is_true():
    assert upper_bound(INSTANCE, Certificate(1000)) == Worth(300, 240)
    assert upper_bound(INSTANCE, Certificate(1000, (("ana", 100_090),))) == Worth(200, 160)


def test_upper_bound_with_prices_that_are_none():
    with pytest.raises(ValueError, match="negative"):
        upper_bound(INSTANCE, Certificate(1000, (("ana", -1),)))
    with pytest.raises(ValueError, match="scale is too small"):
        upper_bound(INSTANCE, Certificate(180))
