"""Needs that come from a spreadsheet."""

from ancrage.needs.services.imports.kind import (
    PUBLISH,
    NeedsImport,
    PartnerGone,
    owner_of,
    partner_of,
)
from ancrage.needs.services.imports.targets import name_of, reference_of

__all__ = [
    "PUBLISH",
    "NeedsImport",
    "PartnerGone",
    "name_of",
    "owner_of",
    "partner_of",
    "reference_of",
]
