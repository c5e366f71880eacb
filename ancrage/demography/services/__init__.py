"""Medical demography: official files kept by vintage."""

from ancrage.demography.services.reading.draft import Draft
from ancrage.demography.services.reading.lines import FileRefused
from ancrage.demography.services.reading.official import (
    first_age,
    read_access,
    read_means,
    read_people,
    read_places,
    read_roads,
)
from ancrage.demography.services.reading.professionals import UNKNOWN_AGE, read_professionals
from ancrage.demography.services.vintages import (
    Origin,
    VintageHeld,
    forget_vintage,
    save_vintage,
)

__all__ = [
    "UNKNOWN_AGE",
    "Draft",
    "FileRefused",
    "Origin",
    "VintageHeld",
    "first_age",
    "forget_vintage",
    "read_access",
    "read_means",
    "read_people",
    "read_places",
    "read_professionals",
    "read_roads",
    "save_vintage",
]
