"""FINESS extracts, through the import engine: one internal record, whatever the layout."""

from ancrage.partners.services.imports.kind import (
    FacilityImport,
    owner_key_of,
    structures_to_make,
)

__all__ = ["FacilityImport", "owner_key_of", "structures_to_make"]
