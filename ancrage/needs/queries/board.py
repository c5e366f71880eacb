"""The board of needs: filtered, sorted, counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from ancrage.kit.freshness import Freshness
from ancrage.kit.life.freshness import is_of_freshness, with_freshness
from ancrage.kit.life.lists import DEFAULT_SORT, asked_for, order_of
from ancrage.needs.enums import CLOSED_STATUSES, NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.queries.words import needs_with_words
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, LivingArea, Territory

_TOTALS = {
    "total_needs": Count("pk"),
    "total_positions": Sum("positions"),
    "total_fte": Sum(F("positions") * F("fte_hundredths")),
}
_SORTS: Mapping[str, str] = {
    "updated": "updated_at",
    "start": "starts_on",
    "urgency": "urgency",
    "profession": "profession__label_fr",
    "commune": "commune__search_name",
    "partner": "partner__search",
    "positions": "positions",
    "age": "published_at",
    "confirmed": "confirmed_at",
}


@dataclass(frozen=True)
class BoardFilter:
    """What a reader of the board looks for. Every part is optional.

    `in_progress` keeps the needs that nobody has closed; `starts_from` and `starts_by` bound the
    start, both included; `to_review` keeps the needs whose wording the coordination should read.
    """

    text: str = ""
    status: str = ""
    in_progress: bool = False
    profession: Profession | None = None
    commune: Commune | None = None
    territory: Territory | None = None
    living_area: LivingArea | None = None
    partner: Partner | None = None
    partner_kind: str = ""
    contract: str = ""
    urgency: int | None = None
    freshness: str = ""
    starts_from: date | None = None
    starts_by: date | None = None
    to_review: bool = False


def needs_open_in(territory: Territory, *, on: date) -> QuerySet[Need]:
    """Return the needs of a territory that somebody may still fill on that day."""
    return Need.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        status=NeedStatus.PUBLISHED,
        partner__territory=territory,
        partner__left_at__isnull=True,
    )


def needs_in_progress(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Return those of `needs` that nobody has closed: drafts, published, paused."""
    return needs.exclude(status__in=CLOSED_STATUSES)


def search_board(
    needs: QuerySet[Need], search: BoardFilter, *, now: datetime, sort: str = DEFAULT_SORT
) -> QuerySet[Need]:
    """Narrow `needs` (those the reader may see), sorted, with their freshness annotated.

    `sort` is a name of `sort_names()`, after a dash for the other way round; an unknown one
    falls back on the last changed first. One query, and one more to read the words typed.
    """
    return (
        with_freshness(_found(needs, search, now=now), now=now)
        .select_related("profession", "specialty", "partner", "facility", "commune")
        .order_by(*order_of(sort, _SORTS))
    )


@dataclass(frozen=True)
class NeedsTotal:
    """How many needs, the posts they hold together, and their working time in hundredths."""

    needs: int = 0
    positions: int = 0
    fte_hundredths: int = 0

    def __add__(self, other: "NeedsTotal") -> "NeedsTotal":
        """Return both together."""
        return NeedsTotal(
            self.needs + other.needs,
            self.positions + other.positions,
            self.fte_hundredths + other.fte_hundredths,
        )


def totals_by_status(
    needs: QuerySet[Need], search: BoardFilter, *, now: datetime
) -> Mapping[NeedStatus, NeedsTotal]:
    """Return what the search finds in each state, its own state left aside. One query."""
    found = _found(needs, replace(search, status="", in_progress=False), now=now)
    totals = {
        status: NeedsTotal(*sums)
        for status, *sums in found.order_by().values_list("status").annotate(**_TOTALS)
    }
    return {status: totals.get(status.value, NeedsTotal()) for status in NeedStatus}


def total_of(needs: QuerySet[Need]) -> NeedsTotal:
    """Return how many `needs` there are, their posts, their working time. One query."""
    sums = needs.order_by().aggregate(**_TOTALS)
    return NeedsTotal(*(sums[name] or 0 for name in _TOTALS))


def sort_names() -> tuple[str, ...]:
    """Return what the board may be sorted by."""
    return tuple(_SORTS)


def _found(needs: QuerySet[Need], search: BoardFilter, *, now: datetime) -> QuerySet[Need]:
    return needs_with_words(needs, search.text).filter(_condition(search, now=now))


def _condition(search: BoardFilter, *, now: datetime) -> Q:
    condition = asked_for(
        {
            "status": search.status,
            "profession": search.profession,
            "commune": search.commune,
            "partner__territory": search.territory,
            "partner": search.partner,
            "partner__kind": search.partner_kind,
            "contract": search.contract,
            "urgency": search.urgency,
            "starts_on__gte": search.starts_from,
            "starts_on__lte": search.starts_by,
        }
    )
    if search.living_area is not None:
        condition &= Q(commune__in=search.living_area.communes.values("pk"))
    if search.freshness:
        condition &= is_of_freshness(Freshness(search.freshness), now=now)
    if search.in_progress:
        condition &= ~Q(status__in=CLOSED_STATUSES)
    if search.to_review:
        condition &= ~Q(wording_flags="")
    return condition


def positions_by_start(needs: QuerySet[Need]) -> list[tuple[int, date, int]]:
    """Return how many posts of each profession begin on each day: (profession, day, posts).

    One query.
    """
    rows = needs.order_by().values("profession", "starts_on").annotate(posts=Sum("positions"))
    found = [(row["profession"], row["starts_on"], row["posts"]) for row in rows]
    return sorted(found)
