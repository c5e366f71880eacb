"""Cards that say the same, counted together: what a ranking of the whole pool is made from.

A card says few things, so a pool of a hundred thousand people holds some thousands of different
cards at most. Ranking the kinds of card costs what they are, not what the people are; only the
cards of one page are then read. What a ranking cannot tell apart, because it is too far or has no
place, is counted together: the further places of a country are many, and worth the same.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.db.models import Avg, BigIntegerField, Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from ancrage.candidates.models import SearchEntry
from ancrage.candidates.queries.bits import kinds_of
from ancrage.candidates.queries.cards import (
    COUNTED,
    LEAST_ALIKE,
    Card,
    CardCriteria,
    card_condition,
    card_of,
    pool,
    shown_cells,
)
from ancrage.candidates.queries.employers import Workplaces
from ancrage.privacy.queries import subjects_shown_to
from ancrage.privacy.scopes import Viewer
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune

# A database bears so many conditions, and values, in one question.
_SLICES_A_QUERY = 100
_ZONES_A_QUERY = 10_000
_FAR, _NOWHERE = 0, -1
# Whether a latitude and a longitude are among those that a ranking tells apart.
Near: TypeAlias = Callable[[float, float], bool]
# The order of the drawn keys, written so that no database reads everybody in that order to find
# the few of a group.
_BY_CARD = Coalesce("candidate__card", Value(""))


@dataclass(frozen=True)
class CardGroup:
    """The cards of one profession that say the same, but for places that nothing tells apart.

    `zones` are keys of groupings of communes; `month` is the first of it, None when not said;
    `counted` of the `people` are known to be somebody.
    """

    experience: str
    month: date | None
    zones: tuple[int, ...]
    contract_bits: int
    people: int
    counted: int
    # The middle of the communes of the zone, of the first of several, degrees WGS 84; None where
    # they have no place.
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


def nowhere_is_near(_latitude: float, _longitude: float) -> bool:
    """Tell no place from another."""
    return False


def card_groups(
    criteria: CardCriteria,
    profession: Profession,
    *,
    territories: list[int],
    partners: Workplaces,
    is_near: Near = nowhere_is_near,
    changed_after: datetime | None = None,
) -> CardGroups:
    """Return the groups of cards of a profession, under the rules of `cards_matching`.

    Places that `is_near` are told apart; of the others, only those that have a place from those
    that have none. `changed_after` keeps the profiles written since; whether too few match is
    told before it, of all that the other criteria find. Three queries, four with `changed_after`.
    """
    cells = shown_cells(territories, partners=partners, profession=profession)
    shown = cells.zones.get(profession.pk, frozenset())
    places = _Places(shown, is_near)
    rows = pool(territories, partners).filter(card_condition(criteria), profession=profession)
    found = places.groups(rows)
    total = sum(group.people for group in found)
    if sum(group.counted for group in found) < LEAST_ALIKE:
        return CardGroups(groups=(), total=0, is_hidden=total > 0, rows=rows.none())
    if changed_after is not None:
        rows = rows.filter(updated_at__gt=changed_after)
        found = places.groups(rows)
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
        for some in _by_query(slices)
        for row in SearchEntry.objects.filter(_within(found, some))
        .select_related("candidate", "profession", "zone")
        .order_by("candidate__card")
    ]
    agreeing = set(
        subjects_shown_to(
            viewer, "talent_pool", among=[row.candidate.subject_id for row in read]
        ).values_list("pk", flat=True)
    )
    shown = [row for row in read if row.candidate.subject_id in agreeing]
    return [[card_of(row) for row in shown if _is_of(row, one.group)] for one in slices]


class _Places:
    """The zones that may be shown: those told apart, those too far, those without a place."""

    def __init__(self, shown: frozenset[int], is_near: Near) -> None:
        self._shown = sorted(shown)
        self._middles = _middles(self._shown)
        self._near = [
            zone
            for zone, (latitude, longitude) in self._middles.items()
            if is_near(latitude, longitude)
        ]
        nowhere = [zone for zone in self._shown if zone not in self._middles]
        apart = {*self._near, *nowhere}
        self._zones = {
            _FAR: tuple(zone for zone in self._shown if zone not in apart),
            _NOWHERE: tuple(nowhere),
            **{zone: (zone,) for zone in self._near},
        }

    def groups(self, rows: QuerySet[SearchEntry]) -> list[CardGroup]:
        """Count rows together, in an order that does not change."""
        place = Case(
            When(zone__in=self._near, then=F("zone")),
            When(zone__in=self._zones[_NOWHERE], then=Value(_NOWHERE)),
            default=Value(_FAR),
            output_field=BigIntegerField(),
        )
        counted = (
            rows.filter(zone__in=self._shown)
            .annotate(place=place)
            .order_by()
            .values_list("experience", "available_month", "place", "contracts")
            .annotate(people=Count("pk"), counted=COUNTED)
        )
        return [
            CardGroup(
                experience=experience,
                month=month,
                zones=self._zones[where],
                contract_bits=bits,
                people=people,
                counted=known,
                latitude=self._middle(where)[0],
                longitude=self._middle(where)[1],
            )
            for experience, month, where, bits, people, known in sorted(
                counted, key=lambda row: (row[0], str(row[1]), *row[2:])
            )
        ]

    def _middle(self, where: int) -> tuple[float | None, float | None]:
        return self._middles.get(self._zones[where][0], (None, None))


def _middles(zones: Sequence[int]) -> dict[int, tuple[float, float]]:
    placed = (
        Commune.objects.filter(epci__in=zones, latitude__isnull=False)
        .order_by()
        .values_list("epci")
        .annotate(latitude=Avg("latitude"), longitude=Avg("longitude"))
        .order_by("epci")
    )
    return {zone: (north, east) for zone, north, east in placed}


def _by_query(slices: Sequence[GroupSlice]) -> Iterator[list[GroupSlice]]:
    some: list[GroupSlice] = []
    zones = 0
    for one in slices:
        zones += len(one.group.zones)
        if some and (len(some) == _SLICES_A_QUERY or zones > _ZONES_A_QUERY):
            yield some
            some, zones = [], len(one.group.zones)
        some.append(one)
    if some:
        yield some


def _within(found: CardGroups, slices: Sequence[GroupSlice]) -> Q:
    wanted = Q(pk__in=[])
    for one in slices:
        own = _of_group(found.rows, one.group).order_by(_BY_CARD)
        wanted |= Q(pk__in=own[one.start : one.stop].values("pk"))
    return wanted


def _of_group(rows: QuerySet[SearchEntry], group: CardGroup) -> QuerySet[SearchEntry]:
    rows = rows.filter(
        experience=group.experience, zone__in=group.zones, contracts=group.contract_bits
    )
    if group.month is None:
        return rows.filter(available_month__isnull=True)
    return rows.filter(available_month=group.month)


def _is_of(row: SearchEntry, group: CardGroup) -> bool:
    return row.zone_id in group.zones and (
        row.experience,
        row.available_month,
        row.contracts,
    ) == (group.experience, group.month, group.contract_bits)
