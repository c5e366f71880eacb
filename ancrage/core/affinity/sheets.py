"""What a party wrote, reduced to what can be compared."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of a party. Nothing said is nothing assumed: an empty field is unknown.

    Attributes:
        modes: what is sought or offered (locum, collaboration, succession…), as codes.
        latitude: of the place of work, or of where the visitor looks from; degrees WGS 84.
        longitude: the same; both or neither.
        reach_km: how far a visitor goes, as the crow flies.
        start: from when.
        days: codes of the days of the week sought or offered.
        specialties: codes; a visitor's own, those a host looks for.
        together: two professionals come, or can be taken in; None when not said.
    """

    modes: frozenset[str] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    reach_km: float | None = None
    start: date | None = None
    days: frozenset[str] = frozenset()
    specialties: frozenset[str] = frozenset()
    together: bool | None = None

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("a latitude goes with a longitude")
        if self.reach_km is not None and self.reach_km < 0:
            raise ValueError("a distance is negative")
