"""Who is hidden from which structure: the rule of `models.employers`, asked of one person or of a
whole territory."""

from ancrage.candidates.models import Candidate
from ancrage.candidates.models.employers import (
    HIDES_FROM_EMPLOYER,
    Workplaces,
    hidden_from,
    hidden_from_somebody,
    second_posts,
)
from ancrage.territory.models import Territory


def employs(candidate: Candidate, partner_pk: int) -> bool:
    """Say whether the person works in that structure and does not wish it to know."""
    return Candidate.objects.filter(pk=candidate.pk, pk__in=hidden_from([partner_pk])).exists()


def employer_pairs(territory: Territory) -> list[tuple[int, int]]:
    """Return who is to be hidden from whom in a territory, as (person, structure) keys."""
    first = Candidate.objects.filter(HIDES_FROM_EMPLOYER, territory=territory)
    also = second_posts().filter(candidate__territory=territory)
    return [
        *first.order_by("pk").values_list("pk", "employer"),
        *also.order_by("pk").values_list("candidate", "partner"),
    ]


__all__ = ["Workplaces", "employer_pairs", "employs", "hidden_from", "hidden_from_somebody"]
