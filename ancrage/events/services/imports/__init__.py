"""Registrations that come from a spreadsheet."""

from ancrage.events.services.imports.kind import (
    IMPORT_KIND,
    RegistrationsImport,
    SideGone,
    forget_file_lines,
    owner_of,
    side_of,
)

__all__ = [
    "IMPORT_KIND",
    "RegistrationsImport",
    "SideGone",
    "forget_file_lines",
    "owner_of",
    "side_of",
]
