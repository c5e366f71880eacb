"""What organisers ask of an event: how many on each side, who waits, who came."""

from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from ancrage.events.enums import PLACED_STATES, EventState, RegistrationState
from ancrage.events.models import Event, Side

# What is over, whatever its day.
_PAST_STATES = (EventState.OVER, EventState.CANCELLED)


def sides_with_counts() -> QuerySet[Side]:
    """The sides, each with how many people are `placed`, `confirmed`, `waiting`, `arrived`."""
    state = "parties__members__state"
    return Side.objects.annotate(
        placed=Count("parties__members", Q(**{f"{state}__in": sorted(PLACED_STATES)})),
        confirmed=Count("parties__members", Q(**{state: RegistrationState.CONFIRMED})),
        waiting=Count("parties__members", Q(**{state: RegistrationState.WAITING})),
        arrived=Count("parties__members", Q(parties__members__arrived_at__isnull=False)),
    ).order_by("event_id", "role", "pk")


def with_sides(events: QuerySet[Event]) -> QuerySet[Event]:
    """Give events their sides, hosts first, in `counted_sides`."""
    return events.prefetch_related(
        Prefetch("sides", queryset=sides_with_counts(), to_attr="counted_sides")
    )


def to_come(events: QuerySet[Event], *, since: datetime) -> QuerySet[Event]:
    """The events that are not over, from `since` on, the nearest first."""
    rows = events.exclude(state__in=_PAST_STATES).filter(starts_at__gte=since)
    return rows.order_by("starts_at", "pk")


def past(events: QuerySet[Event], *, before: datetime) -> QuerySet[Event]:
    """The events that are over, called off, or whose day has passed, the latest first."""
    rows = events.filter(Q(state__in=_PAST_STATES) | Q(starts_at__lt=before))
    return rows.order_by("-starts_at", "-pk")
