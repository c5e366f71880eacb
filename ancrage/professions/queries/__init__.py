"""Questions about professions: which exist, which one a text means."""

from ancrage.professions.queries.lists import (
    FamilyOfProfessions,
    professions_by_family,
    professions_matching,
    professions_open_on,
    specialties_matching,
    specialties_open_on,
)
from ancrage.professions.queries.spellings import (
    ProfessionMatch,
    ProfessionReader,
    ProfessionSuggestion,
    find_profession,
    profession_reader,
)

__all__ = [
    "FamilyOfProfessions",
    "ProfessionMatch",
    "ProfessionReader",
    "ProfessionSuggestion",
    "find_profession",
    "profession_reader",
    "professions_by_family",
    "professions_matching",
    "professions_open_on",
    "specialties_matching",
    "specialties_open_on",
]
