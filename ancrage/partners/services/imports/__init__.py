"""FINESS extracts, through the import engine: one internal record, whatever the layout."""

from ancrage.partners.services.imports.kind import FacilityImport, owner_key_of

__all__ = ["FacilityImport", "owner_key_of"]
