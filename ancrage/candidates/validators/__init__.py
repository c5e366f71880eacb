"""What a profile, a proof or a file may be: one place for pages, API and imports."""

from ancrage.candidates.validators.contacts import validate_reachable
from ancrage.candidates.validators.files import (
    MAX_DOCUMENT_BYTES,
    MAX_DOCUMENTS,
    document_format,
)
from ancrage.candidates.validators.profiles import (
    LENGTHS,
    MAX_KM,
    MAX_MINUTES,
    MAX_PROFESSIONS,
    validate_information,
    validate_profile,
)
from ancrage.candidates.validators.proofs import validate_proof
from ancrage.candidates.validators.words import words_of_document

__all__ = [
    "LENGTHS",
    "MAX_DOCUMENTS",
    "MAX_DOCUMENT_BYTES",
    "MAX_KM",
    "MAX_MINUTES",
    "MAX_PROFESSIONS",
    "document_format",
    "validate_information",
    "validate_profile",
    "validate_proof",
    "validate_reachable",
    "words_of_document",
]
