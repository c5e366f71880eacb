"""The cards without names that structures read, and when none may be shown.

A card says five things: main profession, experience band, month of availability, grouping of
communes, contracts wished for. It is shown only where at least `LEAST_ALIKE` people of the pool
share its profession and its grouping, counted over the whole pool whatever is asked: no filter
changes who is shown. Filters read only what cards print, so that none tells more than the cards
do; and a search that leaves one to four people shows none, nor how many.

Only people known to be somebody are counted (`COUNTED`): else whoever invents four neighbours
for a person would be shown that person.

The pool is read as the reader's structures (`partners`) see it: whoever works in one of them is
not there, neither shown nor counted, unless they wish it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Count, Q, QuerySet

from ancrage.candidates.enums import Experience
from ancrage.candidates.models import Candidate, SearchEntry
from ancrage.candidates.queries.bits import contract_bits
from ancrage.candidates.queries.employers import Workplaces, hidden_from
from ancrage.candidates.queries.search import has_bits
from ancrage.professions.models import Profession
from ancrage.territory.models import Epci

LEAST_ALIKE = 5
# How many of the search rows count towards `LEAST_ALIKE`: the one place that says who does.
COUNTED = Count("pk", filter=Q(counts=True))


@dataclass(frozen=True)
class CardCriteria:
    """What a structure looks for: nothing that a card does not print."""

    profession: Profession | None = None
    zone: Epci | None = None
    contract: str = ""
    experience: str = ""
    # Available in that month at the latest.
    month: date | None = None


@dataclass(frozen=True)
class Card:
    """A person without a name. `key` is drawn and leads to nothing else."""

    key: str
    profession: Profession
    experience: str
    # The first of the month, None when not said.
    month: date | None
    zone: Epci
    contracts: tuple[str, ...]

    @property
    def experience_label(self) -> str:
        """The band in words, or nothing."""
        return str(Experience(self.experience).label) if self.experience else ""


@dataclass(frozen=True)
class Cards:
    """The cards of one page. `total` is 0, or at least `LEAST_ALIKE`; `is_hidden` says that a
    few people match, too few to be shown."""

    cards: tuple[Card, ...]
    total: int
    is_hidden: bool


@dataclass(frozen=True)
class Cells:
    """Which groupings may be named for each profession, by keys."""

    zones: Mapping[int, frozenset[int]]

    @property
    def condition(self) -> Q:
        """The rows of these cells."""
        condition = Q(pk__in=[])
        for profession, zones in sorted(self.zones.items()):
            condition |= Q(profession=profession, zone__in=sorted(zones))
        return condition


def shown_cells(
    territories: list[int], *, partners: Workplaces, profession: Profession | None = None
) -> Cells:
    """Return the cells that enough people of the pool share, over these territories: all of them,
    or those of a profession. One query, from an index."""
    rows = pool(territories, partners)
    if profession is not None:
        rows = rows.filter(profession=profession)
    counted = (
        rows.values_list("profession", "zone")
        .annotate(counted=COUNTED)
        .filter(counted__gte=LEAST_ALIKE)
        .order_by("profession", "zone")
    )
    zones: dict[int, set[int]] = defaultdict(set)
    for key, zone, _counted in counted:
        zones[key].add(zone)
    return Cells({key: frozenset(found) for key, found in zones.items()})


def cards_matching(
    criteria: CardCriteria,
    *,
    territories: list[int],
    partners: Workplaces,
    offset: int = 0,
    limit: int = 24,
) -> Cards:
    """Return one page of cards of the pool of these territories. Three queries at most.

    The order is that of the drawn keys: it tells nothing, and stays from page to page.
    """
    rows = matching_rows(criteria, territories=territories, partners=partners)
    total, counted = rows.aggregate(total=Count("pk"), counted=COUNTED).values()
    if counted < LEAST_ALIKE:
        return Cards(cards=(), total=0, is_hidden=total > 0)
    page = rows.select_related("candidate", "profession", "zone").order_by("candidate__card")
    return Cards(
        cards=tuple(card_of(row) for row in page[offset : offset + limit]),
        total=total,
        is_hidden=False,
    )


def matching_rows(
    criteria: CardCriteria, *, territories: list[int], partners: Workplaces
) -> QuerySet[SearchEntry]:
    """Return the search rows of the cards that may be shown and match. One query at once, for the
    cells."""
    cells = shown_cells(territories, partners=partners, profession=criteria.profession)
    return pool(territories, partners).filter(cells.condition, card_condition(criteria))


def card_named(key: str, *, territories: list[int], partners: Workplaces) -> Card | None:
    """Return one card, if the pool of these territories shows it."""
    shown = shown_cells(territories, partners=partners).condition
    row = (
        pool(territories, partners)
        .filter(shown, candidate__card=key)
        .select_related("candidate", "profession", "zone")
        .first()
    )
    return card_of(row) if row else None


def candidates_on_cards(territories: list[int], *, partners: Workplaces) -> QuerySet[Candidate]:
    """Return the people whose card is shown: those a structure may ask to meet."""
    shown = shown_cells(territories, partners=partners).condition
    rows = pool(territories, partners).filter(shown)
    return Candidate.objects.filter(pk__in=rows.values("candidate"))


def pool(territories: list[int], partners: Workplaces) -> QuerySet[SearchEntry]:
    """Return the search rows of the cards of these territories, as these structures see them."""
    # The main profession only: two cards of one person would tell more than one.
    return SearchEntry.objects.filter(
        territory__in=territories, in_pool=True, is_main=True, zone__isnull=False
    ).exclude(candidate__in=hidden_from(partners))


def card_condition(criteria: CardCriteria) -> Q:
    """Return the search rows that match, by what cards print and nothing else."""
    condition = Q()
    if criteria.profession is not None:
        condition &= Q(profession=criteria.profession)
    if criteria.zone is not None:
        condition &= Q(zone=criteria.zone)
    if criteria.experience:
        condition &= Q(experience=criteria.experience)
    if criteria.contract:
        condition &= has_bits("contracts", contract_bits([criteria.contract]))
    if criteria.month is not None:
        condition &= Q(available_month__isnull=True) | Q(available_month__lte=criteria.month)
    return condition


def card_of(row: SearchEntry) -> Card:
    """Return the card of a search row, its candidate, profession and zone read with it."""
    candidate = row.candidate
    day = candidate.available_from
    return Card(
        key=candidate.card,
        profession=row.profession,
        experience=candidate.experience,
        month=day.replace(day=1) if day else None,
        zone=cast(Epci, row.zone),  # the pool of cards holds no row without one
        contracts=tuple(candidate.contracts),
    )
