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

__all__ = [
    "LICENCE",
    "LICENCE_URL",
    "directory_pieces",
    "open_offers",
    "own_records",
    "read_records",
    "service_records",
    "source_of",
    "structure_records",
    "structures_of",
    "write_archive",
]
