"""Which places can be reached from which, and in how many minutes.

Problem. Accessibility needs the road minutes between every place and those around it. Where a
file of minutes is given, it is read as it is. Where none is, distance as the crow flies stands
in for them, and every result says so.

The stand-in: minutes = 60 · detour · km / speed. The speed grows with the length of the road,
from `slow` on the shortest to `fast` on those of `stretch` kilometres and more; between dense
places it falls by up to `jam`. How dense: the people within `round_about` kilometres, on a
logarithmic scale from `rural` (no slowing down) to `urban` (the whole of it); a road is as dense
as the mean of its ends.

Steps: the neighbours within the distance that `most` minutes can cover are found in a k-d tree
over the points of the sphere (chords), then each pair gets its minutes, the same both ways.

Complexity: O(n log n + pairs) time, O(pairs) memory.

The default detour and speeds were chosen against the accessibility published for 2015
(`./run bench accessibility` prints how close they come); they are measured on no road.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from ancrage.core.accessibility.distances import EARTH_RADIUS_KM
from ancrage.core.accessibility.parameters import DAY_IN_MINUTES

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Places that can be reached from others. A place reaches itself in no time.

    Attributes:
        places: how many there are; each is known by its rank.
        origins: the rank of where people live, pair by pair.
        destinations: the rank of where they go.
        minutes: how long it takes.
        both_ways: whether each pair also stands the other way, with the same minutes.
    """

    places: int
    origins: Ints
    destinations: Ints
    minutes: Floats
    both_ways: bool


@dataclass(frozen=True, slots=True)
class CrowFly:
    """How long a road is guessed to take, from the distance and from how dense its ends are.

    Attributes:
        detour: kilometres of road for one as the crow flies.
        slow: km/h on the shortest roads.
        fast: km/h on those of `stretch` kilometres and more.
        stretch: kilometres of road.
        jam: the share of the speed that is lost between the densest places.
        round_about: kilometres around a place within which people are counted.
        rural: people there who slow nobody down.
        urban: people there who slow down most.
    """

    detour: float = 1.3
    slow: float = 45.0
    fast: float = 60.0
    stretch: float = 20.0
    jam: float = 0.35
    round_about: float = 3.0
    rural: float = 2_000.0
    urban: float = 100_000.0

    def __post_init__(self) -> None:
        if not (self.detour >= 1 and 0 < self.slow <= self.fast and 0 <= self.jam < 1):
            raise ValueError("a road is no shorter than the crow's flight, and is driven along")
        if not (self.stretch > 0 and self.round_about > 0 and 0 < self.rural < self.urban):
            raise ValueError("lengths and numbers of people are above 0, and grow")

    def farthest(self, minutes: float) -> float:
        """Return the kilometres, as the crow flies, that no road of `minutes` goes beyond."""
        return minutes * self.fast / (60 * self.detour)


STEADY_50 = CrowFly(slow=50, fast=50, jam=0)
"""Always 50 km/h, in towns and outside."""


def crow_fly(
    latitudes: ArrayLike,
    longitudes: ArrayLike,
    *,
    most: float,
    people: ArrayLike | None = None,
    roads: CrowFly = STEADY_50,
) -> Pairs:
    """Return every two places within `most` minutes of one another, by the stand-in.

    Args:
        latitudes: in degrees, place by place.
        longitudes: the same.
        most: minutes.
        people: who lives in each place; it is only needed where roads jam.
        roads: how long they take.

    Raises:
        ValueError: lists of different lengths, a point that is nowhere on Earth, people that
            are missing where roads jam.
    """
    if not 0 < most <= DAY_IN_MINUTES:
        raise ValueError("the longest road takes a day at most")
    points = _on_the_sphere(latitudes, longitudes)
    tree = cKDTree(points)
    near = tree.query_pairs(_chord(roads.farthest(most)), output_type="ndarray")
    first, second = near[:, 0], near[:, 1]
    km = _arcs(np.linalg.norm(points[first] - points[second], axis=1))
    minutes = _minutes(km, first, second, _density(points, people, roads), roads)
    kept = minutes <= most
    first, second, minutes = first[kept], second[kept], minutes[kept]
    itself = np.arange(len(points))
    return Pairs(
        places=len(points),
        origins=np.concatenate([itself, first, second]),
        destinations=np.concatenate([itself, second, first]),
        minutes=np.concatenate([np.zeros(len(points)), minutes, minutes]),
        both_ways=True,
    )


@dataclass(frozen=True, slots=True)
class Mended:
    """What was wrong in a table of minutes, and what was done about it.

    Attributes:
        one_way: roads given one way only: the same minutes were taken for the way back.
        twice: roads given more than once: the shortest was kept.
    """

    one_way: int
    twice: int


def measured(
    places: int, roads: Iterable[tuple[int, int, float]], *, most: float
) -> tuple[Pairs, Mended]:
    """Return the pairs of a table of minutes, and what had to be mended in it.

    Args:
        places: how many there are.
        roads: (origin, destination, minutes), by rank.
        most: minutes beyond which a road is left out.

    Raises:
        ValueError: a rank that is no place, a time that is negative or not a number.
    """
    table = np.asarray(list(roads), dtype=np.float64).reshape(-1, 3)
    origins, destinations = table[:, 0].astype(np.intp), table[:, 1].astype(np.intp)
    minutes = table[:, 2]
    if len(table) and not (
        origins.min() >= 0
        and destinations.min() >= 0
        and max(origins.max(), destinations.max()) < places
    ):
        raise ValueError("a road leads to a place that is not listed")
    if not np.all(minutes >= 0):
        raise ValueError("a road takes some minutes, or none")
    away = origins != destinations
    origins, destinations, minutes = origins[away], destinations[away], minutes[away]
    names = origins * places + destinations
    order = np.lexsort((minutes, names))
    names, first = np.unique(names[order], return_index=True)
    twice = len(order) - len(names)
    origins, destinations, minutes = (
        one[order][first] for one in (origins, destinations, minutes)
    )
    lonely = ~np.isin(destinations * places + origins, names)
    back = (destinations[lonely], origins[lonely], minutes[lonely])
    origins, destinations, minutes = (
        np.concatenate(two) for two in zip((origins, destinations, minutes), back, strict=True)
    )
    kept = minutes <= most
    itself = np.arange(places)
    pairs = Pairs(
        places=places,
        origins=np.concatenate([itself, origins[kept]]),
        destinations=np.concatenate([itself, destinations[kept]]),
        minutes=np.concatenate([np.zeros(places), minutes[kept]]),
        both_ways=False,
    )
    return pairs, Mended(one_way=int(lonely.sum()), twice=twice)


def _on_the_sphere(latitudes: ArrayLike, longitudes: ArrayLike) -> Floats:
    north = np.asarray(latitudes, dtype=np.float64)
    east = np.asarray(longitudes, dtype=np.float64)
    if north.shape != east.shape or north.ndim != 1:
        raise ValueError("latitudes and longitudes must be two lists of the same length")
    if not (np.all(np.abs(north) <= 90) and np.all(np.abs(east) <= 180)):
        raise ValueError("a latitude lies within 90 degrees, a longitude within 180")
    phi, lam = np.radians(north), np.radians(east)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def _chord(km: float) -> float:
    # Past half a turn every place is within reach; a hair more, so that rounding drops nobody.
    return 2 * float(np.sin(min(km / (2 * EARTH_RADIUS_KM), np.pi / 2))) * (1 + 1e-9)


def _arcs(chords: Floats) -> Floats:
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chords / 2, 1.0))


def _density(points: Floats, people: ArrayLike | None, roads: CrowFly) -> Floats | None:
    """How dense each place is, from 0 to 1; None where roads do not jam."""
    if roads.jam == 0:
        return None
    if people is None:
        raise ValueError("people are needed to know where roads jam")
    living = np.asarray(people, dtype=np.float64)
    if living.shape != (len(points),):
        raise ValueError("people are counted place by place")
    tree = cKDTree(points)
    near = tree.query_pairs(_chord(roads.round_about), output_type="ndarray")
    around = living.copy()
    around += np.bincount(near[:, 0], living[near[:, 1]], minlength=len(points))
    around += np.bincount(near[:, 1], living[near[:, 0]], minlength=len(points))
    share = np.log(np.maximum(around, roads.rural) / roads.rural)
    dense: Floats = np.minimum(share / np.log(roads.urban / roads.rural), 1.0)
    return dense


def _minutes(
    km: Floats, first: Ints, second: Ints, dense: Floats | None, roads: CrowFly
) -> Floats:
    length = roads.detour * km
    speed = roads.slow + (roads.fast - roads.slow) * np.minimum(length / roads.stretch, 1.0)
    if dense is not None:
        speed = speed * (1 - roads.jam * (dense[first] + dense[second]) / 2)
    return 60 * length / speed
