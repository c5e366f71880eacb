"""Questions about the people followed and what they agreed to."""

from ancrage.privacy.queries.consents import (
    Consent,
    consent_holds,
    consents_of,
    entry_in_force,
    subjects_consenting,
)
from ancrage.privacy.queries.visibility import RULES, Door, subjects_shown_to, visible_fields

__all__ = [
    "RULES",
    "Consent",
    "Door",
    "consent_holds",
    "consents_of",
    "entry_in_force",
    "subjects_consenting",
    "subjects_shown_to",
    "visible_fields",
]
