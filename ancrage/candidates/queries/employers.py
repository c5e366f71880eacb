"""Who works where, as far as it must be kept from somebody."""

from collections.abc import Collection
from typing import Any, TypeAlias

from django.db.models import QuerySet

from ancrage.candidates.models import Candidate
from ancrage.partners.models import Partner

# Structures, by their keys or as a subquery.
Workplaces: TypeAlias = Collection[int] | QuerySet[Partner, Any]


def hidden_from(partners: Workplaces) -> QuerySet[Candidate, Any]:
    """Return, for use as a subquery, the keys of the people who work in one of these structures
    and do not wish it to know that they look elsewhere."""
    return Candidate.objects.filter(employer__in=partners, shown_to_employer=False).values("pk")


def hidden_from_somebody() -> QuerySet[Candidate, Any]:
    """Return, for use as a subquery, the keys of the people hidden from their own structure.

    Figures that anybody reads leave them out for everybody: a count that changed with the reader
    would tell an employer, by subtraction, that one of its people looks elsewhere.
    """
    return Candidate.objects.filter(employer__isnull=False, shown_to_employer=False).values("pk")


def employs(candidate: Candidate, partner_pk: int) -> bool:
    """Say whether the person works in that structure and does not wish it to know."""
    return candidate.employer_id == partner_pk and not candidate.shown_to_employer
