"""Needs published and filled between two moments, and how long that took."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from ancrage.kit.figures import median_days
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.territory.models import Territory


def needs_published_in(
    territory: Territory, *, since: datetime, until: datetime
) -> QuerySet[Need]:
    """The needs first published from the moment `since` to before `until`, whatever became."""
    return Need.objects.filter(
        partner__territory=territory, published_at__gte=since, published_at__lt=until
    )


def needs_filled_in(territory: Territory, *, since: datetime, until: datetime) -> QuerySet[Need]:
    """The needs filled from the moment `since` to before `until`, and not open again since."""
    return Need.objects.filter(
        partner__territory=territory,
        status=NeedStatus.FILLED,
        status_since__gte=since,
        status_since__lt=until,
    )


def median_days_to_fill(needs: QuerySet[Need]) -> int | None:
    """Half of these filled needs took at most so many days since publication; None for none.

    One query. A need that was never published, noted once filled, tells no delay.
    """
    moments: Iterable[tuple[datetime, datetime]] = (
        needs.filter(Q(published_at__isnull=False))
        .order_by()
        .annotate(opened=F("published_at"))
        .values_list("opened", "status_since")
    )
    return median_days([max((closed - opened).days, 0) for opened, closed in moments])
