"""Who works where, as far as it must be kept from somebody: the one place that says it.

The questions and the permissions of the pool both read this rule.
"""

from collections.abc import Collection
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet

from ancrage.candidates.models.profiles import Candidate
from ancrage.partners.models import Partner

# Structures, by their keys or as a subquery.
Workplaces: TypeAlias = Collection[int] | QuerySet[Partner, Any]

# Whoever wishes the structure they work in to know is hidden from none; a second employer is
# always kept in the dark.
HIDES_FROM_EMPLOYER = Q(employer__isnull=False, shown_to_employer=False)


def second_posts() -> QuerySet[Any, Any]:
    """Return (person, structure) for each second employer."""
    return Candidate.other_employers.through.objects.all()


def hidden_from(partners: Workplaces) -> QuerySet[Candidate, Any]:
    """Return, for use as a subquery, the keys of the people who work in one of these structures
    and do not wish it to know that they look elsewhere."""
    # Two lists, each read from its index: one condition « or » would read everybody.
    first = Candidate.objects.filter(HIDES_FROM_EMPLOYER, employer__in=partners)
    also = second_posts().filter(partner__in=partners)
    return first.order_by().values("pk").union(also.order_by().values("candidate"), all=True)


def hidden_from_somebody() -> QuerySet[Candidate, Any]:
    """Return, for use as a subquery, the keys of the people hidden from their own structure.

    Figures that anybody reads leave them out for everybody: a count that changed with the reader
    would tell an employer, by subtraction, that one of its people looks elsewhere.
    """
    also = second_posts().values("candidate")
    return Candidate.objects.filter(HIDES_FROM_EMPLOYER | Q(pk__in=also)).values("pk")
