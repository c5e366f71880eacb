"""How well structures keep what they signed, for the commitments that the platform can measure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from ancrage.kit.freshness import Freshness
from ancrage.matching.queries.clock import answers_in
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.queries import is_of_freshness
from ancrage.partners.enums import CommitmentKind
from ancrage.partners.models import Commitment, Partner
from ancrage.territory.models import Territory

# Counted over the published needs; a delay, over the people who waited for an answer.
OVER_NEEDS = frozenset({CommitmentKind.NEEDS_FRESH, CommitmentKind.PAY_SHOWN})
MEASURABLE = OVER_NEEDS | {CommitmentKind.ANSWER_DELAY}
# Held by the platform itself, which passes such requests through the coordination: a share kept
# would always be 100 %, and a count would tell that somebody's employee looks elsewhere.
ENFORCED = frozenset({CommitmentKind.NO_POACHING})
_FULL = 100


@dataclass(frozen=True)
class Kept:
    """What keeps a commitment, among all that could: published needs, or answers owed."""

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
        """Say whether the threshold is reached; a delay promised to everybody is kept for all."""
        asked = _FULL if self.is_delay else self.commitment.threshold or _FULL
        return self.overall.percent >= asked

    @property
    def is_delay(self) -> bool:
        """Say whether the threshold is a number of days."""
        return self.commitment.kind == CommitmentKind.ANSWER_DELAY


def measures_of(
    commitments: Iterable[Commitment], territory: Territory, *, now: datetime
) -> list[Measure]:
    """Measure the commitments that can be, over a territory. One query for those on needs, one
    for the answers to people.

    A need is up to date until it is stale (`FRESHNESS_STALE_DAYS` without confirmation); its pay
    is shown when a low or a high bound is given. An answer is in time by the day it was due; those
    of the last year count.
    """
    measurable = [one for one in commitments if _is_measurable(one)]
    rows = _needs_in(territory, now=now) if any(_is_over_needs(one) for one in measurable) else []
    delays = [one for one in measurable if not _is_over_needs(one)]
    answers = _answers_in(territory, now=now) if delays else {}
    return [
        _measure(one, _by_partner(one, rows) if _is_over_needs(one) else answers)
        for one in measurable
    ]


@dataclass(frozen=True)
class Unmeasured:
    """A commitment without a figure: held by the platform, or kept on one's honour."""

    commitment: Commitment
    is_enforced: bool


def unmeasured_in(commitments: Iterable[Commitment]) -> list[Unmeasured]:
    """Return the commitments that have no measure, in order."""
    return [
        Unmeasured(one, is_enforced=one.kind in ENFORCED)
        for one in commitments
        if not _is_measurable(one)
    ]


def _is_measurable(commitment: Commitment) -> bool:
    # A delay that promises no number of days is kept on one's honour.
    return commitment.kind in MEASURABLE and (
        _is_over_needs(commitment) or commitment.threshold is not None
    )


def _is_over_needs(commitment: Commitment) -> bool:
    return commitment.kind in OVER_NEEDS


def _answers_in(territory: Territory, *, now: datetime) -> dict[int, Kept]:
    answers = answers_in(territory, on=timezone.localdate(now))
    return {
        partner: Kept(kept=found.in_time, total=found.expected)
        for partner, found in answers.items()
    }


def _needs_in(territory: Territory, *, now: datetime) -> Sequence[Mapping[str, Any]]:
    return list(
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


def _by_partner(commitment: Commitment, rows: Sequence[Mapping[str, Any]]) -> dict[int, Kept]:
    return {row["partner"]: _kept(commitment, row) for row in rows}


def _measure(commitment: Commitment, by_partner: dict[int, Kept]) -> Measure:
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
