"""How long ago something was said to still hold: its ages, and what is due at each.

A row is fresh, then to confirm (FRESHNESS_ASK_DAYS), then stale (FRESHNESS_STALE_DAYS), then
paused (FRESHNESS_PAUSE_DAYS). Conditions bear on the columns `confirmed_at` and `asked_at`.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Freshness(TextChoices):
    """How long ago somebody said that it still holds."""

    FRESH = "fresh", _("À jour")
    TO_CONFIRM = "to_confirm", _("À confirmer")
    STALE = "stale", _("Périmé")


def last_moment(days: int, *, now: datetime) -> datetime:
    """Return the moment before which something happened at least `days` local days ago.

    Whole days: what was confirmed at noon is as old as what was confirmed that morning.
    """
    day = timezone.localdate(now) - timedelta(days=days - 1)
    return timezone.make_aware(datetime.combine(day, time.min))


def freshness_at(confirmed_at: datetime, *, now: datetime) -> Freshness:
    """Return how fresh what was confirmed at that moment is."""
    if confirmed_at < last_moment(settings.FRESHNESS_STALE_DAYS, now=now):
        return Freshness.STALE
    if confirmed_at < last_moment(settings.FRESHNESS_ASK_DAYS, now=now):
        return Freshness.TO_CONFIRM
    return Freshness.FRESH


def confirmed_as(freshness: Freshness, *, now: datetime) -> Q:
    """Return the condition of `freshness_at`, for rows."""
    ask = last_moment(settings.FRESHNESS_ASK_DAYS, now=now)
    stale = last_moment(settings.FRESHNESS_STALE_DAYS, now=now)
    return {
        Freshness.FRESH: Q(confirmed_at__gte=ask),
        Freshness.TO_CONFIRM: Q(confirmed_at__lt=ask, confirmed_at__gte=stale),
        Freshness.STALE: Q(confirmed_at__lt=stale),
    }[freshness]


def due_to_be_asked(*, now: datetime) -> Q:
    """Return the condition of the rows whose structure is to be asked for news.

    Once when they reach FRESHNESS_ASK_DAYS, once more at FRESHNESS_STALE_DAYS; those old
    enough to be paused are not asked for any more.
    """
    ask = last_moment(settings.FRESHNESS_ASK_DAYS, now=now)
    stale = last_moment(settings.FRESHNESS_STALE_DAYS, now=now)
    first = Q(asked_at__isnull=True) | Q(asked_at__lt=F("confirmed_at"))
    # Asked when it was younger than the stale age: `stale` days have passed since, not less.
    step = timedelta(days=settings.FRESHNESS_STALE_DAYS - settings.FRESHNESS_ASK_DAYS)
    second = Q(confirmed_at__lt=stale, asked_at__lt=last_moment(step.days, now=now))
    return (first | second) & Q(
        confirmed_at__lt=ask,
        confirmed_at__gte=last_moment(settings.FRESHNESS_PAUSE_DAYS, now=now),
    )


def silent_too_long(*, now: datetime) -> Q:
    """Return the condition of the rows that nobody confirmed for FRESHNESS_PAUSE_DAYS."""
    return Q(confirmed_at__lt=last_moment(settings.FRESHNESS_PAUSE_DAYS, now=now))
