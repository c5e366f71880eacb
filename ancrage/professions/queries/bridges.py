"""Questions about bridges: those listed, those around a profession, those to check again."""

from datetime import date

from django.db.models import Q, QuerySet

from ancrage.professions.models import BridgeFunding, Profession, ProfessionBridge
from ancrage.professions.models.bridges import CHECKED_FOR


def bridges_listed_on(on: date) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges of the reference on a day, with their two ends."""
    return (
        ProfessionBridge.objects.filter(_listed(on))
        .select_related("origin", "target")
        .order_by("code")
    )


def fundings_listed_on(on: date) -> QuerySet[BridgeFunding, BridgeFunding]:
    """Return who can pay, on a day."""
    return BridgeFunding.objects.filter(_listed(on)).order_by("code")


def bridges_from(
    profession: Profession, *, on: date
) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges that leave a profession and whose rules are not over on a day."""
    return bridges_listed_on(on).filter(_not_over(on), origin__profession=profession)


def bridges_to(
    profession: Profession, *, on: date
) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges that lead to a profession and whose rules are not over on a day."""
    return bridges_listed_on(on).filter(_not_over(on), target__profession=profession)


def bridges_to_check_again(on: date) -> QuerySet[ProfessionBridge, ProfessionBridge]:
    """Return the bridges whose last check is too old to be trusted, the oldest first."""
    return (
        bridges_listed_on(on)
        .filter(checked_on__lt=on - CHECKED_FOR)
        .order_by("checked_on", "code")
    )


def _listed(on: date) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    )


def _not_over(on: date) -> Q:
    return Q(in_force_to__isnull=True) | Q(in_force_to__gte=on)
