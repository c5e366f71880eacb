"""Questions about professions: which exist, which one a text means."""

from ancrage.professions.queries.bridges import (
    bridges_from,
    bridges_listed_on,
    bridges_to,
    bridges_to_check_again,
    fundings_listed_on,
)
from ancrage.professions.queries.lists import (
    FamilyOfProfessions,
    Presence,
    ReferenceFilter,
    changed_here,
    professions_by_family,
    professions_found,
    professions_matching,
    professions_open_on,
    specialties_found,
    specialties_matching,
    specialties_of,
    specialties_open_on,
    writings_of,
)
from ancrage.professions.queries.spellings import (
    ProfessionMatch,
    ProfessionReader,
    ProfessionSuggestion,
    find_profession,
    having_trade,
    profession_reader,
)

__all__ = [
    "FamilyOfProfessions",
    "Presence",
    "ProfessionMatch",
    "ProfessionReader",
    "ProfessionSuggestion",
    "ReferenceFilter",
    "bridges_from",
    "bridges_listed_on",
    "bridges_to",
    "bridges_to_check_again",
    "changed_here",
    "find_profession",
    "fundings_listed_on",
    "having_trade",
    "profession_reader",
    "professions_by_family",
    "professions_found",
    "professions_matching",
    "professions_open_on",
    "specialties_found",
    "specialties_matching",
    "specialties_of",
    "specialties_open_on",
    "writings_of",
]
