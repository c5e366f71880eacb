"""How fresh rows are, and which to ask about."""

from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from ancrage.kit.freshness import (
    Freshness,
    confirmed_as,
    due_to_be_asked,
    freshness_at,
    silent_too_long,
)
from ancrage.kit.life.kinds import Row
from ancrage.kit.life.models import LivingRow
from ancrage.kit.life.states import State


def freshness_of(row: LivingRow, *, now: datetime) -> Freshness | None:
    """Return how fresh a published row is; None for one that is not published."""
    if row.status != State.PUBLISHED or row.confirmed_at is None:
        return None
    return freshness_at(row.confirmed_at, now=now)


def is_of_freshness(freshness: Freshness, *, now: datetime) -> Q:
    """Return the condition of `freshness_of`, for rows."""
    return Q(status=State.PUBLISHED) & confirmed_as(freshness, now=now)


def with_freshness(rows: QuerySet[Row], *, now: datetime) -> QuerySet[Any]:
    """Annotate each row with `freshness`: a value of `Freshness`, or an empty text."""
    return rows.annotate(
        freshness=Case(
            *(When(is_of_freshness(one, now=now), then=Value(one.value)) for one in Freshness),
            default=Value(""),
            output_field=CharField(),
        )
    )


def to_ask_about(rows: QuerySet[Row], *, now: datetime) -> QuerySet[Row]:
    """Narrow `rows` to the published ones about which news is to be asked."""
    return rows.filter(due_to_be_asked(now=now), status=State.PUBLISHED)


def gone_silent(rows: QuerySet[Row], *, now: datetime) -> QuerySet[Row]:
    """Narrow `rows` to the published ones that nobody confirmed for FRESHNESS_PAUSE_DAYS."""
    return rows.filter(silent_too_long(now=now), status=State.PUBLISHED)
