"""Questions about the people followed and what they agreed to."""

from ancrage.privacy.queries.consents import (
    Consent,
    consent_holds,
    consents_of,
    entry_in_force,
    subjects_consenting,
)
from ancrage.privacy.queries.desk import (
    breaches_in_order,
    looks_at,
    requests_of,
    requests_to_answer,
    subjects_to_tell,
)
from ancrage.privacy.queries.visibility import RULES, Door, subjects_shown_to, visible_fields

__all__ = [
    "RULES",
    "Consent",
    "Door",
    "breaches_in_order",
    "consent_holds",
    "consents_of",
    "entry_in_force",
    "looks_at",
    "requests_of",
    "requests_to_answer",
    "subjects_consenting",
    "subjects_shown_to",
    "subjects_to_tell",
    "visible_fields",
]
