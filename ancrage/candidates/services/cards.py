"""The drawn names by which structures call a profile, and know nothing else of it.

A name is drawn again once a structure that knew the person must know them no longer: at a hire,
and when an agreement is withdrawn. Nothing that structures read keeps the former one; their
introductions bear numbers of their own.
"""

import secrets
from collections.abc import Iterable

from django.db import transaction

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.services.indexing import index_candidates

# No vowel, hence no word; no figure or letter that is read for another.
_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 8


def draw_card() -> str:
    """Return a name for a card: eight letters and figures that say nothing."""
    return "".join(secrets.choice(_LETTERS) for _letter in range(_LENGTH))


def free_cards(count: int) -> list[str]:
    """Return that many names that no profile bears. One query, but for an unlikely draw."""
    drawn: set[str] = set()
    while len(drawn) < count:
        fresh = {draw_card() for _missing in range(count - len(drawn))} - drawn
        taken = Candidate.objects.filter(card__in=fresh).values_list("card", flat=True)
        drawn |= fresh - set(taken)
    return list(drawn)


@transaction.atomic
def redraw_cards(candidates: Iterable[Candidate]) -> None:
    """Give these profiles other names than those that structures knew; an erased one has its own
    already."""
    keys = [candidate.pk for candidate in candidates]
    rows = list(
        Candidate.objects.filter(pk__in=keys)
        .exclude(status=CandidateStatus.ERASED)
        .select_related("subject", "commune")
        .order_by("pk")
    )
    for row, card in zip(rows, free_cards(len(rows)), strict=True):
        row.card = card
    Candidate.objects.bulk_update(rows, ["card"])
    # The coordination finds a profile by its card too.
    index_candidates(rows)
