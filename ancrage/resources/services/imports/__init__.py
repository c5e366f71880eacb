"""Resources that come from a spreadsheet."""

from ancrage.resources.services.imports.kind import (
    PUBLISH,
    PartnerGone,
    ResourcesImport,
    name_of,
    owner_of,
    partner_of,
)

__all__ = ["PUBLISH", "PartnerGone", "ResourcesImport", "name_of", "owner_of", "partner_of"]
