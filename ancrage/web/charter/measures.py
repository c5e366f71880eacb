"""How well structures keep what they signed, for the commitments that the platform can measure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from ancrage.kit.freshness import Freshness
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.queries import is_of_freshness
from ancrage.partners.enums import CommitmentKind
from ancrage.partners.models import Commitment, Partner
from ancrage.territory.models import Territory

MEASURABLE = frozenset({CommitmentKind.NEEDS_FRESH, CommitmentKind.PAY_SHOWN})
_FULL = 100


@dataclass(frozen=True)
class Kept:
    """Published needs that keep a commitment, among all published needs."""

    kept: int
    total: int

    @property
    def percent(self) -> int:
        """The share kept, rounded down so that 100 % means all."""
        return self.kept * _FULL // self.total if self.total else 0


@dataclass(frozen=True)
class Measure:
    """A commitment, how it is kept overall, and by each structure (by its key)."""

    commitment: Commitment
    overall: Kept
    partners: dict[int, Kept]

    def of(self, partner: Partner) -> "Measure":
        """Return the same measure for one structure alone."""
        own = self.partners.get(partner.pk, Kept(kept=0, total=0))
        return Measure(self.commitment, own, {})

    @property
    def is_kept(self) -> bool:
        """Say whether the threshold is reached."""
        return self.overall.percent >= (self.commitment.threshold or _FULL)


def measures_of(
    commitments: Iterable[Commitment], territory: Territory, *, now: datetime
) -> list[Measure]:
    """Measure the commitments that can be, over the published needs of a territory. One query.

    A need is up to date until it is stale (`FRESHNESS_STALE_DAYS` without confirmation); its pay
    is shown when a low or a high bound is given.
    """
    measurable = [one for one in commitments if one.kind in MEASURABLE]
    if not measurable:
        return []
    rows = list(
        Need.objects.filter(
            status=NeedStatus.PUBLISHED,
            partner__territory=territory,
            partner__left_at__isnull=True,
        )
        .order_by()
        .values("partner")
        .annotate(
            total=Count("pk"),
            stale=Count("pk", filter=is_of_freshness(Freshness.STALE, now=now)),
            paid=Count(
                "pk", filter=Q(pay_min_cents__isnull=False) | Q(pay_max_cents__isnull=False)
            ),
        )
    )
    return [_measure(one, rows) for one in measurable]


def _measure(commitment: Commitment, rows: Sequence[Mapping[str, Any]]) -> Measure:
    by_partner = {row["partner"]: _kept(commitment, row) for row in rows}
    return Measure(
        commitment=commitment,
        overall=Kept(
            kept=sum(one.kept for one in by_partner.values()),
            total=sum(one.total for one in by_partner.values()),
        ),
        partners=by_partner,
    )


def _kept(commitment: Commitment, row: Mapping[str, Any]) -> Kept:
    if commitment.kind == CommitmentKind.NEEDS_FRESH:
        return Kept(kept=row["total"] - row["stale"], total=row["total"])
    return Kept(kept=row["paid"], total=row["total"])
