"""The resources of a territory: filtered, sorted, counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from ancrage.kit.freshness import Freshness
from ancrage.kit.life.freshness import is_of_freshness, with_freshness
from ancrage.kit.life.lists import DEFAULT_SORT, asked_for, counts_by_state, order_of
from ancrage.kit.search import having_words
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.territory.models import Commune

_SORTS: Mapping[str, str] = {
    "updated": "updated_at",
    "title": "title",
    "kind": "kind",
    "commune": "commune__search_name",
    "partner": "partner__search",
    "from": "available_from",
    "confirmed": "confirmed_at",
}


@dataclass(frozen=True)
class ShelfFilter:
    """What a reader looks for. Every part is optional.

    `needed_from` and `needed_to`, both included, bound the days when the resource must be there:
    it is found if it is available on one of them.
    """

    text: str = ""
    status: str = ""
    kind: str = ""
    commune: Commune | None = None
    profession: Profession | None = None
    partner: Partner | None = None
    freshness: str = ""
    needed_from: date | None = None
    needed_to: date | None = None


def shared_now(resources: QuerySet[Resource], *, on: date) -> QuerySet[Resource]:
    """Narrow `resources` to those published and not over on that day, their structure present."""
    return resources.filter(
        Q(available_to__isnull=True) | Q(available_to__gte=on),
        status=ResourceStatus.PUBLISHED,
        partner__left_at__isnull=True,
    )


def search_shelf(
    resources: QuerySet[Resource], search: ShelfFilter, *, now: datetime, sort: str = DEFAULT_SORT
) -> QuerySet[Resource]:
    """Narrow `resources` (those the reader may see), sorted, with their freshness annotated.

    `sort` is a name of `_SORTS`, after a dash for the other way round; an unknown one falls back
    on the last changed first. One query, whatever is asked.
    """
    return (
        with_freshness(resources.filter(_condition(search, now=now)), now=now)
        .select_related("profession", "partner", "facility", "commune")
        .order_by(*order_of(sort, _SORTS))
    )


def status_counts(
    resources: QuerySet[Resource], search: ShelfFilter, *, now: datetime
) -> Mapping[ResourceStatus, int]:
    """Return how many resources the search finds in each state, its own state left aside."""
    condition = _condition(replace(search, status=""), now=now)
    return counts_by_state(resources.filter(condition), ResourceStatus)


def _condition(search: ShelfFilter, *, now: datetime) -> Q:
    condition = having_words(search.text) & asked_for(
        {
            "status": search.status,
            "kind": search.kind,
            "commune": search.commune,
            "profession": search.profession,
            "partner": search.partner,
            "available_from__lte": search.needed_to,
        }
    )
    if search.needed_from is not None:
        condition &= Q(available_to__isnull=True) | Q(available_to__gte=search.needed_from)
    if search.freshness:
        condition &= is_of_freshness(Freshness(search.freshness), now=now)
    return condition
