"""From degrees to pixels, and from shapes to the `d` attribute of a path."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular, true at the middle latitude: x = λ·cos φ₀·k, y = −φ·k.

    Over a French region (three degrees of latitude) the error of scale stays under 3 %, less
    than what the eye sees; over the mainland use it for an overview only.
    """

    scale: float
    squeeze: float
    shift_x: float
    shift_y: float

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the pixel of a place."""
        return (
            longitude * self.squeeze * self.scale + self.shift_x,
            self.shift_y - latitude * self.scale,
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the (latitude, longitude) of a pixel."""
        return (self.shift_y - y) / self.scale, (x - self.shift_x) / (self.squeeze * self.scale)

    def bounds(self, geometry: BaseGeometry) -> Bounds:
        """Return the window, in degrees, of a geometry given in pixels."""
        left, top, right, bottom = geometry.bounds
        (north, west), (south, east) = self.place(left, top), self.place(right, bottom)
        return west, south, east, north

    def shape(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry given in (longitude, latitude) in pixels."""

        def project(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
            x = coordinates[:, 0] * (self.squeeze * self.scale) + self.shift_x
            y = self.shift_y - coordinates[:, 1] * self.scale
            return np.column_stack((x, y))

        return shapely.transform(geometry, project)

    def moved_from(
        self, other: "Projection", geometries: Sequence[BaseGeometry]
    ) -> list[BaseGeometry]:
        """Return in these pixels geometries given in those of another projection."""

        def move(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
            longitude = (coordinates[:, 0] - other.shift_x) / (other.squeeze * other.scale)
            latitude = (other.shift_y - coordinates[:, 1]) / other.scale
            x = longitude * (self.squeeze * self.scale) + self.shift_x
            return np.column_stack((x, self.shift_y - latitude * self.scale))

        return list(shapely.transform(np.array(geometries, dtype=object), move))


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection and the size of the view box it fills, in pixels."""

    projection: Projection
    width: float
    height: float


def fit(bounds: Bounds, *, width: float, padding: float, tallest: float = 1.1) -> Frame:
    """Return the frame in which an area fills a view of a given width, with a margin.

    The height follows the shape of the area, between 0.45 and `tallest` times the width; a
    narrower area is centred. An area without extent (a single point) gets about 20 km.
    """
    west, south, east, north = bounds
    middle = (south + north) / 2
    squeeze = math.cos(math.radians(middle))
    least = 0.18
    span_x = max((east - west) * squeeze, least * squeeze)
    span_y = max(north - south, least)
    scale = min((width - 2 * padding) / span_x, (width * tallest - 2 * padding) / span_y)
    height = max(span_y * scale + 2 * padding, width * 0.45)
    projection = Projection(
        scale=scale,
        squeeze=squeeze,
        shift_x=width / 2 - (west + east) / 2 * squeeze * scale,
        shift_y=height / 2 + middle * scale,
    )
    return Frame(projection, width, math.ceil(height - 1e-6))


def path(geometry: BaseGeometry) -> str:
    """Return the `d` attribute of polygons or lines, to a tenth of a pixel, empty for neither."""
    parts: list[str] = []
    for one in shapely.get_parts(geometry):
        if isinstance(one, Polygon) and not one.is_empty:
            parts.append(_run(one.exterior.coords, closed=True))
            parts.extend(_run(ring.coords, closed=True) for ring in one.interiors)
        elif one.geom_type in ("LineString", "LinearRing") and not one.is_empty:
            parts.append(_run(one.coords, closed=False))
    return "".join(parts)


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a geometry of any kind, largest first."""
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [geometry]
    parts = shapely.get_parts(shapely.get_parts(geometry))
    found = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    return sorted(found, key=lambda part: -part.area)


def surface(geometry: BaseGeometry) -> BaseGeometry:
    """Return only the surfaces of a geometry: an intersection may leave points and lines."""
    if isinstance(geometry, Polygon):
        return geometry
    found = polygons(geometry)
    return found[0] if len(found) == 1 else MultiPolygon(found)


def lines(geometry: BaseGeometry) -> BaseGeometry:
    """Return only the lines of a geometry."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return MultiLineString([part for part in parts if part.geom_type == "LineString"])


def _run(coordinates: Iterable[tuple[float, ...]], *, closed: bool) -> str:
    points = [f"{x:.1f},{y:.1f}".replace(".0", "") for x, y, *_ in coordinates]
    if closed:
        points.pop()
    return "M" + "L".join(points) + ("Z" if closed else "")
