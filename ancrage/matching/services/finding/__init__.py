"""« Trouver un profil », and « Les besoins qui me correspondent »: ranked, each with its reasons.

Three readers, three depths. A structure ranks cards, by what cards print; the coordination ranks
the profiles of its territory, by all that they say; a person ranks the needs open to her, by all
that her own profile says. Nobody is left out: what misses a condition comes after, with what
would lift it. Nothing of a life project is read.
"""

from ancrage.matching.services.finding.asking import (
    CARD_PARTS,
    HEAVIEST,
    NEED_PARTS,
    PROFILE_PARTS,
    USUAL,
    YEARS,
    Asked,
    asked_from,
    words_of,
)
from ancrage.matching.services.finding.cards import CardResult, FoundCards, find_cards
from ancrage.matching.services.finding.explaining import ConditionLine, Explained, PartLine
from ancrage.matching.services.finding.needs import FoundNeeds, NeedResult, find_needs
from ancrage.matching.services.finding.profiles import (
    MOST_COMPARED,
    FoundProfiles,
    ProfileResult,
    find_profiles,
)

__all__ = [
    "CARD_PARTS",
    "HEAVIEST",
    "MOST_COMPARED",
    "NEED_PARTS",
    "PROFILE_PARTS",
    "USUAL",
    "YEARS",
    "Asked",
    "CardResult",
    "ConditionLine",
    "Explained",
    "FoundCards",
    "FoundNeeds",
    "FoundProfiles",
    "NeedResult",
    "PartLine",
    "ProfileResult",
    "asked_from",
    "find_cards",
    "find_needs",
    "find_profiles",
    "words_of",
]
