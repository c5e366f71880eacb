"""The drawn names by which structures call a profile, and know nothing else of it."""

import secrets

from ancrage.candidates.models import Candidate

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
