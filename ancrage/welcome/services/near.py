"""What a booklet lists: the published offers of a territory, the nearest to work first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ancrage.core.accessibility.distances import haversine_km
from ancrage.resources.enums import ResourceStatus
from ancrage.territory.models import Commune, Territory
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.services.calendars import Period, free_by_offer


@dataclass(frozen=True)
class NearService:
    """An offer, how far it is as the crow flies, and what its calendar has left.

    `km` is None when a place is unknown; `free` when nothing is counted.
    """

    terms: WelcomeTerms
    km: float | None
    free: tuple[Period, ...] | None


def services_near(
    *,
    territory: Territory,
    place: Commune | None,
    kinds: Collection[WelcomeKind],
    now: datetime,
) -> dict[WelcomeKind, list[NearService]]:
    """Return the offers of each kind, the nearest to a commune first; at most three queries."""
    terms = WelcomeTerms.objects.filter(
        kind__in=sorted(kinds),
        resource__status=ResourceStatus.PUBLISHED,
        resource__partner__territory=territory,
        resource__partner__left_at__isnull=True,
    ).select_related("resource__commune", "resource__partner")
    rows = list(terms.order_by("resource__title", "pk"))
    counted = [one.resource_id for one in rows if one.has_places]
    free = free_by_offer(counted, since=timezone.localdate(now))
    found: dict[WelcomeKind, list[NearService]] = {kind: [] for kind in WelcomeKind}
    for one in rows:
        found[WelcomeKind(one.kind)].append(
            NearService(
                terms=one,
                km=_km(place, one.resource.commune) if place else None,
                free=tuple(free.get(one.resource_id, ())) if one.has_places else None,
            )
        )
    for services in found.values():
        services.sort(key=lambda service: float("inf") if service.km is None else service.km)
    return {kind: found[kind] for kind in WelcomeKind if kind in kinds}


def _km(one: Commune, other: Commune) -> float | None:
    if one.pk == other.pk:
        return 0.0
    if (
        one.latitude is None
        or one.longitude is None
        or other.latitude is None
        or other.longitude is None
    ):
        return None
    return haversine_km(one.latitude, one.longitude, other.latitude, other.longitude)
