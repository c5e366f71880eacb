"""The judge, on plans written by hand: it must see each violation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ancrage.core.posts.judge import upper_bound, violations
from ancrage.core.posts.values import (
    Certificate,
    Cut,
    Holder,
    Instance,
    Limits,
    Part,
    Plan,
    Post,
    Proof,
    Shift,
    Slot,
    Violation,
    Worth,
)
from ancrage.core.posts.values import ViolationKind as Kind
from tests.core.posts.invented import (
    FRIDAY,
    MONDAY,
    NEW_YEAR,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    day,
    everywhere,
    fraction,
)

HOME = fraction("home", 40, day(MONDAY, TUESDAY))
CLINIC = fraction("clinic", 60, day(WEDNESDAY, THURSDAY, FRIDAY))
INSTANCE = Instance((HOME, CLINIC), everywhere((HOME, CLINIC)))
PARTS = (Part("clinic", tuple(sorted(CLINIC.slots))), Part("home", tuple(sorted(HOME.slots))))
POST = Post(PARTS, 100, 20, NEW_YEAR)
# Two fractions, three trips and a half each at most, of 45 minutes: 135 minutes in all.
PROOF = Certificate(136, 1, (("clinic", 8_160), ("home", 5_420)))
BEST = Plan((POST,), Worth(100, 20), Worth(100, 20), Proof.OPTIMAL, PROOF, 1)
BOTH = ("clinic", "home")


def kinds(instance, plan=BEST):
    return [one.kind for one in violations(instance, plan)]


def test_violations_of_the_best_plan():
    assert violations(INSTANCE, BEST) == []
    assert upper_bound(INSTANCE, PROOF) == Worth(100, 20)
    assert upper_bound(INSTANCE) == Worth(100, 0)


@pytest.mark.parametrize(
    ("clinic", "kind"),
    [
        ({"profession": "cook"}, Kind.PROFESSIONS),
        ({"employer": HOME.employer}, Kind.EMPLOYERS),
        ({"site": "elsewhere"}, Kind.TRAVEL),
        ({"fte": 61}, Kind.TOTAL),
        ({"start": NEW_YEAR + timedelta(93)}, Kind.WAIT),
        ({"slots": day(MONDAY)}, Kind.CLASH),
        ({"slots": frozenset({Slot(MONDAY, Shift.EVENING)})}, Kind.CLASH),
        ({"slots": frozenset({Slot(6, Shift.NIGHT)})}, Kind.CLASH),
    ],
)
def test_violations_of_fractions_that_do_not_go_together(clinic, kind):
    instance = replace(INSTANCE, fractions=(HOME, replace(CLINIC, **clinic)))

    found = violations(instance, BEST)

    assert Violation(kind, BOTH) in found


def test_violations_of_several_people_and_parts():
    fractions = (
        replace(HOME, holder=Holder("ana")),
        replace(CLINIC, holder=Holder("bea")),
    )

    assert Kind.PEOPLE in kinds(replace(INSTANCE, fractions=fractions))
    assert Kind.REFUSED in kinds(replace(INSTANCE, refused=frozenset({frozenset(BOTH)})))
    three = tuple(fraction(key, 30) for key in "abc")
    post = Post(tuple(Part(key, ()) for key in "abc"), 90, 60, NEW_YEAR)
    plan = replace(BEST, posts=(post,), worth=Worth(90, 60), proof=Proof.BOUNDED)
    small = Instance(three, everywhere(three), Limits(parts=2, employers=2))
    assert {Kind.PARTS, Kind.EMPLOYERS} <= set(kinds(small, plan))


@pytest.mark.parametrize(
    ("post", "found"),
    [
        (replace(POST, fte=99), [Kind.FIGURES, Kind.WORTH]),
        (replace(POST, start=NEW_YEAR + timedelta(1)), [Kind.FIGURES]),
        (replace(POST, person="ana"), [Kind.FIGURES]),
        (replace(POST, parts=(PARTS[0], Part("home", PARTS[1].week[1:]))), [Kind.WEEK]),
        (
            replace(POST, parts=(PARTS[0], Part("home", PARTS[0].week[:4]))),
            [Kind.WEEK, Kind.CLASH],
        ),
        (replace(POST, parts=(PARTS[0], Part("gone", ()))), [Kind.UNKNOWN_FRACTION]),
    ],
)
def test_violations_of_a_post_that_is_not_what_it_says(post, found):
    assert kinds(INSTANCE, replace(BEST, posts=(post,))) == found


def test_violations_of_a_fraction_given_twice():
    plan = replace(BEST, posts=(POST, POST), worth=Worth(200, 40))

    assert violations(INSTANCE, plan) == [
        Violation(Kind.FRACTION_TWICE, ("clinic",)),
        Violation(Kind.FRACTION_TWICE, ("home",)),
        Violation(Kind.NOT_PROVED),
    ]


@pytest.mark.parametrize(
    ("certificate", "kind"),
    [
        (replace(PROOF, scale=135), Kind.PRICES),
        (replace(PROOF, parts=0), Kind.PRICES),
        (replace(PROOF, prices=(("home", -1),)), Kind.PRICES),
        (replace(PROOF, cuts=(Cut(BOTH, 1),)), Kind.PRICES),
        (replace(PROOF, cuts=(Cut(("home",) * 3, 1),)), Kind.PRICES),
        (replace(PROOF, cuts=(Cut(("a", "b", "c"), 1),)), Kind.PRICES),
        (replace(PROOF, prices=(("home", 13_581),)), Kind.NOT_PROVED),
    ],
)
def test_violations_of_prices_that_prove_nothing(certificate, kind):
    assert kinds(INSTANCE, replace(BEST, certificate=certificate)) == [kind]


def test_upper_bound_refuses_what_are_no_prices():
    with pytest.raises(ValueError, match="no prices"):
        upper_bound(INSTANCE, Certificate(1))
