"""From the French grid (RGF93 / Lambert-93) to latitude and longitude.

Problem: official files of mainland France give points in metres on a conformal conic projection.
Method: inverse of the Lambert conic with two standard parallels on the GRS 80 ellipsoid (IGN,
notes techniques NT/G 71, algorithms ALG0002 and ALG0004); the latitude is found by fixed-point
iteration, which gains about two digits a turn. RGF93 and WGS 84 differ by less than a metre.
"""

import math
from dataclasses import dataclass

_ECCENTRICITY = 0.08181919104281579
_EXPONENT = 0.7256077650532670
_CONSTANT = 11_754_255.4261
_POLE_X = 700_000.0
_POLE_Y = 12_655_612.0499
_CENTRAL_MERIDIAN = math.radians(3)
_TURNS = 12

# The extent of mainland France and Corsica on the grid, generously.
_EXTENT_X = (0.0, 1_300_000.0)
_EXTENT_Y = (6_000_000.0, 7_200_000.0)


class OutsideTheGrid(ValueError):
    """The point is nowhere in mainland France: another projection, or two figures swapped."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


def from_lambert93(x: float, y: float) -> Point:
    """Return the point at `x` metres east and `y` metres north on the grid.

    Constant time. Raises OutsideTheGrid.
    """
    if not (_EXTENT_X[0] <= x <= _EXTENT_X[1] and _EXTENT_Y[0] <= y <= _EXTENT_Y[1]):
        raise OutsideTheGrid(f"({x}, {y}) is not a point of Lambert-93")
    east, north = x - _POLE_X, _POLE_Y - y
    radius = math.hypot(east, north)
    longitude = _CENTRAL_MERIDIAN + math.atan2(east, north) / _EXPONENT
    isometric = -math.log(radius / _CONSTANT) / _EXPONENT
    return Point(latitude=math.degrees(_latitude(isometric)), longitude=math.degrees(longitude))


def _latitude(isometric: float) -> float:
    """The latitude whose isometric latitude is given, both in radians."""
    latitude = 2 * math.atan(math.exp(isometric)) - math.pi / 2
    for _turn in range(_TURNS):
        sine = _ECCENTRICITY * math.sin(latitude)
        stretch = ((1 + sine) / (1 - sine)) ** (_ECCENTRICITY / 2)
        latitude = 2 * math.atan(stretch * math.exp(isometric)) - math.pi / 2
    return latitude
