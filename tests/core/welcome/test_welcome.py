"""What answers a household, by example; then everything against the definitions."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.kleene import State
from ancrage.core.welcome import (
    Chain,
    Condition,
    Fit,
    Leg,
    Lift,
    Offer,
    Opening,
    Reach,
    Reason,
    Request,
    Sharing,
    Span,
    Topic,
    Way,
    answer,
    chain,
    find,
    hours_needed,
    hours_offered,
    minutes_in,
    share_hours,
    spans_of,
    ways_out,
)
from ancrage.core.welcome.weeks import ALL_HOURS
from tests.core.welcome.invented import (
    PLACES,
    TABLE,
    day,
    forget,
    forgetting,
    offers,
    requests,
    weeks,
)
from tests.core.welcome.oracle import best_chain, best_sharing, is_met

MORNING = tuple(Span(weekday, 6 * 60 + 45, 14 * 60 + 15) for weekday in range(5))
CRECHE = tuple(Span(weekday, 7 * 60 + 30, 18 * 60 + 30) for weekday in range(5))

ROOM = Offer(
    "room",
    themes=frozenset({"rent"}),
    openings=(Opening(date(2027, 5, 1), date(2027, 10, 31)),),
    place=PLACES["44131"],
    hours=ALL_HOURS,
    price=32_000,
    age_from=0,
    age_to=1_200,
)
STAY = Request(
    "stay",
    theme="rent",
    starts_on=date(2027, 5, 3),
    ends_on=date(2027, 10, 29),
    near=(PLACES["44154"],),
    reach=Reach(minutes=30),
    max_price=35_000,
)


def condition(request: Request, offer: Offer, topic: Topic) -> Condition:
    found = answer(request, offer, minutes=TABLE)
    return next(one for one in found.conditions if one.topic is topic)


def test_room_that_answers_all_is_met_with_its_journey():
    fit = answer(STAY, ROOM, minutes=TABLE)

    assert fit.state is State.MET
    assert (fit.minutes, fit.price, fit.missing) == (25, 32_000, frozenset())


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        (
            {"starts_on": date(2027, 4, 26)},
            {},
            Condition(
                Topic.DATES,
                State.MISSING,
                Reason.FREE_IN_PART,
                Lift.COME_BETWEEN,
                (date(2027, 5, 1), date(2027, 10, 29)),
            ),
        ),
        (
            {"places": 2},
            {},
            Condition(
                Topic.DATES,
                State.MISSING,
                Reason.TOO_FEW_PLACES,
                Lift.ASK_FOR_FEWER_PLACES,
                (1,),
            ),
        ),
        ({}, {"openings": ()}, Condition(Topic.DATES, State.MISSING, Reason.NOT_FREE)),
        (
            {"ends_on": None},
            {},
            Condition(
                Topic.DATES,
                State.TO_CHECK,
                Reason.DATES_UNKNOWN,
                Lift.ASK_THE_PERSON,
                ("ends_on",),
            ),
        ),
        (
            {"reach": Reach(minutes=20)},
            {},
            Condition(
                Topic.JOURNEY, State.MISSING, Reason.TOO_FAR, Lift.GO_FURTHER_MINUTES, (25,)
            ),
        ),
        (
            {},
            {"area": frozenset({"44126"})},
            Condition(Topic.AREA, State.MISSING, Reason.NOT_SERVED),
        ),
        (
            {"max_price": 30_000},
            {},
            Condition(Topic.PRICE, State.MISSING, Reason.TOO_DEAR, Lift.FUND, (2_000,)),
        ),
        (
            {"hours": hours_needed(MORNING)},
            {"hours": hours_offered(CRECHE)},
            Condition(
                Topic.HOURS,
                State.MISSING,
                Reason.HOURS_NOT_COVERED,
                Lift.COVER_ELSEWHERE,
                (5 * 45,),
            ),
        ),
        (
            {"people": 3},
            {"holds": 2},
            Condition(Topic.SIZE, State.MISSING, Reason.TOO_SMALL),
        ),
        (
            {"ages": (2, 30)},
            {"age_from": 3},
            Condition(Topic.AGE, State.MISSING, Reason.TOO_YOUNG),
        ),
    ],
)
def test_condition_not_met_says_why_and_what_would_lift_it(asked, offered, expected):
    found = condition(replace(STAY, **asked), replace(ROOM, **offered), expected.topic)

    assert found == expected


def test_fewer_places_are_told_for_the_days_asked_only():
    house = replace(
        ROOM,
        openings=(
            Opening(date(2027, 1, 1), date(2027, 4, 30), 3),
            Opening(date(2027, 5, 1), date(2027, 12, 31), 1),
        ),
    )

    found = condition(replace(STAY, places=2), house, Topic.DATES)

    assert (found.reason, found.values) == (Reason.TOO_FEW_PLACES, (1,))


def test_ways_out_name_the_fewest_conditions_that_would_have_to_give_way():
    dear = replace(ROOM, key="dear", price=60_000)
    dearer = replace(ROOM, key="dearer", price=90_000)
    far = replace(ROOM, key="far", place=PLACES["44126"])
    far_and_dear = replace(far, key="far-and-dear", price=60_000)

    stay = replace(STAY, near=(PLACES["44131"],))
    found = find(stay, [far_and_dear, far, dearer, dear], minutes=TABLE)

    assert found.fits == ()
    assert ways_out(found.blocked) == [
        Way(frozenset({Topic.PRICE}), ("dear", "dearer")),
        Way(frozenset({Topic.JOURNEY}), ("far",)),
    ]


def test_find_puts_what_is_sure_before_what_is_to_check_and_leaves_other_themes_out():
    unknown = replace(ROOM, key="a-unknown-price", price=None)
    nearer = replace(ROOM, key="nearer", place=PLACES["44154"])
    other = replace(ROOM, key="other", themes=frozenset({"care"}))

    found = find(STAY, [unknown, other, ROOM, nearer], minutes=TABLE)

    assert [fit.offer for fit in found.fits] == ["nearer", "room", "a-unknown-price"]
    assert found.blocked == ()


def test_chain_moves_as_little_as_possible_then_pays_as_little_as_possible():
    spring = Offer("spring", frozenset({"rent"}), (Opening(day(0), day(6)),), price=30_000)
    summer = Offer("summer", frozenset({"rent"}), (Opening(day(4), day(9)),), price=60_000)
    night = Offer("night", frozenset({"rent"}), (Opening(day(7), day(7)),), price=0)
    stay = Request("stay", "rent", day(0), day(9))

    assert chain(stay, [night, summer, spring]) == Chain(
        (Leg("spring", day(0), day(6)), Leg("summer", day(7), day(9))), 7_000 + 6_000
    )
    assert chain(stay, [spring, night]) is None


def test_chain_refuses_a_stay_without_end():
    with pytest.raises(ValueError, match="without a first or a last day"):
        chain(Request("stay", "rent", day(0), None), [])


def test_hours_of_an_early_shift_are_shared_between_two_places():
    creche = Offer("creche", frozenset({"care"}), hours=hours_offered(CRECHE), price=20_000)
    home = Offer(
        "at-home",
        frozenset({"care"}),
        hours=hours_offered(Span(weekday, 6 * 60, 8 * 60) for weekday in range(5)),
        price=9_000,
    )

    needed = hours_needed(MORNING, before=20, after=20)

    assert share_hours(needed, [creche]) is None
    assert share_hours(needed, [creche, home]) == Sharing(("at-home", "creche"), 29_000)
    assert share_hours(needed, [creche, replace(home, price=None)]) == Sharing(
        ("at-home", "creche"), None
    )


def test_night_of_sunday_comes_back_to_monday():
    night = hours_needed([Span(6, 20 * 60 + 45, 30 * 60 + 45)])

    assert minutes_in(night) == 600
    assert spans_of(night) == [Span(0, 0, 6 * 60 + 45), Span(6, 20 * 60 + 45, 24 * 60)]


def test_hours_round_against_the_partner_and_for_the_household():
    span = Span(0, 7 * 60 + 2, 8 * 60 + 2)

    assert spans_of(hours_needed([span])) == [Span(0, 420, 485)]
    assert spans_of(hours_offered([span])) == [Span(0, 425, 480)]
    halves = [Span(0, 420, 423), Span(0, 423, 425)]
    assert spans_of(hours_offered(halves)) == [Span(0, 420, 425)]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Span(7, 0, 60), "a day is not between"),
        (lambda: Span(0, 60, 60), "do not end after they begin"),
        (lambda: Request("r", "t", day(2), day(1)), "ends before it begins"),
        (lambda: Request("r", "t", places=0), "asks for no place"),
        (lambda: Opening(day(2), day(1)), "ends before it begins"),
        (lambda: Opening(day(1), day(1), 0), "holds no place"),
        (
            lambda: Offer("o", frozenset(), (Opening(day(0), day(2)), Opening(day(2), day(3)))),
            "overlap",
        ),
        (lambda: hours_needed([], before=-1), "a margin is negative"),
        (lambda: share_hours(1, [], at_most=4), "between one and three"),
    ],
)
def test_facts_that_contradict_themselves_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()


@given(requests(), offers(), forgetting())
def test_answer_is_the_definition_and_forgetting_never_turns_it_round(request, offer, forgotten):
    """A settled answer is that of the full facts; what is missing stays so when more is known."""
    asked, offered = forgotten
    full = answer(request, offer, minutes=TABLE)
    partial = answer(forget(request, asked), forget(offer, offered), minutes=TABLE)

    for known, guessed in zip(full.conditions, partial.conditions, strict=True):
        truth = State.MET if is_met(known.topic, request, offer) else State.MISSING
        assert known.state is truth, known
        assert guessed.state in (truth, State.TO_CHECK), guessed
        if guessed.state is State.MET:
            assert (guessed.lift, guessed.values) == (None, ())


@given(requests(), st.lists(offers(), min_size=1, max_size=4))
def test_find_does_not_depend_on_the_order_of_the_offers(request, drawn):
    named = [replace(offer, key=f"offer-{number}") for number, offer in enumerate(drawn)]

    found = find(request, named, minutes=TABLE)

    assert found == find(request, reversed(named), minutes=TABLE)
    assert {fit.offer for fit in (*found.fits, *found.blocked)} == {
        offer.key for offer in named if request.theme in offer.themes
    }


@given(requests(), st.lists(offers(), min_size=1, max_size=4))
def test_ways_out_open_what_they_say_and_nothing_smaller_does(request, drawn):
    named = [replace(offer, key=f"offer-{number}") for number, offer in enumerate(drawn)]
    blocked = find(request, named, minutes=TABLE).blocked
    ways = ways_out(blocked)

    missing = {fit.offer: fit.missing for fit in blocked}
    for way in ways:
        assert [key for key in sorted(missing) if missing[key] == way.topics] == list(way.offers)
        assert not any(other < way.topics for other in missing.values())
    for topics in missing.values():
        assert any(way.topics <= topics for way in ways)


@given(requests(), st.lists(offers(), max_size=3))
def test_chain_is_the_best_of_all_ways_to_spend_the_days(request, drawn):
    named = [replace(offer, key=f"offer-{number}") for number, offer in enumerate(drawn)]

    found = chain(request, named)

    best = best_chain(request, named)
    assert (found is None) == (best is None)
    if found and best:
        prices = {offer.key: offer.price for offer in named}
        rent = sum(
            ((leg.ends_on - leg.starts_on).days + 1) * prices[leg.offer] for leg in found.legs
        )
        assert (len(found.legs), rent) == best
        assert found.rent == round(rent / 30)
        assert found == chain(request, reversed(named))


@given(weeks, st.lists(offers(), max_size=5), st.integers(1, 3))
def test_sharing_is_the_best_of_all_choices(hours, drawn, at_most):
    named = [replace(offer, key=f"offer-{number}") for number, offer in enumerate(drawn)]

    found = share_hours(hours, named, at_most=at_most)

    assert (found and (len(found.offers), found.price)) == best_sharing(hours, named, at_most)
    assert found == share_hours(hours, reversed(named), at_most=at_most)


@given(weeks)
def test_spans_tell_the_hours_they_come_from(week):
    assert hours_offered(spans_of(week)) == week
    assert minutes_in(week) == sum(span.ends - span.begins for span in spans_of(week))


def test_fit_tells_what_stands_in_the_way():
    fit = Fit(
        "offer",
        (
            Condition(Topic.THEME, State.MET, Reason.SAME_THEME),
            Condition(Topic.PRICE, State.MISSING, Reason.TOO_DEAR, Lift.FUND, (1,)),
        ),
        None,
        None,
    )

    assert fit.missing == frozenset({Topic.PRICE})
