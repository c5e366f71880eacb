"""Cards that say the same, counted together: what a ranking of the whole pool is made from.

A card says few things, so a pool of a hundred thousand people holds some thousands of different
cards at most. Ranking the kinds of card costs what they are, not what the people are; only the
cards of one page are then read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Count, DateField, Q, QuerySet
from django.db.models.functions import TruncMonth

from ancrage.candidates.models import SearchEntry
from ancrage.candidates.queries.bits import kinds_of
from ancrage.candidates.queries.cards import (
    COUNTED,
    LEAST_ALIKE,
    Card,
    CardCriteria,
    card_of,
    matching_rows,
    month_after,
)
from ancrage.candidates.queries.employers import Workplaces
from ancrage.privacy.queries import subjects_shown_to
from ancrage.privacy.scopes import Viewer
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune

# A database bears so many conditions in one question.
_SLICES_A_QUERY = 100


@dataclass(frozen=True)
class CardGroup:
    """The cards of one profession that say the same. `zone` is the key of a grouping of communes;
    `month` is the first of it, None when not said; `counted` of the `people` are known to be
    somebody."""

    experience: str
    month: date | None
    zone: int
    contract_bits: int
    people: int
    counted: int
    # The middle of the communes of the zone, degrees WGS 84, where they have a place.
    latitude: float | None
    longitude: float | None

    @property
    def contracts(self) -> frozenset[str]:
        """The kinds of contract that these cards print: all of them where none was chosen."""
        return kinds_of(self.contract_bits)


@dataclass(frozen=True)
class CardGroups:
    """Every group that a search finds, and the rows they count.

    `total` is 0, or at least `LEAST_ALIKE` people; `is_hidden` says that a few match, too few.
    """

    groups: tuple[CardGroup, ...]
    total: int
    is_hidden: bool
    rows: QuerySet[SearchEntry]


@dataclass(frozen=True)
class GroupSlice:
    """Some cards of a group, in the order of their drawn keys: from `start` to `stop`."""

    group: CardGroup
    start: int
    stop: int


def card_groups(
    criteria: CardCriteria,
    profession: Profession,
    *,
    territories: list[int],
    partners: Workplaces,
    changed_after: datetime | None = None,
) -> CardGroups:
    """Return the groups of cards of a profession, under the rules of `cards_matching`.

    `changed_after` keeps the profiles written since; whether too few match is told before it, of
    all that the other criteria find. Three queries, four with `changed_after`.
    """
    rows = matching_rows(criteria, territories=territories, partners=partners).filter(
        profession=profession
    )
    found = _groups(rows)
    total = sum(group.people for group in found)
    if sum(group.counted for group in found) < LEAST_ALIKE:
        return CardGroups(groups=(), total=0, is_hidden=total > 0, rows=rows.none())
    if changed_after is not None:
        rows = rows.filter(updated_at__gt=changed_after)
        found = _groups(rows)
        total = sum(group.people for group in found)
    return CardGroups(groups=tuple(found), total=total, is_hidden=False, rows=rows)


def cards_in_slices(
    found: CardGroups, slices: Sequence[GroupSlice], *, viewer: Viewer
) -> list[list[Card]]:
    """Return the cards of each slice, of those whose person agrees to the card today.

    The ledger of consents is asked again for what is about to be shown. Two queries
    for a page, one more for each hundred slices.
    """
    read = [
        row
        for first in range(0, len(slices), _SLICES_A_QUERY)
        for row in SearchEntry.objects.filter(
            _within(found, slices[first : first + _SLICES_A_QUERY])
        )
        .select_related("candidate", "profession", "zone")
        .order_by("candidate__card")
    ]
    agreeing = set(
        subjects_shown_to(viewer, "talent_pool")
        .filter(pk__in=[row.candidate.subject_id for row in read])
        .values_list("pk", flat=True)
    )
    shown = [row for row in read if row.candidate.subject_id in agreeing]
    return [[card_of(row) for row in shown if _is_of(row, one.group)] for one in slices]


def _within(found: CardGroups, slices: Sequence[GroupSlice]) -> Q:
    wanted = Q(pk__in=[])
    for one in slices:
        own = _of_group(found.rows, one.group).order_by("candidate__card")
        wanted |= Q(pk__in=own[one.start : one.stop].values("pk"))
    return wanted


def _groups(rows: QuerySet[SearchEntry]) -> list[CardGroup]:
    counted = (
        rows.annotate(month=TruncMonth("available_from", output_field=DateField()))
        .order_by()
        .values_list("experience", "month", "zone", "contracts")
        .annotate(people=Count("pk"), counted=COUNTED)
    )
    found = list(counted)
    places = _middles({zone for _experience, _month, zone, *_rest in found})
    return [
        CardGroup(*values, *places.get(values[2], (None, None)))
        for values in sorted(found, key=lambda row: (row[0], str(row[1]), row[2], row[3]))
    ]


def _middles(zones: set[Any]) -> dict[int, tuple[float, float]]:
    placed = (
        Commune.objects.filter(epci__in=zones, latitude__isnull=False)
        .order_by()
        .values_list("epci")
        .annotate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    )
    return {zone: (north, east) for zone, north, east in placed}


def _of_group(rows: QuerySet[SearchEntry], group: CardGroup) -> QuerySet[SearchEntry]:
    rows = rows.filter(experience=group.experience, zone=group.zone, contracts=group.contract_bits)
    if group.month is None:
        return rows.filter(available_from__isnull=True)
    return rows.filter(
        available_from__gte=group.month, available_from__lt=month_after(group.month)
    )


def _is_of(row: SearchEntry, group: CardGroup) -> bool:
    day = row.available_from
    return (row.experience, row.zone_id, row.contracts, day and day.replace(day=1)) == (
        group.experience,
        group.zone,
        group.contract_bits,
        group.month,
    )
