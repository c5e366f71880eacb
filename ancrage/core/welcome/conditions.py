"""The conditions of an offer, one question each, answered met / missing / to check.

The logic is Kleene's: « to check » until a fact says otherwise; a fact learnt settles an answer
and never unsettles one.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import NamedTuple

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.kleene import State
from ancrage.core.welcome.facts import Offer, Place, Reach, Request, free_runs
from ancrage.core.welcome.weeks import minutes_in

FASTEST_KMH = 130
"""Nobody travels faster, as the crow flies: kilometres alone can rule a journey out."""

Minutes = Mapping[tuple[str, str], int]
"""Travel times in minutes, from a commune to another."""


class Topic(Enum):
    """The conditions, in the order in which they are shown."""

    THEME = "theme"
    DATES = "dates"
    AREA = "area"
    JOURNEY = "journey"
    HOURS = "hours"
    PRICE = "price"
    SIZE = "size"
    AGE = "age"


class Reason(Enum):
    """Why a condition has its answer."""

    NOTHING_ASKED = "nothing_asked"
    SAME_THEME = "same_theme"
    OTHER_THEME = "other_theme"
    FREE = "free"
    DATES_UNKNOWN = "dates_unknown"
    CALENDAR_UNKNOWN = "calendar_unknown"
    NOT_FREE = "not_free"
    FREE_IN_PART = "free_in_part"
    TOO_FEW_PLACES = "too_few_places"
    SERVED = "served"
    AREA_UNKNOWN = "area_unknown"
    NOT_SERVED = "not_served"
    WITHIN_REACH = "within_reach"
    REACH_UNKNOWN = "reach_unknown"
    DISTANCE_UNKNOWN = "distance_unknown"
    TOO_FAR = "too_far"
    HOURS_COVERED = "hours_covered"
    HOURS_UNKNOWN = "hours_unknown"
    OPENING_HOURS_UNKNOWN = "opening_hours_unknown"
    HOURS_NOT_COVERED = "hours_not_covered"
    AFFORDABLE = "affordable"
    BUDGET_UNKNOWN = "budget_unknown"
    PRICE_UNKNOWN = "price_unknown"
    TOO_DEAR = "too_dear"
    LARGE_ENOUGH = "large_enough"
    SIZE_UNKNOWN = "size_unknown"
    TOO_SMALL = "too_small"
    AGE_WELCOME = "age_welcome"
    AGES_UNKNOWN = "ages_unknown"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"


class Lift(Enum):
    """What would lift a condition that blocks, or settle one to check. Values in brackets."""

    ASK_THE_PERSON = "ask_the_person"  # (fact)
    ASK_THE_PARTNER = "ask_the_partner"  # (fact)
    COME_BETWEEN = "come_between"  # (first day, last day)
    ASK_FOR_FEWER_PLACES = "ask_for_fewer_places"  # (places)
    GO_FURTHER_MINUTES = "go_further_minutes"  # (minutes)
    GO_FURTHER_KM = "go_further_km"  # (kilometres)
    COVER_ELSEWHERE = "cover_elsewhere"  # (minutes a week)
    FUND = "fund"  # (cents a month)


class Condition(NamedTuple):
    """The answer of one topic; without a lift when it is met or nothing would lift it."""

    topic: Topic
    state: State
    reason: Reason
    lift: Lift | None = None
    values: tuple[str | int | date, ...] = ()


class Fit(NamedTuple):
    """What an offer answers to a request, topic by topic; `minutes` of travel where known."""

    offer: str
    conditions: tuple[Condition, ...]
    minutes: int | None
    price: int | None

    @property
    def state(self) -> State:
        """The worst of the answers."""
        return max(condition.state for condition in self.conditions)

    @property
    def missing(self) -> frozenset[Topic]:
        """The topics that stand in the way."""
        return frozenset(c.topic for c in self.conditions if c.state is State.MISSING)


def answer(request: Request, offer: Offer, *, minutes: Minutes) -> Fit:
    """Put an offer through the conditions of a request. O(openings + places one comes from)."""
    journeys = list(_journeys(request, offer, minutes))
    known = [time for time, _km in journeys if time is not None]
    return Fit(
        offer.key,
        (
            _theme(request, offer),
            _dates(request, offer),
            _area(request, offer),
            _journey(request, offer, journeys),
            _hours(request, offer),
            _price(request, offer),
            _size(request, offer),
            _age(request, offer),
        ),
        min(known, default=None),
        offer.price,
    )


def _met(topic: Topic, reason: Reason) -> Condition:
    return Condition(topic, State.MET, reason)


def _ask(topic: Topic, reason: Reason, lift: Lift, fact: str) -> Condition:
    return Condition(topic, State.TO_CHECK, reason, lift, (fact,))


def _theme(request: Request, offer: Offer) -> Condition:
    if request.theme in offer.themes:
        return _met(Topic.THEME, Reason.SAME_THEME)
    return Condition(Topic.THEME, State.MISSING, Reason.OTHER_THEME)


def _dates(request: Request, offer: Offer) -> Condition:
    starts_on, ends_on = request.starts_on, request.ends_on
    if offer.openings is None:
        return _ask(Topic.DATES, Reason.CALENDAR_UNKNOWN, Lift.ASK_THE_PARTNER, "openings")
    runs = free_runs(offer.openings, request.places)
    if not runs:
        most = max((opening.places for opening in offer.openings), default=0)
        if most == 0:
            return Condition(Topic.DATES, State.MISSING, Reason.NOT_FREE)
        return _too_few(most)
    if starts_on is None or ends_on is None:
        first = starts_on or ends_on
        if first is not None and not any(one <= first <= last for one, last in runs):
            return Condition(Topic.DATES, State.MISSING, Reason.NOT_FREE)
        fact = "ends_on" if starts_on else "starts_on"
        return _ask(Topic.DATES, Reason.DATES_UNKNOWN, Lift.ASK_THE_PERSON, fact)
    if any(one <= starts_on and ends_on <= last for one, last in runs):
        return _met(Topic.DATES, Reason.FREE)
    parts = [
        (max(one, starts_on), min(last, ends_on))
        for one, last in runs
        if one <= ends_on and starts_on <= last
    ]
    if not parts:
        fewer = _most_places_on(offer, starts_on, ends_on)
        if fewer:
            return _too_few(fewer)
        return Condition(Topic.DATES, State.MISSING, Reason.NOT_FREE)
    best = max(parts, key=lambda part: (part[1] - part[0], -part[0].toordinal()))
    return Condition(Topic.DATES, State.MISSING, Reason.FREE_IN_PART, Lift.COME_BETWEEN, best)


def _too_few(places: int) -> Condition:
    return Condition(
        Topic.DATES,
        State.MISSING,
        Reason.TOO_FEW_PLACES,
        Lift.ASK_FOR_FEWER_PLACES,
        (places,),
    )


def _most_places_on(offer: Offer, starts_on: date, ends_on: date) -> int:
    """The most places that would be free on all the days asked, 0 if there is no such number."""
    openings = offer.openings or ()
    for places in sorted({opening.places for opening in openings}, reverse=True):
        runs = free_runs(openings, places)
        if any(one <= starts_on and ends_on <= last for one, last in runs):
            return places
    return 0


def _area(request: Request, offer: Offer) -> Condition:
    if offer.area is None:
        return _ask(Topic.AREA, Reason.AREA_UNKNOWN, Lift.ASK_THE_PARTNER, "area")
    if not offer.area:
        return _met(Topic.AREA, Reason.SERVED)
    if request.near is None:
        return _ask(Topic.AREA, Reason.AREA_UNKNOWN, Lift.ASK_THE_PERSON, "near")
    if any(place.commune in offer.area for place in request.near):
        return _met(Topic.AREA, Reason.SERVED)
    return Condition(Topic.AREA, State.MISSING, Reason.NOT_SERVED)


def _journeys(
    request: Request, offer: Offer, minutes: Minutes
) -> Iterator[tuple[int | None, float | None]]:
    if offer.place is None:
        return
    for place in request.near or ():
        if place.commune and place.commune == offer.place.commune:
            yield 0, 0.0
            continue
        there = minutes.get((place.commune, offer.place.commune))
        yield there, _km(place, offer.place)


def _km(one: Place, other: Place) -> float | None:
    if (
        one.latitude is None
        or one.longitude is None
        or other.latitude is None
        or other.longitude is None
    ):
        return None
    return haversine_km(one.latitude, one.longitude, other.latitude, other.longitude)


def _journey(
    request: Request, offer: Offer, journeys: list[tuple[int | None, float | None]]
) -> Condition:
    topic = Topic.JOURNEY
    if offer.comes_to_you or request.reach == Reach():
        return _met(topic, Reason.NOTHING_ASKED)
    if offer.place is None:
        return _ask(topic, Reason.DISTANCE_UNKNOWN, Lift.ASK_THE_PARTNER, "place")
    if not journeys:
        return _ask(topic, Reason.DISTANCE_UNKNOWN, Lift.ASK_THE_PERSON, "near")
    if request.reach is None:
        return _ask(topic, Reason.REACH_UNKNOWN, Lift.ASK_THE_PERSON, "reach")
    answers = [_reach(request.reach, time, km) for time, km in journeys]
    return min(answers, key=lambda one: (one.state, one.values))


def _reach(reach: Reach, time: int | None, km: float | None) -> Condition:
    if reach.minutes is not None:
        least = math.ceil((km or 0) * 60 / FASTEST_KMH) if time is None else time
        if least > reach.minutes:
            return _too_far(Lift.GO_FURTHER_MINUTES, least)
    if reach.km is not None and km is not None and km > reach.km:
        return _too_far(Lift.GO_FURTHER_KM, math.ceil(km))
    is_known = (reach.minutes is None or time is not None) and (reach.km is None or km is not None)
    if is_known:
        return _met(Topic.JOURNEY, Reason.WITHIN_REACH)
    return _ask(Topic.JOURNEY, Reason.DISTANCE_UNKNOWN, Lift.ASK_THE_PARTNER, "journey")


def _too_far(lift: Lift, least: int) -> Condition:
    return Condition(Topic.JOURNEY, State.MISSING, Reason.TOO_FAR, lift, (least,))


def _hours(request: Request, offer: Offer) -> Condition:
    topic = Topic.HOURS
    if request.hours == 0:
        return _met(topic, Reason.NOTHING_ASKED)
    if offer.hours is None:
        return _ask(topic, Reason.OPENING_HOURS_UNKNOWN, Lift.ASK_THE_PARTNER, "hours")
    if request.hours is None:
        return _ask(topic, Reason.HOURS_UNKNOWN, Lift.ASK_THE_PERSON, "hours")
    uncovered = request.hours & ~offer.hours
    if not uncovered:
        return _met(topic, Reason.HOURS_COVERED)
    return Condition(
        topic,
        State.MISSING,
        Reason.HOURS_NOT_COVERED,
        Lift.COVER_ELSEWHERE,
        (minutes_in(uncovered),),
    )


def _price(request: Request, offer: Offer) -> Condition:
    topic = Topic.PRICE
    if offer.price == 0:
        return _met(topic, Reason.AFFORDABLE)
    if offer.price is None:
        return _ask(topic, Reason.PRICE_UNKNOWN, Lift.ASK_THE_PARTNER, "price")
    if request.max_price is None:
        return _ask(topic, Reason.BUDGET_UNKNOWN, Lift.ASK_THE_PERSON, "max_price")
    if offer.price <= request.max_price:
        return _met(topic, Reason.AFFORDABLE)
    beyond = offer.price - request.max_price
    return Condition(topic, State.MISSING, Reason.TOO_DEAR, Lift.FUND, (beyond,))


def _size(request: Request, offer: Offer) -> Condition:
    topic = Topic.SIZE
    if request.people == 1:
        return _met(topic, Reason.NOTHING_ASKED)
    if offer.holds is None:
        return _ask(topic, Reason.SIZE_UNKNOWN, Lift.ASK_THE_PARTNER, "holds")
    if request.people <= offer.holds:
        return _met(topic, Reason.LARGE_ENOUGH)
    return Condition(topic, State.MISSING, Reason.TOO_SMALL)


def _age(request: Request, offer: Offer) -> Condition:
    topic = Topic.AGE
    if not request.ages:
        return _met(topic, Reason.NOTHING_ASKED)
    if offer.age_from is not None and min(request.ages) < offer.age_from:
        return Condition(topic, State.MISSING, Reason.TOO_YOUNG)
    if offer.age_to is not None and max(request.ages) > offer.age_to:
        return Condition(topic, State.MISSING, Reason.TOO_OLD)
    if offer.age_from is None or offer.age_to is None:
        return _ask(topic, Reason.AGES_UNKNOWN, Lift.ASK_THE_PARTNER, "ages")
    return _met(topic, Reason.AGE_WELCOME)
