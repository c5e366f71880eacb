"""The terms of an offer and its calendar: what is open, what is taken, what is left."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import differences, record
from ancrage.resources.models import Resource
from ancrage.welcome.enums import WelcomeEvent, WelcomeKind
from ancrage.welcome.models import Availability, TakenDay, WelcomeTerms
from ancrage.welcome.models.terms import MAX_PLACES
from ancrage.welcome.reference import THEMES_BY_KIND
from ancrage.welcome.services.errors import CalendarChangedMeanwhile, CutsGrantedDays
from ancrage.welcome.validators import YEARS_AHEAD, validate_terms

_DAY = timedelta(days=1)


class TermsFacts(TypedDict, total=False):
    """What the terms say. Prices are cents a month, ages are months."""

    kind: WelcomeKind
    themes: list[str]
    address: str
    comes_to_you: bool
    area: list[str]
    price_cents: int | None
    price_note: str
    opening_hours: str
    age_from_months: int | None
    age_to_months: int | None
    holds: int | None
    has_places: bool


@dataclass(frozen=True, order=True)
class Period:
    """Places open from one day to another, both included."""

    starts_on: date
    ends_on: date
    places: int = 1


@transaction.atomic
def set_terms(
    *, resource: Resource, by: Any, now: datetime, **facts: Unpack[TermsFacts]
) -> WelcomeTerms:
    """Write on what terms a resource welcomes somebody; what is not given stays as it is.

    Without themes, the usual one of its kind. Raises ValidationError, by field.
    """
    terms = WelcomeTerms.objects.filter(resource=resource).first()
    if terms is None:
        terms = WelcomeTerms(resource=resource, kind=facts.get("kind", ""), updated_at=now)
    names = tuple(TermsFacts.__annotations__)
    before = {name: getattr(terms, name) for name in names}
    after = {**before, **facts}
    if not after["themes"] and after["kind"] in THEMES_BY_KIND:
        after["themes"] = [THEMES_BY_KIND[after["kind"]][0]]
    validate_terms(after)
    for name, value in after.items():
        setattr(terms, name, value)
    terms.updated_at = now
    terms.save()
    record(
        action=WelcomeEvent.TERMS_SET,
        target=resource,
        by=by,
        now=now,
        scope=f"partner:{resource.partner_id}",
        changes=differences(before, after),
    )
    return terms


@transaction.atomic
def set_calendar(
    *,
    terms: WelcomeTerms,
    periods: Sequence[Period],
    revision: int,
    by: Any,
    now: datetime,
) -> None:
    """Replace the calendar read at `revision` by these periods; what is taken must stay inside.

    Raises ValidationError (the reasons by number of the period, from 0), CutsGrantedDays,
    CalendarChangedMeanwhile.
    """
    check_periods(periods, on=timezone.localdate(now))
    _hold_calendar(terms, revision)
    for on, taken in taken_by_day(terms.resource_id):
        if taken > places_on(periods, on):
            raise CutsGrantedDays(on)
    before = [_written(row) for row in _periods_of(terms.resource_id)]
    Availability.objects.filter(resource=terms.resource_id).delete()
    Availability.objects.bulk_create(
        Availability(
            resource_id=terms.resource_id,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            places=period.places,
        )
        for period in sorted(periods)
    )
    record(
        action=WelcomeEvent.CALENDAR_SET,
        target=terms.resource,
        by=by,
        now=now,
        scope=f"partner:{terms.resource.partner_id}",
        changes={"calendar": ["; ".join(before), "; ".join(map(_written, sorted(periods)))]},
    )


def check_periods(periods: Sequence[Period], *, on: date) -> None:
    """Refuse periods that cannot stand; the reasons are given by their number, from 0."""
    reasons: dict[str, Any] = {}
    horizon = on.replace(year=on.year + YEARS_AHEAD, day=min(on.day, 28))
    for number, period in enumerate(periods):
        if period.ends_on < period.starts_on:
            reasons[str(number)] = _("La fin ne peut pas précéder le début.")
        elif not 1 <= period.places <= MAX_PLACES:
            reasons[str(number)] = _("Le nombre de places va de 1 à 500.")
        elif period.ends_on > horizon:
            reasons[str(number)] = _("Un calendrier s’ouvre trois ans à l’avance au plus.")
    ordered = sorted(enumerate(periods), key=lambda numbered: numbered[1])
    for (_one, first), (number, second) in pairwise(ordered):
        if second.starts_on <= first.ends_on and str(number) not in reasons:
            reasons[str(number)] = _("Cette période en recouvre une autre : changez ses dates.")
    if reasons:
        raise ValidationError(reasons)


def _hold_calendar(terms: WelcomeTerms, revision: int) -> None:
    held = WelcomeTerms.objects.filter(pk=terms.pk, calendar_revision=revision)
    if not held.update(calendar_revision=F("calendar_revision") + 1):
        raise CalendarChangedMeanwhile
    terms.calendar_revision = revision + 1


def taken_by_day(resource: int, *, since: date | None = None) -> list[tuple[date, int]]:
    """Return the days on which places are given, and how many, in order."""
    taken = TakenDay.objects.filter(resource=resource)
    if since is not None:
        taken = taken.filter(on__gte=since)
    return list(
        taken.order_by("on")
        .values_list("on")
        .annotate(count=Count("pk"))
        .values_list("on", "count")
    )


def places_on(periods: Iterable[Period], on: date) -> int:
    """Return how many places are open on a day."""
    return sum(period.places for period in periods if period.starts_on <= on <= period.ends_on)


def free_periods(
    periods: Iterable[Period], taken: Iterable[tuple[date, int]], *, since: date
) -> list[Period]:
    """Return what is left from a day on: the periods, cut where places are given.

    O(periods + days taken).
    """
    given = dict(taken)
    left: list[Period] = []
    for period in sorted(periods):
        first = max(period.starts_on, since)
        cuts = sorted(on for on in given if first <= on <= period.ends_on)
        for on in cuts:
            if first < on:
                _join(left, Period(first, on - _DAY, period.places))
            _join(left, Period(on, on, period.places - given[on]))
            first = on + _DAY
        if first <= period.ends_on:
            _join(left, Period(first, period.ends_on, period.places))
    return left


def _join(left: list[Period], period: Period) -> None:
    if period.places <= 0:
        return
    if left and left[-1].ends_on + _DAY == period.starts_on and left[-1].places == period.places:
        left[-1] = Period(left[-1].starts_on, period.ends_on, period.places)
    else:
        left.append(period)


def calendar_of(terms: WelcomeTerms) -> list[Period]:
    """Return the periods of an offer, in order."""
    return _periods_of(terms.resource_id)


def free_by_offer(resources: Collection[int], *, since: date) -> dict[int, list[Period]]:
    """Return what is left of the calendars of offers from a day on. Two queries."""
    periods: dict[int, list[Period]] = {}
    rows = Availability.objects.filter(resource__in=resources, ends_on__gte=since)
    for row in rows.order_by("starts_on"):
        period = Period(row.starts_on, row.ends_on, row.places)
        periods.setdefault(row.resource_id, []).append(period)
    taken: dict[int, list[tuple[date, int]]] = {}
    days = TakenDay.objects.filter(resource__in=periods, on__gte=since).order_by()
    for resource, on, count in days.values_list("resource", "on").annotate(count=Count("pk")):
        taken.setdefault(resource, []).append((on, count))
    return {
        resource: free_periods(opened, taken.get(resource, ()), since=since)
        for resource, opened in periods.items()
    }


def _periods_of(resource: int) -> list[Period]:
    rows = Availability.objects.filter(resource=resource).order_by("starts_on")
    return [Period(row.starts_on, row.ends_on, row.places) for row in rows]


def _written(period: Period) -> str:
    return f"{period.starts_on:%Y-%m-%d}/{period.ends_on:%Y-%m-%d}×{period.places}"
