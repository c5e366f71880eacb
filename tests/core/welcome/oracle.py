"""The definition of each condition, day by day and minute by minute, sharing nothing with it."""

from datetime import date, timedelta
from itertools import combinations, pairwise, product

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.welcome import Offer, Request, Topic, Week
from tests.core.welcome.invented import TABLE


def places_on(offer: Offer, on: date) -> int:
    return sum(
        opening.places
        for opening in offer.openings or ()
        if opening.starts_on <= on <= opening.ends_on
    )


def days_of(request: Request) -> list[date]:
    assert request.starts_on
    assert request.ends_on
    count = (request.ends_on - request.starts_on).days + 1
    return [request.starts_on + timedelta(days=number) for number in range(count)]


def is_near(request: Request, offer: Offer) -> bool:
    for place in request.near or ():
        assert offer.place
        assert request.reach
        if place.commune == offer.place.commune:
            return True
        km = haversine_km(
            place.latitude, place.longitude, offer.place.latitude, offer.place.longitude
        )
        within = [
            request.reach.minutes is None
            or TABLE[place.commune, offer.place.commune] <= request.reach.minutes,
            request.reach.km is None or km <= request.reach.km,
        ]
        if all(within):
            return True
    return False


def is_met(topic: Topic, request: Request, offer: Offer) -> bool:
    """Tell whether a condition holds when everything is known."""
    match topic:
        case Topic.THEME:
            return request.theme in offer.themes
        case Topic.DATES:
            return all(places_on(offer, on) >= request.places for on in days_of(request))
        case Topic.AREA:
            near = {place.commune for place in request.near or ()}
            return not offer.area or bool(near & offer.area)
        case Topic.JOURNEY:
            return offer.comes_to_you or is_near(request, offer)
        case Topic.HOURS:
            return all(
                offer.hours >> slot & 1 for slot in range(2016) if request.hours >> slot & 1
            )
        case Topic.PRICE:
            return offer.price <= request.max_price
        case Topic.SIZE:
            return request.people <= offer.holds
        case Topic.AGE:
            return all(offer.age_from <= age <= offer.age_to for age in request.ages)


def best_chain(request: Request, offers: list[Offer]) -> tuple[int, int] | None:
    """Return the fewest legs, then the least rent (days × price), trying a dwelling each day."""
    tried = []
    free = [
        [offer for offer in offers if places_on(offer, on) >= request.places]
        for on in days_of(request)
    ]
    for nights in product(*free):
        legs = 1 + sum(one.key != other.key for one, other in pairwise(nights))
        tried.append((legs, sum(offer.price for offer in nights)))
    return min(tried, default=None)


def best_sharing(hours: Week, offers: list[Offer], at_most: int) -> tuple[int, int] | None:
    """Return the fewest places that cover hours, then their least price, trying all of them."""
    for count in range(at_most + 1):
        prices = []
        for chosen in combinations(offers, count):
            covered = 0
            for offer in chosen:
                covered |= offer.hours
            if hours & ~covered == 0:
                prices.append(sum(offer.price for offer in chosen))
        if prices:
            return count, min(prices)
    return None
