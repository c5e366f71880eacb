"""The directory of a territory written and read in data·inclusion v1."""

from ancrage.welcome.services.inclusion.export import (
    LICENCE,
    LICENCE_URL,
    directory_pieces,
    open_offers,
    own_records,
    read_records,
    service_records,
    source_of,
    structure_records,
    structures_of,
    write_archive,
)
from ancrage.welcome.services.inclusion.kind import (
    PUBLISH,
    InclusionImport,
    owner_key_of_directory,
)
from ancrage.welcome.services.inclusion.table import table_of_inclusion

__all__ = [
    "LICENCE",
    "LICENCE_URL",
    "PUBLISH",
    "InclusionImport",
    "directory_pieces",
    "open_offers",
    "own_records",
    "owner_key_of_directory",
    "read_records",
    "service_records",
    "source_of",
    "structure_records",
    "structures_of",
    "table_of_inclusion",
    "write_archive",
]
