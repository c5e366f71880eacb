"""Needs that come from a spreadsheet."""

from ancrage.needs.services.imports.kind import NeedsImport
from ancrage.needs.services.imports.targets import name_of, reference_of

__all__ = ["NeedsImport", "name_of", "reference_of"]
