"""The map itself: a base that is computed once, and figures laid on it at each request."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import shapely
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from ancrage.web.charts.scales import px
from ancrage.web.maps.cells import Cell, cells_of, centre_of
from ancrage.web.maps.circles import (
    LARGEST,
    Circle,
    CircleKey,
    CircleLegend,
    circle_keys,
    circle_legend,
    circles_of,
    marks_of,
)
from ancrage.web.maps.labels import Box, Label, Spot, place_labels, text_width
from ancrage.web.maps.places import Backdrop, Figure, Place, Tint
from ancrage.web.maps.projection import Bounds, Frame, fit, lines, path, polygons, surface
from ancrage.web.palette import BALANCE_COLOURS, HEAT_COLOURS, TENSION_COLOURS

LABELS_OF = {
    Tint.TENSION: (_("moins de 1,5"), _("1,5 à 2,4"), _("2,5 à 3,4"), _("3,5 et plus")),
    Tint.HEAT: (
        pgettext_lazy("échelle", "moins"),
        "",
        "",
        "",
        "",
        pgettext_lazy("échelle", "plus"),
    ),
    Tint.BALANCE: (
        pgettext_lazy("échelle", "moins"),
        "",
        "",
        "",
        pgettext_lazy("échelle", "plus"),
    ),
}
COLOURS = {
    Tint.TENSION: TENSION_COLOURS,
    Tint.HEAT: HEAT_COLOURS,
    Tint.BALANCE: BALANCE_COLOURS,
}
WIDTH = 760.0
PADDING = 58.0
DEPTHS = (7.0, 17.0, 31.0, 50.0)
"""Distances of the depth lines from the coast, in pixels."""

LABELS, LABEL_SIZE = 9, 13.0
AREA_LABELS = 14
"""Where circles take no room, more names find some."""

WATER_SIZE = 15.0
PHONE_LABELS, PHONE_LABEL_SIZE = 4, 26.0
"""On a phone the drawing is less than half as wide: fewer names, written twice as large."""


@dataclass(frozen=True, slots=True)
class WaterText:
    """One line of a name written on the water, centred on `x`, its baseline on `y`."""

    text: str
    x: float
    y: float

    @property
    def box(self) -> Box:
        """Return the rectangle the text fills."""
        half = text_width(self.text, WATER_SIZE) / 2
        return Box(self.x - half, self.y - WATER_SIZE, self.x + half, self.y + 5)


@dataclass(slots=True)
class BaseMap:
    """Everything that does not depend on figures, in pixels. Shared between requests."""

    width: float
    height: float
    frame: Frame
    cells: tuple[Cell, ...]
    paths: dict[str, str]
    sea: str
    coast: str
    depths: tuple[str, ...]
    water_names: tuple[WaterText, ...]
    largest_radius: float
    contours_from: str
    credit: str
    _centres: dict[str, tuple[float, float]] = field(default_factory=dict)

    def centre(self, cell: Cell) -> tuple[float, float]:
        """Return where the circle of a cell stands; computed once per cell."""
        code = cell.place.code
        if code not in self._centres:
            points = [self.frame.projection.point(*point) for point in cell.place.points]
            fallback = points[0] if points else (self.width / 2, self.height / 2)
            self._centres[code] = centre_of(cell.surface, fallback)
        return self._centres[code]


@dataclass(frozen=True, slots=True)
class Area:
    """One commune as it is printed."""

    code: str
    name: str
    path: str
    level: int | None
    title: str
    href: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One class of colour in the legend; the label may be empty between the ends of a scale."""

    level: int
    colour: str
    label: str


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A map ready to print. `key` makes the identifiers of the page unique.

    `unplaced` names the communes that have neither contour nor point: the page says so.
    `approximate` is true when at least one surface is not an official contour.
    """

    key: str
    title: str
    description: str
    width: float
    height: float
    tint: Tint
    tint_label: str
    tint_steps: tuple[str, ...]
    blank_label: str
    areas: tuple[Area, ...]
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]
    phone_labels: tuple[Label, ...]
    legend: CircleLegend | None
    sea: str
    coast: str
    depths: tuple[str, ...]
    water_names: tuple[WaterText, ...]
    approximate: bool
    unplaced: tuple[str, ...]
    contours_from: str
    credit: str

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what a reader must know of the drawing: its limits and its sources."""
        notes: list[Any] = []
        if self.mixed:
            notes.append(_("Bord en tirets : limite approchée, faute de contour officiel."))
        elif self.approximate:
            notes.append(
                _(
                    "Limites approchées : faute de contours officiels, chaque commune est "
                    "dessinée autour de son centre."
                )
            )
        if self.unplaced:
            names = ", ".join(self.unplaced)
            notes.append(
                _("Non placées sur la carte, faute de coordonnées : %(names)s.") % {"names": names}
            )
        if self.contours_from:
            notes.append(_("Contours : %(source)s, simplifiés.") % {"source": self.contours_from})
        if self.credit:
            notes.append(_("Fond de carte : %(source)s.") % {"source": self.credit})
        return tuple(str(note) for note in notes)

    @property
    def mixed(self) -> bool:
        """Tell whether official contours and approximate ones stand side by side."""
        return self.approximate and not all(area.approximate for area in self.areas)

    @property
    def tinted(self) -> bool:
        """Tell whether a colour has to be explained."""
        return any(area.level is not None for area in self.areas)

    @property
    def blanks(self) -> tuple[Area, ...]:
        """Return the communes without a colour, hatched where that has a meaning to tell."""
        named = self.tinted and self.blank_label
        return tuple(area for area in self.areas if area.level is None) if named else ()

    @property
    def scale(self) -> tuple[ScaleStep, ...]:
        """Return the classes of the legend, lowest first, in the reader's language."""
        labels = self.tint_steps or LABELS_OF[self.tint]
        # Words of one's own may stop before the last colour: a map of kinds has fewer.
        steps = zip(COLOURS[self.tint], labels, strict=not self.tint_steps)
        return tuple(
            ScaleStep(level, colour, str(label)) for level, (colour, label) in enumerate(steps)
        )

    @property
    def circle_keys(self) -> tuple[CircleKey, ...]:
        """Return the circles of the legend, to the scale of the map whatever its width."""
        return circle_keys(self.legend, self.width)

    @property
    def has_links(self) -> bool:
        """Tell whether some commune opens a list: an image may hold no link."""
        return any(area.href for area in self.areas)


@lru_cache(maxsize=16)
def base_map(
    places: tuple[Place, ...],
    *,
    around: tuple[tuple[float, float], ...] = (),
    backdrop: Backdrop | None = None,
    contours_from: str = "",
    width: float = WIDTH,
) -> BaseMap:
    """Lay out places without figures. Same arguments, same object: treat it as read-only.

    Args:
        places: to draw.
        around: (latitude, longitude) of neighbours, which bound cells and are not drawn.
        backdrop: water and its names.
        contours_from: where the contours come from, « IGN Admin Express 2025 ».
        width: of the view, in pixels.

    Raises:
        NothingToDraw: no place has a contour or a point.
    """
    backdrop = backdrop or Backdrop()
    frame, cells, water = _lay_out(places, around, backdrop, width)
    view = box(0, 0, frame.width, frame.height)
    # Depth lines near an edge come from the coast beyond it.
    wide = view.buffer(max(DEPTHS) + 10, join_style="mitre")
    water = surface(water.intersection(wide))
    surfaces = [cell.surface for cell in cells if not cell.surface.is_empty]
    sea, coast, depths = _shore(shapely.union_all(surfaces), water, view, wide)
    usual = sorted(shape.area for shape in surfaces)[len(surfaces) // 2] if surfaces else 0.0
    return BaseMap(
        width=frame.width,
        height=frame.height,
        frame=frame,
        cells=cells,
        paths={cell.place.code: path(cell.surface) for cell in cells},
        sea=path(sea),
        coast=path(coast),
        depths=tuple(path(line) for line in depths),
        water_names=_water_names(backdrop, frame),
        largest_radius=px(min(LARGEST, max(8.0, 0.75 * usual**0.5))),
        contours_from=contours_from,
        credit=backdrop.credit,
    )


class NothingToDraw(ValueError):
    """No place has a contour or a point: the page shows its table alone."""


def draw_map(
    base: BaseMap,
    figures: Sequence[Figure],
    *,
    key: str,
    title: str,
    description: str,
    tint: Tint = Tint.TENSION,
    tint_label: str = "",
    tint_steps: tuple[str, ...] = (),
    blank_label: str = "",
    marks: bool = False,
) -> MapDrawing:
    """Lay figures on a base map; communes without a figure are drawn plain.

    Args:
        base: from `base_map`.
        figures: at most one per commune; those of communes not on the map are named in none.
        key: unique in the page.
        title: what the map shows, in a few words.
        description: how to read it; the same numbers stand in a table beside it.
        tint: the scale that the levels of the figures refer to.
        tint_label: what the colours mean, for the legend: « Postes par profil ».
        tint_steps: the words of each colour, lowest first, in place of those of the scale.
        blank_label: what a commune without a colour means, for the legend; it is hatched then, so
            that nobody takes it for a class of the scale.
        marks: circles all have one size, each with its number: they say where, not how much.
    """
    by_code = {figure.code: figure for figure in figures}
    names = {cell.place.code: cell.place.name for cell in base.cells}
    areas, spots = [], []
    for cell in base.cells:
        code, name, drawn = cell.place.code, cell.place.name, base.paths[cell.place.code]
        figure = by_code.get(code) or Figure(code)
        if drawn:
            tip = figure.title or name
            areas.append(Area(code, name, drawn, figure.level, tip, figure.href, cell.approximate))
        if figure.value > 0 and (cell.place.has_point or drawn):
            text = figure.text or str(round(figure.value))
            spots.append((code, *base.centre(cell), figure.value, text))
    circles = marks_of(spots) if marks else circles_of(spots, base.largest_radius)
    named = [Spot(names[c.code], c.x, c.y, c.radius) for c in circles]
    by_surface = marks or not circles
    if by_surface:
        named += _plain_spots(base, {circle.code for circle in circles})
    taken = [name.box for name in base.water_names]
    place = partial(place_labels, named, width=base.width, height=base.height, taken=taken)
    return MapDrawing(
        key=key,
        title=title,
        description=description,
        width=base.width,
        height=base.height,
        tint=tint,
        tint_label=tint_label,
        tint_steps=tint_steps,
        blank_label=blank_label,
        areas=tuple(areas),
        circles=circles,
        labels=place(size=LABEL_SIZE, limit=AREA_LABELS if by_surface else LABELS),
        phone_labels=place(size=PHONE_LABEL_SIZE, limit=PHONE_LABELS),
        legend=None
        if marks
        else circle_legend(max((f.value for f in figures), default=0), base.largest_radius),
        sea=base.sea,
        coast=base.coast,
        depths=base.depths,
        water_names=base.water_names,
        approximate=any(area.approximate for area in areas),
        unplaced=tuple(
            cell.place.name
            for cell in base.cells
            if not cell.place.has_point and not base.paths[cell.place.code]
        ),
        contours_from=base.contours_from,
        credit=base.credit,
    )


def _plain_spots(base: BaseMap, circled: Collection[str]) -> list[Spot]:
    """Return what to name of the communes without a circle, the largest surfaces first."""
    plain = [
        cell
        for cell in base.cells
        if cell.place.code not in circled and base.paths[cell.place.code]
    ]
    plain.sort(key=lambda cell: -cell.surface.area)
    return [Spot(cell.place.name, *base.centre(cell), 0.0) for cell in plain]


def _lay_out(
    places: Sequence[Place],
    around: Sequence[tuple[float, float]],
    backdrop: Backdrop,
    width: float,
) -> tuple[Frame, tuple[Cell, ...], BaseGeometry]:
    """Return the frame, the cells and the water: a first frame finds how far the cells reach."""
    rough = fit(_bounds(places), width=width, padding=PADDING).projection
    water = shapely.MultiPolygon()
    if backdrop.water:
        water = shapely.make_valid(shapely.geometry.shape(json.loads(backdrop.water)))
    # Typed shores have sharp corners: round them by three pixels, as a hand would draw them.
    drawn_water = rough.shape(water).buffer(3).buffer(-5).buffer(2)
    found = cells_of(places, projection=rough, around=around, water=drawn_water)
    whole = shapely.union_all([cell.surface for cell in found])
    frame = fit(rough.bounds(whole), width=width, padding=PADDING)
    final = frame.projection
    *moved, moved_water = final.moved_from(rough, [*(c.surface for c in found), drawn_water])
    cells = tuple(
        Cell(cell.place, shape, cell.approximate) for cell, shape in zip(found, moved, strict=True)
    )
    return frame, cells, moved_water


def _bounds(places: Sequence[Place]) -> Bounds:
    points = [(longitude, latitude) for p in places for latitude, longitude in p.points]
    shapes = [shapely.geometry.shape(json.loads(p.contour)) for p in places if p.contour]
    everything = shapely.union_all([shapely.MultiPoint(points), *(s.envelope for s in shapes)])
    if everything.is_empty:
        raise NothingToDraw
    west, south, east, north = everything.bounds
    return west, south, east, north


def _shore(
    territory: BaseGeometry, water: BaseGeometry, view: BaseGeometry, wide: BaseGeometry
) -> tuple[BaseGeometry, BaseGeometry, list[BaseGeometry]]:
    """Return the sea, its shore and the depth lines.

    Where a coarse backdrop and precise contours disagree, thin strips of « other land » would
    run along the coast: they are opened (shrunk, then grown) away, with the crumbs left, and
    become water.
    """
    nothing = shapely.MultiPolygon()
    if water.is_empty:
        return nothing, nothing, []
    other_land = wide.difference(water).difference(territory)
    other_land = other_land.buffer(-4).buffer(4, quad_segs=4)
    near = territory.buffer(3)
    other_land = surface(
        shapely.union_all(
            [part for part in polygons(other_land) if part.area > 900 or not part.intersects(near)]
        )
    )
    land = shapely.union_all([other_land, territory])
    sea = surface(wide.difference(land))
    seen = surface(sea.intersection(view))
    coast = lines(sea.boundary.intersection(view))
    depths = [
        lines(land.buffer(depth, quad_segs=6).boundary.intersection(seen)).simplify(0.4)
        for depth in DEPTHS
    ]
    return seen, coast, [line for line in depths if not line.is_empty]


def _water_names(backdrop: Backdrop, frame: Frame) -> tuple[WaterText, ...]:
    """Return the names that fit in the view whole, line by line."""
    found: list[WaterText] = []
    for name in backdrop.names:
        x, y = frame.projection.point(name.latitude, name.longitude)
        rows = [
            WaterText(text, px(x), px(y + row * WATER_SIZE * 1.25))
            for row, text in enumerate(name.text.splitlines())
        ]
        if all(row.box.inside(frame.width, frame.height) for row in rows):
            found += rows
    return tuple(found)
