"""How fresh resources are, and which to ask about."""

from datetime import datetime

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from ancrage.kit.freshness import (
    Freshness,
    confirmed_as,
    due_to_be_asked,
    freshness_at,
    silent_too_long,
)
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource


def freshness_of(resource: Resource, *, now: datetime) -> Freshness | None:
    """Return how fresh a published resource is; None for one that is not published."""
    if resource.status != ResourceStatus.PUBLISHED or resource.confirmed_at is None:
        return None
    return freshness_at(resource.confirmed_at, now=now)


def is_of_freshness(freshness: Freshness, *, now: datetime) -> Q:
    """Return the condition of `freshness_of`, for rows."""
    return Q(status=ResourceStatus.PUBLISHED) & confirmed_as(freshness, now=now)


def with_freshness(resources: QuerySet[Resource], *, now: datetime) -> QuerySet[Resource]:
    """Annotate each resource with `freshness`: a value of `Freshness`, or an empty text."""
    return resources.annotate(
        freshness=Case(
            *(When(is_of_freshness(one, now=now), then=Value(one.value)) for one in Freshness),
            default=Value(""),
            output_field=CharField(),
        )
    )


def resources_to_ask_about(*, now: datetime) -> QuerySet[Resource]:
    """Return the published resources whose structure is to be asked: « toujours disponible ? »."""
    return Resource.objects.filter(
        due_to_be_asked(now=now),
        status=ResourceStatus.PUBLISHED,
        partner__left_at__isnull=True,
    )


def stale_resources(*, now: datetime) -> QuerySet[Resource]:
    """Return the published resources that nobody confirmed for FRESHNESS_PAUSE_DAYS."""
    return Resource.objects.filter(silent_too_long(now=now), status=ResourceStatus.PUBLISHED)
