"""One surface per place: its contour when it has one, else the cell of what lies nearest to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from ancrage.web.maps.places import LatLon, Place
from ancrage.web.maps.projection import Projection, polygons, surface

SIMPLIFY_PX = 0.8
"""Detail smaller than this, in pixels, is dropped from contours."""

GAP_PX = 14.0
"""Half the width, in pixels, of what counts as a gap between a contour and a drawn cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The surface of one place, in pixels; empty when nothing can be drawn.

    `approximate` says that the surface is not the contour of an official file.
    """

    place: Place
    surface: BaseGeometry
    approximate: bool


def cells_of(
    places: Sequence[Place],
    *,
    projection: Projection,
    around: Sequence[LatLon] = (),
    water: BaseGeometry | None = None,
) -> tuple[Cell, ...]:
    """Return one cell per place, in the same order.

    1. Contours are projected and simplified together, so that shared borders stay shared.
    2. Places without a contour get their Voronoi cell among all known points, those of the
       places `around` included: the outer border then runs halfway to the neighbours. Neighbours
       across the water do not count: the shore is the border.
    3. These cells are cut by the outline of the points (their hull, widened), by the water and by
       the contours; of the pieces left, only those that hold a point of the place are kept.
    4. Holes and narrow gaps left between contours and cells go to the cell they touch most.

    Args:
        places: those to draw, each with a contour, a point, both or neither.
        projection: from degrees to pixels.
        around: (latitude, longitude) of neighbours, not drawn.
        water: in pixels; cells never cover it, contours are left as their source draws them.
    """
    contours = _contours(places, projection)
    known = shapely.union_all(list(contours.values()))
    drawn = _drawn(places, set(contours), known, projection, around, water)
    if contours:
        _fill_gaps(drawn, known, water)
    return tuple(
        Cell(
            place,
            contours.get(place.code) or drawn.get(place.code) or Polygon(),
            approximate=place.code not in contours,
        )
        for place in places
    )


def voronoi(points: Sequence[tuple[float, float]], within: BaseGeometry) -> list[BaseGeometry]:
    """Return the cells of points, in their order, cut by an outline.

    Together the cells cover the outline without overlap, and each holds its own point if the
    outline does. Points that coincide are set apart by a hundredth of a unit, always the same
    way, so that each keeps a cell.
    """
    apart = _set_apart(points)
    if len(apart) < 2:
        return [within for _ in apart]
    found = shapely.voronoi_polygons(MultiPoint(apart), extend_to=within, ordered=True)
    return [surface(part) for part in shapely.intersection(shapely.get_parts(found), within)]


def centre_of(cell: BaseGeometry, fallback: tuple[float, float]) -> tuple[float, float]:
    """Return where a circle sits best: the centre of the largest circle inside the surface."""
    largest = next(iter(polygons(cell)), None)
    if largest is None:
        return fallback
    x, y = shapely.maximum_inscribed_circle(largest, tolerance=1.0).coords[0]
    return x, y


def _contours(places: Sequence[Place], projection: Projection) -> dict[str, BaseGeometry]:
    having = [place for place in places if place.contour]
    if not having:
        return {}
    shapes = [projection.shape(shapely.geometry.shape(json.loads(p.contour))) for p in having]
    simple = shapely.coverage_simplify(shapely.make_valid(shapes), SIMPLIFY_PX)
    kept = [not shape.is_empty for shape in simple]
    codes = (place.code for place in compress(having, kept))
    return dict(zip(codes, (surface(s) for s in compress(simple, kept)), strict=True))


def _drawn(
    places: Sequence[Place],
    with_contour: set[str],
    known: BaseGeometry,
    projection: Projection,
    around: Sequence[LatLon],
    water: BaseGeometry | None,
) -> dict[str, BaseGeometry]:
    """Return the Voronoi surface of each place that lacks a contour, by code."""
    owners: list[Place | None] = [place for place in places for _ in place.points]
    if all(owner is None or owner.code in with_contour for owner in owners):
        return {}
    ours = [projection.point(*point) for place in places for point in place.points]
    points = [*ours, *(projection.point(*point) for point in around)]
    owners += [None] * len(around)
    outline = _outline(ours, known, bounded=bool(around))
    pieces: dict[str, list[BaseGeometry]] = {}
    for shore, indices in _shores(points, outline, water):
        if any(owners[index] is not None for index in indices):
            cells = voronoi([points[index] for index in indices], shore)
            for index, cell in zip(indices, cells, strict=True):
                owner = owners[index]
                if owner is not None and owner.code not in with_contour:
                    pieces.setdefault(owner.code, []).append(cell)
    drawn = {}
    for place in places:
        if place.code in pieces:
            own = pieces[place.code]
            whole = own[0] if len(own) == 1 else shapely.union_all(own)
            left = whole if known.is_empty else whole.difference(known)
            drawn[place.code] = _pieces_holding(left, _free_points(place, known, projection))
    return drawn


def _free_points(place: Place, known: BaseGeometry, projection: Projection) -> list[Point]:
    """Return the points of a place that no contour claims: a merged commune has none left."""
    points = [Point(projection.point(*point)) for point in place.points]
    return points if known.is_empty else [point for point in points if not known.contains(point)]


def _outline(
    points: Sequence[tuple[float, float]], known: BaseGeometry, *, bounded: bool
) -> BaseGeometry:
    """Return the hull of all that is known, widened by about half the space between places.

    Where neighbours bound the cells (`bounded`), it only has to lie beyond the halfway lines.
    """
    everything = shapely.union_all([MultiPoint(points), known])
    hull = everything.convex_hull
    # The side of a square of the same outline: a row of communes has room around it too.
    spread = hull.length / 4 / max(len(points), 1) ** 0.5
    return hull.buffer(max(spread * (3.0 if bounded else 0.55), 12.0), quad_segs=8)


def _shores(
    points: Sequence[tuple[float, float]], outline: BaseGeometry, water: BaseGeometry | None
) -> list[tuple[BaseGeometry, list[int]]]:
    """Return the pieces of land that hold points, each with the indices of its points.

    A point that the coarse drawing of the water covers goes to the nearest land.
    """
    everywhere = list(range(len(points)))
    if water is None or water.is_empty:
        return [(outline, everywhere)]
    area = shapely.union_all([outline, MultiPoint(points)]).convex_hull.buffer(1)
    lands = polygons(area.difference(water))
    if not lands:
        return [(outline, everywhere)]
    far = shapely.distance(shapely.points(points)[:, None], np.array(lands)[None, :])
    nearest = far.argmin(axis=1)
    found = []
    for index, land in enumerate(lands):
        members = [int(i) for i in np.flatnonzero(nearest == index)]
        if members:
            found.append((surface(land.intersection(outline)), members))
    return found


def _set_apart(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    seen: set[tuple[float, float]] = set()
    apart = []
    for x, y in points:
        spot = (round(x, 3), round(y, 3))
        while spot in seen:
            spot = (round(spot[0] + 0.01, 3), round(spot[1] + 0.007, 3))
        seen.add(spot)
        apart.append(spot)
    return apart


def _pieces_holding(shape: BaseGeometry, points: Sequence[Point]) -> BaseGeometry:
    """Return the pieces nearest to each point; nothing if no piece or no point is left."""
    pieces = polygons(shape)
    if len(pieces) < 2 and points:
        return surface(shape)
    kept = {min(range(len(pieces)), key=lambda i: pieces[i].distance(p)) for p in points}
    return surface(shapely.union_all([pieces[index] for index in sorted(kept)]))


def _fill_gaps(
    drawn: dict[str, BaseGeometry], known: BaseGeometry, water: BaseGeometry | None
) -> None:
    """Give the holes and narrow gaps between contours and cells to the cell they touch most."""
    if not drawn:
        return
    everything = shapely.union_all([known, *drawn.values()])
    holes = [Polygon(ring) for part in polygons(everything) for ring in part.interiors]
    closed = everything.buffer(GAP_PX).buffer(-GAP_PX)
    gaps = shapely.union_all([closed, *holes]).difference(everything)
    if water is not None:
        gaps = gaps.difference(water)
    for gap in polygons(gaps):
        # Boundaries computed apart miss one another by a rounding: compare with a hair.
        near = gap.boundary.buffer(0.05)
        shared = {code: cell.boundary.intersection(near).length for code, cell in drawn.items()}
        code = max(sorted(shared), key=lambda one: shared[one])
        if shared[code] > 0.2:
            drawn[code] = surface(shapely.union_all([drawn[code], gap.buffer(0.05)]))
