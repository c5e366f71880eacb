"""Resources that come from a spreadsheet."""

from ancrage.resources.services.imports.kind import ResourcesImport, name_of

__all__ = ["ResourcesImport", "name_of"]
