"""Who works where, as far as it must be kept from somebody."""

from collections.abc import Collection
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet

from ancrage.candidates.models import Candidate
from ancrage.partners.models import Partner
from ancrage.territory.models import Territory

# Structures, by their keys or as a subquery.
Workplaces: TypeAlias = Collection[int] | QuerySet[Partner, Any]


def hidden_from(partners: Workplaces) -> QuerySet[Candidate, Any]:
    """Return, for use as a subquery, the keys of the people who work in one of these structures
    and do not wish it to know that they look elsewhere."""
    # Two lists, each read from its index: one condition « or » would read everybody.
    first = Candidate.objects.filter(employer__in=partners, shown_to_employer=False)
    also = _also_employed().filter(partner__in=partners)
    return first.order_by().values("pk").union(also.order_by().values("candidate"), all=True)


def hidden_from_somebody() -> QuerySet[Candidate, Any]:
    """Return, for use as a subquery, the keys of the people hidden from their own structure.

    Figures that anybody reads leave them out for everybody: a count that changed with the reader
    would tell an employer, by subtraction, that one of its people looks elsewhere.
    """
    first = Q(employer__isnull=False, shown_to_employer=False)
    return Candidate.objects.filter(first | Q(pk__in=_also_employed().values("candidate"))).values(
        "pk"
    )


def employs(candidate: Candidate, partner_pk: int) -> bool:
    """Say whether the person works in that structure and does not wish it to know."""
    if candidate.employer_id == partner_pk:
        return not candidate.shown_to_employer
    return candidate.other_employers.filter(pk=partner_pk).exists()


def employer_pairs(territory: Territory) -> list[tuple[int, int]]:
    """Return who is to be hidden from whom in a territory, as (person, structure) keys."""
    first = Candidate.objects.filter(
        territory=territory, employer__isnull=False, shown_to_employer=False
    )
    also = _also_employed().filter(candidate__territory=territory)
    return [
        *first.order_by("pk").values_list("pk", "employer"),
        *also.order_by("pk").values_list("candidate", "partner"),
    ]


def _also_employed() -> QuerySet[Any, Any]:
    return Candidate.other_employers.through.objects.all()
