"""What a map is drawn from: places, a backdrop, figures. Plain values, degrees WGS 84."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LatLon = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A commune to draw: its code, its name, a point if known, a GeoJSON contour if known.

    `hamlets` are further (latitude, longitude) inside the commune: without a contour its surface
    is what lies nearer to any of its points than to those of the others. The contour is GeoJSON
    text rather than an object, so that a tuple of places can be the key of a cache.
    """

    code: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    contour: str = ""
    hamlets: tuple[LatLon, ...] = ()

    @property
    def points(self) -> tuple[LatLon, ...]:
        """Return the (latitude, longitude) known inside the place, its centre first."""
        if self.latitude is None or self.longitude is None:
            return ()
        return ((self.latitude, self.longitude), *self.hamlets)

    @property
    def has_point(self) -> bool:
        """Tell whether the place has coordinates."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class WaterName:
    """A name written on the water, centred on a point; a line break makes two lines."""

    text: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What surrounds the communes, as GeoJSON text: water, and the names written on it.

    `hamlets` gives further points of communes without contour, by code.
    """

    water: str | None = None
    names: tuple[WaterName, ...] = ()
    hamlets: tuple[tuple[str, tuple[LatLon, ...]], ...] = ()
    credit: str = ""

    @classmethod
    def from_geojson(cls, collection: Mapping[str, Any], *, credit: str = "") -> "Backdrop":
        """Read a FeatureCollection whose features have a property `kind`.

        - `water`: a Polygon or MultiPolygon; only the first such feature is read;
        - `name`: a Point with a property `name`;
        - `hamlets`: a MultiPoint with a property `insee`.

        Anything else is left aside.
        """
        water: str | None = None
        names, hamlets = [], []
        for feature in collection.get("features", ()):
            properties = feature.get("properties") or {}
            geometry = feature.get("geometry") or {}
            kind = properties.get("kind")
            if kind == "water" and water is None:
                water = json.dumps(geometry)
            elif kind == "name":
                longitude, latitude = geometry["coordinates"][:2]
                names.append(WaterName(str(properties["name"]), latitude, longitude))
            elif kind == "hamlets":
                points = tuple((point[1], point[0]) for point in geometry["coordinates"])
                hamlets.append((str(properties["insee"]), points))
        return cls(water, tuple(names), tuple(hamlets), credit)

    def hamlets_of(self, code: str) -> tuple[LatLon, ...]:
        """Return the further points of one commune."""
        return next((points for owner, points in self.hamlets if owner == code), ())


class Tint(StrEnum):
    """Which scale of colours fills the communes."""

    TENSION = "tension"
    HEAT = "heat"
    # From less to more on both sides of a middle.
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one commune shows.

    Args:
        code: of the commune.
        value: area of the circle; nothing is drawn for zero.
        text: the value as people read it, « 12,5 »; the rounded value when empty.
        level: class of colour on the scale of the map, None when unknown.
        title: sentence of the tooltip, « Pornic : 41 postes pour 15 profils »; else the name.
        href: the list this commune opens, no link when empty.
    """

    code: str
    value: float = 0
    text: str = ""
    level: int | None = None
    title: str = ""
    href: str = ""
