from dataclasses import replace
from datetime import timedelta

import pytest

from ancrage.core.posts.reasons import LeftOut, PartGain, PostReasons, Why, explain
from ancrage.core.posts.solve import plan
from ancrage.core.posts.values import Holder, Instance, InvalidInstance, Trip
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
CLINIC = fraction("clinic", 50, day(WEDNESDAY, THURSDAY, FRIDAY), needed=5)


def explained(instance):
    return explain(instance, plan(instance))


def left_out(*fractions, **more):
    instance = Instance(fractions, everywhere(fractions, more.pop("minutes", 20)), **more)
    return explained(instance).left_out


def test_post_says_what_each_gains():
    held = replace(CLINIC, holder=Holder("ana", least=70))

    assert explained(Instance((HOME, held), everywhere((HOME, held)))).posts == (
        PostReasons(
            parts=(
                PartGain("clinic", "employer of clinic", "site of clinic", 50, True, 20, 3),
                PartGain("home", "employer of home", "site of home", 40, False, 30, 2),
            ),
            fte=90,
            employers=2,
            days=5,
            days_on_the_road=0,
            longest_trip=20,
            person="ana",
        ),
    )


def test_post_counts_the_days_on_the_road():
    half = fraction("half", 50, frozenset(sorted(day(*range(5)))[::2]))
    other = fraction("other", 50, frozenset(sorted(day(*range(5)))[1::2]))

    (post,) = explained(Instance((half, other), everywhere((half, other)))).posts

    assert (post.days, post.days_on_the_road) == (5, 5)


@pytest.mark.parametrize(
    ("other", "why", "figure"),
    [
        (replace(CLINIC, start=NEW_YEAR + timedelta(120)), Why.START, 120),
        (replace(CLINIC, slots=day(MONDAY), needed=1), Why.CLASH, None),
        (replace(CLINIC, fte=30), Why.TOTAL, 70),
        (replace(CLINIC, fte=70), Why.TOTAL, 110),
    ],
)
def test_fraction_left_out_says_what_keeps_it_apart(other, why, figure):
    assert left_out(HOME, other) == (
        LeftOut("clinic", why, figure, ("home",)),
        LeftOut("home", why, figure, ("clinic",)),
    )


def test_fraction_left_out_for_want_of_neighbours():
    cook = replace(CLINIC, profession="cook")
    far = Instance((HOME, CLINIC), (Trip(HOME.site, CLINIC.site, 50),))

    assert left_out(HOME, cook)[1] == LeftOut("home", Why.ALONE, None, ())
    assert explained(far).left_out[1] == LeftOut("home", Why.FAR, 50, ("clinic",))
    assert explained(replace(far, trips=())).left_out[1] == LeftOut(
        "home", Why.FAR, None, ("clinic",)
    )


def test_fraction_left_out_since_it_was_refused_or_outbid():
    refused = frozenset({frozenset({"home", "clinic"})})
    better = fraction("better", 60, day(WEDNESDAY, THURSDAY, FRIDAY))

    assert left_out(HOME, CLINIC, refused=refused)[1] == LeftOut(
        "home", Why.REFUSED, None, ("clinic",)
    )
    assert left_out(HOME, CLINIC, better) == (LeftOut("clinic", Why.OUTBID, 1, ("home",)),)


def test_explain_refuses_what_makes_no_sense():
    with pytest.raises(InvalidInstance):
        explain(Instance((HOME, HOME)), plan(Instance(())))
