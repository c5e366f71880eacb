"""The directory: the offers that anybody reads, found by what they are, where and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from ancrage.kit.text import fold
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.services.calendars import Period, free_by_offer
from ancrage.welcome.services.hours import usual_hours

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfferSearch:
    """What is looked for; what is None or empty is not asked.

    `at` is a day from 0 (Monday) and minutes from midnight; `free_from` and `free_to` are both
    included.
    """

    text: str = ""
    kind: WelcomeKind | None = None
    commune: str = ""
    at: tuple[int, int] | None = None
    free_from: date | None = None
    free_to: date | None = None


@dataclass(frozen=True)
class FoundOffer:
    """An offer and what its calendar has left; None where places are not counted."""

    terms: WelcomeTerms
    free: tuple[Period, ...] | None


def search_offers(
    *, offers: QuerySet[WelcomeTerms], wanted: OfferSearch, today: date
) -> list[FoundOffer]:
    """Return the offers wanted, by kind then title. At most three queries."""
    rows = offers.select_related("resource__commune", "resource__partner")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.commune:
        rows = rows.filter(resource__commune__insee=wanted.commune)
    for word in fold(wanted.text).split():
        rows = rows.filter(resource__search__contains=word)
    kept = [
        terms
        for terms in rows.order_by("kind", "resource__title", "pk")
        if wanted.at is None or is_open_at(terms, *wanted.at, on=today)
    ]
    counted = [terms.resource_id for terms in kept if terms.has_places]
    free = free_by_offer(counted, since=today)
    found = [
        FoundOffer(terms, tuple(free.get(terms.resource_id, ())) if terms.has_places else None)
        for terms in kept
    ]
    if wanted.free_from is None:
        return found
    first, last = wanted.free_from, wanted.free_to or wanted.free_from
    return [one for one in found if one.free is None or is_free(one.free, first, last)]


def is_open_at(terms: WelcomeTerms, day: int, minute: int, *, on: date) -> bool:
    """Say whether an offer is open at that minute of an ordinary week; unknown hours are not."""
    if not terms.opening_hours:
        return False
    return any(
        day in days and any(begins <= minute < ends for begins, ends in spans)
        for days, spans in usual_hours(terms.opening_hours, on=on)
    )


def is_free(free: Sequence[Period], first: date, last: date) -> bool:
    """Say whether a place is free on each day from `first` to `last`. O(periods)."""
    reached = first
    for period in sorted(free):
        if period.starts_on > reached:
            return False
        if period.ends_on >= last:
            return True
        reached = max(reached, period.ends_on + _DAY)
    return False
