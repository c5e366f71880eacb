"""Which offers of a territory answer a project, and if none, why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from ancrage.core.welcome import (
    Chain,
    Found,
    Offer,
    Opening,
    Place,
    Reach,
    Request,
    Sharing,
    Span,
    Topic,
    Way,
    Week,
    chain,
    find,
    hours_needed,
    share_hours,
    ways_out,
)
from ancrage.core.welcome.facts import ANY_PRICE, NEVER
from ancrage.core.welcome.weeks import ALL_HOURS
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.territory.models import Commune, Territory
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import LifeProject, WelcomeTerms
from ancrage.welcome.services.calendars import Period, free_by_offer
from ancrage.welcome.services.hours import open_in_week

_WEEK = timedelta(days=7)
_FARTHEST_WEEKS = 53
# To bring a child before the shift, and to come back after it.
_WAY_MINUTES = 15
_ANY_NUMBER = 1_000


@dataclass(frozen=True)
class Answers:
    """What a territory answers to one need of a project."""

    kind: WelcomeKind
    request: Request
    found: Found
    offers: Mapping[str, Resource]
    ways_out: list[Way]
    chain: Chain | None
    sharing: Sharing | None


@dataclass(frozen=True)
class Shelf:
    """The published offers of a territory, by what they are for, and what is left of each."""

    terms: Mapping[WelcomeKind, list[WelcomeTerms]]
    free: Mapping[int, list[Period]]
    today: date


def shelf_of(
    *, territory: Territory, kinds: Collection[WelcomeKind] = tuple(WelcomeKind), now: datetime
) -> Shelf:
    """Read the published offers once, to judge them for many needs. Three queries."""
    today = timezone.localdate(now)
    terms: dict[WelcomeKind, list[WelcomeTerms]] = {kind: [] for kind in kinds}
    for one in _published(territory, kinds):
        terms[WelcomeKind(one.kind)].append(one)
    counted = [one.resource_id for rows in terms.values() for one in rows if one.has_places]
    return Shelf(terms, free_by_offer(counted, since=today), today)


def answers_for(
    *, project: LifeProject, kind: WelcomeKind, territory: Territory, now: datetime
) -> Answers:
    """Judge every published offer of the territory for one need of a project. Three queries."""
    return answers_on(
        shelf=shelf_of(territory=territory, kinds=[kind], now=now), project=project, kind=kind
    )


def answers_on(*, shelf: Shelf, project: LifeProject, kind: WelcomeKind) -> Answers:
    """Judge the offers of a shelf for one need of a project, without a query."""
    request, terms = request_of(project, kind), shelf.terms[kind]
    offers = [
        offer_of(one, request=request, free=shelf.free.get(one.resource_id), today=shelf.today)
        for one in terms
    ]
    # No travel times are loaded yet: kilometres rule out, minutes are to be checked.
    found = find(request, offers, minutes={})
    return Answers(
        kind=kind,
        request=request,
        found=found,
        offers={str(one.resource_id): one.resource for one in terms},
        ways_out=ways_out(found.blocked) if not found.fits else [],
        chain=_chained(request, offers, found) if kind == WelcomeKind.HOUSING else None,
        sharing=_shared(request, offers, found) if kind == WelcomeKind.CHILDCARE else None,
    )


def request_of(project: LifeProject, kind: WelcomeKind) -> Request:
    """Say one need of a project as the core reads it."""
    is_childcare = kind == WelcomeKind.CHILDCARE
    return Request(
        key=str(project.pk),
        theme=kind,
        starts_on=project.arrives_on,
        ends_on=project.leaves_on,
        places=max(1, len(project.child_ages)) if is_childcare else 1,
        people=project.adults + len(project.child_ages) if kind == WelcomeKind.HOUSING else 1,
        near=(_place(project.workplace),) if project.workplace else None,
        reach=Reach(minutes=project.max_minutes) if project.max_minutes else None,
        hours=_needed(project) if is_childcare else 0,
        max_price=project.max_price_cents if kind == WelcomeKind.HOUSING else ANY_PRICE,
        ages=tuple(project.child_ages) if is_childcare else (),
    )


def offer_of(
    terms: WelcomeTerms, *, request: Request, free: list[Period] | None, today: date
) -> Offer:
    """Say the terms of an offer as the core reads them; `free` is what its calendar has left.

    Without a calendar, counted places are to be asked about.
    """
    resource = terms.resource
    return Offer(
        key=str(resource.pk),
        themes=frozenset({terms.kind}),
        openings=_openings(terms, free, today),
        area=frozenset(terms.area),
        place=_place(resource.commune),
        comes_to_you=terms.comes_to_you,
        hours=_offered(terms, request),
        price=terms.price_cents,
        holds=terms.holds,
        age_from=terms.age_from_months,
        age_to=terms.age_to_months,
    )


def _published(territory: Territory, kinds: Collection[WelcomeKind]) -> QuerySet[WelcomeTerms]:
    rows = WelcomeTerms.objects.filter(
        kind__in=sorted(kinds),
        resource__status=ResourceStatus.PUBLISHED,
        resource__partner__territory=territory,
        resource__partner__left_at__isnull=True,
    )
    return rows.select_related("resource__commune", "resource__partner").order_by("pk")


def _openings(
    terms: WelcomeTerms, free: list[Period] | None, today: date
) -> tuple[Opening, ...] | None:
    if not terms.has_places:
        return (Opening(today, NEVER, _ANY_NUMBER),)
    if free is None:
        return None
    return tuple(Opening(one.starts_on, one.ends_on, one.places) for one in free)


def _place(commune: Commune) -> Place:
    return Place(commune.insee, commune.latitude, commune.longitude)


def _needed(project: LifeProject) -> Week | None:
    if not project.shifts:
        return None
    spans = [Span(*shift) for shift in project.shifts]
    return hours_needed(spans, before=_WAY_MINUTES, after=_WAY_MINUTES)


def _offered(terms: WelcomeTerms, request: Request) -> Week | None:
    """What is open in every week of the stay: a place closed in August is not there all along."""
    if terms.kind != WelcomeKind.CHILDCARE:
        return ALL_HOURS
    if not terms.opening_hours:
        return None
    if request.starts_on is None:
        return None
    monday = request.starts_on - timedelta(days=request.starts_on.weekday())
    last = request.ends_on or request.starts_on
    offered = ALL_HOURS
    for _number in range(_FARTHEST_WEEKS):
        offered &= open_in_week(terms.opening_hours, monday)
        monday += _WEEK
        if monday > last:
            break
    return offered


def _chained(request: Request, offers: list[Offer], found: Found) -> Chain | None:
    """Cut the stay over dwellings that only their dates rule out."""
    if found.fits or request.starts_on is None or request.ends_on is None:
        return None
    suited = {fit.offer for fit in found.blocked if fit.missing <= {Topic.DATES}}
    return chain(request, [offer for offer in offers if offer.key in suited])


def _shared(request: Request, offers: list[Offer], found: Found) -> Sharing | None:
    """Share the hours between places that only their hours rule out."""
    if found.fits or not request.hours:
        return None
    suited = {fit.offer for fit in found.blocked if fit.missing <= {Topic.HOURS}}
    return share_hours(request.hours, [offer for offer in offers if offer.key in suited])
