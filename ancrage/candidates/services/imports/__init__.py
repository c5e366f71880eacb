"""People who come from a spreadsheet."""

from ancrage.candidates.services.imports.kind import (
    PROOF,
    CandidatesImport,
    TerritoryGone,
    owner_of,
    territory_of,
)

__all__ = ["PROOF", "CandidatesImport", "TerritoryGone", "owner_of", "territory_of"]
