"""What a profile or a proof may be: one place for pages, API and imports."""

from ancrage.candidates.validators.contacts import validate_reachable
from ancrage.candidates.validators.profiles import (
    LENGTHS,
    MAX_KM,
    MAX_MINUTES,
    MAX_PROFESSIONS,
    validate_information,
    validate_profile,
)
from ancrage.candidates.validators.proofs import validate_proof

__all__ = [
    "LENGTHS",
    "MAX_KM",
    "MAX_MINUTES",
    "MAX_PROFESSIONS",
    "validate_information",
    "validate_profile",
    "validate_proof",
    "validate_reachable",
]
