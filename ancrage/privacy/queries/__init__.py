"""Questions about the people followed and what they agreed to."""

from ancrage.privacy.queries.consents import (
    Consent,
    consent_holds,
    consents_of,
    entry_in_force,
    subjects_consenting,
)

__all__ = [
    "Consent",
    "consent_holds",
    "consents_of",
    "entry_in_force",
    "subjects_consenting",
]
