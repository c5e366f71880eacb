"""Maps without tiles: communes, circles and labels as plain values for an SVG template."""

from ancrage.web.maps.drawing import (
    Area,
    BaseMap,
    MapDrawing,
    NothingToDraw,
    base_map,
    draw_map,
)
from ancrage.web.maps.export import standalone_svg
from ancrage.web.maps.paper import printed_map
from ancrage.web.maps.places import Backdrop, Figure, Place, Tint, WaterName
from ancrage.web.maps.territories import territory_base

__all__ = [
    "Area",
    "Backdrop",
    "BaseMap",
    "Figure",
    "MapDrawing",
    "NothingToDraw",
    "Place",
    "Tint",
    "WaterName",
    "base_map",
    "draw_map",
    "printed_map",
    "standalone_svg",
    "territory_base",
]
