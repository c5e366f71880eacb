"""What the needs say of a structure, counted among those its reader may open."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from ancrage.accounts.policy import may, permitted
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.partners.models import Partner


@dataclass(frozen=True)
class NeedFigures:
    """Published needs of a structure, and the posts they ask for."""

    needs: int
    positions: int


def need_figures(user: Any, partner: Partner) -> NeedFigures | None:
    """Count what the reader may open; None for a reader who may open no need at all."""
    if not may(user, "needs.view"):
        return None
    rows = Need.objects.filter(partner=partner, status=NeedStatus.PUBLISHED)
    counted = permitted(user, "needs.view", rows).aggregate(
        needs=Count("pk"), positions=Sum("positions")
    )
    return NeedFigures(needs=counted["needs"], positions=counted["positions"] or 0)
