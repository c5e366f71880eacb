"""A map on paper: the drawing alone as an image, its legend as words that the page sets itself."""

from typing import Any

from django.utils.translation import gettext as _

from ancrage.web import palette
from ancrage.web.maps.drawing import MapDrawing
from ancrage.web.maps.export import standalone_svg


def printed_map(drawing: MapDrawing) -> dict[str, Any]:
    """Return what `printed-map` of the printed style needs.

    The legend is no part of the image: in a drawing brought to the width of a page its letters
    would be too small to read, and a screen reader would not find them.
    """
    return {
        "svg": standalone_svg(drawing, bare=True),
        "title": drawing.title,
        "alt": f"{drawing.title}. {drawing.description}",
        "label": drawing.tint_label if drawing.tinted else "",
        "steps": [[one.colour, one.label] for one in drawing.scale] if drawing.tinted else [],
        "blank": [palette.PLAIN_LAND, palette.HATCH, drawing.blank_label]
        if drawing.blanks
        else [],
        "circles_label": _("La surface des ronds suit le nombre"),
        "circles": [
            [f"{one.value:.0f}", one.radius / drawing.width] for one in drawing.circle_keys
        ],
        "notes": " ".join(drawing.notes),
    }
