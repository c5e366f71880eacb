"""How fresh needs are, and which to ask about."""

from datetime import datetime

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from ancrage.kit.freshness import (
    Freshness,
    confirmed_as,
    due_to_be_asked,
    freshness_at,
    silent_too_long,
)
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need


def freshness_of(need: Need, *, now: datetime) -> Freshness | None:
    """Return how fresh a published need is; None for one that is not published."""
    if need.status != NeedStatus.PUBLISHED or need.confirmed_at is None:
        return None
    return freshness_at(need.confirmed_at, now=now)


def is_of_freshness(freshness: Freshness, *, now: datetime) -> Q:
    """Return the condition of `freshness_of`, for rows."""
    return Q(status=NeedStatus.PUBLISHED) & confirmed_as(freshness, now=now)


def with_freshness(needs: QuerySet[Need], *, now: datetime) -> QuerySet[Need]:
    """Annotate each need with `freshness`: a value of `Freshness`, or an empty text."""
    return needs.annotate(
        freshness=Case(
            *(When(is_of_freshness(one, now=now), then=Value(one.value)) for one in Freshness),
            default=Value(""),
            output_field=CharField(),
        )
    )


def needs_to_ask_about(*, now: datetime) -> QuerySet[Need]:
    """Return the published needs whose structure is to be asked: « toujours d’actualité ? »."""
    return Need.objects.filter(
        due_to_be_asked(now=now), status=NeedStatus.PUBLISHED, partner__left_at__isnull=True
    )


def stale_needs(*, now: datetime) -> QuerySet[Need]:
    """Return the published needs that nobody confirmed for FRESHNESS_PAUSE_DAYS."""
    return Need.objects.filter(silent_too_long(now=now), status=NeedStatus.PUBLISHED)
