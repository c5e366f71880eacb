"""What may be told of the ages of professionals, so that nobody's is.

Everything that a page, a file or a computation says of ages is made from this alone: how many are
in each band of the whole territory, and how many are sixty or more in each of its sectors. All of
it counts five people or nobody, so whatever is supposed on top of it, two answers never differ by
somebody.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ancrage.demography.services.model.facts import Place, TerritoryModel
from ancrage.privacy.cells import K
from ancrage.privacy.sectors import Unit, sectors

OLD = 60
"""From this age on, a professional is counted among those who may leave soon."""

# Where each side of `OLD` is cut again, if five are on each side of the cut.
_YOUNGER_CUT, _OLDER_CUT = 55, 65
# Within what a band without an end is spread: ages to count with, not ages of somebody.
_YOUNGEST, _OLDEST = 30, 70


@dataclass(frozen=True, slots=True)
class Band:
    """How many professionals of a territory have an age.

    Attributes:
        first: the youngest age; 0: no lower bound.
        end: the age from which they are of the next band; None: no upper bound.
        count: how many they are.
    """

    first: int
    end: int | None
    count: float

    @property
    def ages(self) -> range:
        """The ages they are supposed to be evenly spread over: theirs are not told."""
        return range(self.first or _YOUNGEST, self.end or _OLDEST)


@dataclass(frozen=True, slots=True)
class Sector:
    """Neighbouring communes, told together.

    Attributes:
        ranks: of the communes in the model, growing.
        professionals: how many work there.
        young: how many are under `OLD`.
        old: how many are `OLD` or more.
    """

    ranks: tuple[int, ...]
    professionals: float
    young: float
    old: float

    @property
    def share(self) -> float:
        """The part of `OLD` or more among those whose age is known, of a hundred."""
        return 100 * self.old / (self.young + self.old)

    @property
    def unknown(self) -> float:
        """How many have an age that the file does not tell."""
        return max(self.professionals - self.young - self.old, 0.0)


@dataclass(frozen=True)
class AgesTold:
    """What may be told of the ages of the professionals of a territory.

    Attributes:
        bands: of the whole territory, youngest first.
        sectors: parts of it, that make it together.
    """

    bands: tuple[Band, ...]
    sectors: tuple[Sector, ...]

    @property
    def young(self) -> float:
        """How many are under `OLD`."""
        return math.fsum(band.count for band in self.bands if band.first < OLD)

    @property
    def old(self) -> float:
        """How many are `OLD` or more."""
        return math.fsum(band.count for band in self.bands if band.first >= OLD)

    @cached_property
    def by_rank(self) -> dict[int, Sector]:
        """The sector of each commune."""
        return {rank: sector for sector in self.sectors for rank in sector.ranks}

    def expected(self, sector: Sector) -> tuple[tuple[Band, float], ...]:
        """Return how many of a sector are in each band, if each side of `OLD` is there as in the
        whole territory: the bands of a sector are not told."""
        return tuple(
            (
                band,
                band.count
                * (sector.young / self.young if band.first < OLD else sector.old / self.old),
            )
            for band in self.bands
        )


def ages_told(model: TerritoryModel) -> AgesTold | None:
    """Return what may be told; None: no age is known, or too few are on one side of `OLD`.

    The ring tells nothing: it is the territory of others, which tells of it in its own sectors.
    """
    ranks = model.inside.tolist()
    places = [model.places[rank] for rank in ranks]
    found = sectors(_units(places))
    if not found:
        return None
    return AgesTold(
        bands=_bands([one for place in places for one in place.ages]),
        sectors=tuple(
            Sector(
                tuple(ranks[one] for one in group),
                math.fsum(places[one].professionals for one in group),
                math.fsum(_young(places[one]) for one in group),
                math.fsum(_old(places[one]) for one in group),
            )
            for group in found
        ),
    )


def _bands(ages: Sequence[tuple[int, float]]) -> tuple[Band, ...]:
    return (*_cut(ages, 0, _YOUNGER_CUT, OLD), *_cut(ages, OLD, _OLDER_CUT, None))


def _cut(
    ages: Sequence[tuple[int, float]], first: int, middle: int, end: int | None
) -> tuple[Band, ...]:
    """Two bands if both hold enough people, else one."""
    below = math.fsum(count for age, count in ages if first <= age < middle)
    above = math.fsum(count for age, count in ages if age >= middle and (not end or age < end))
    if below >= K and above >= K:
        return Band(first, middle, below), Band(middle, end, above)
    return (Band(first, end, below + above),)


def _units(places: Sequence[Place]) -> list[Unit]:
    """Where each commune is, in degrees as wide as high; in the middle where nobody knows."""
    middle = (
        _mean(place.latitude for place in places),
        _mean(place.longitude for place in places),
    )
    narrow = math.cos(math.radians(middle[0]))
    units = []
    for place in places:
        latitude, longitude = (
            middle
            if place.latitude is None or place.longitude is None
            else (place.latitude, place.longitude)
        )
        units.append(Unit(longitude * narrow, latitude, _young(place), _old(place)))
    return units


def _mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else 0.0


def _young(place: Place) -> float:
    return math.fsum(count for age, count in place.ages if age < OLD)


def _old(place: Place) -> float:
    return math.fsum(count for age, count in place.ages if age >= OLD)
