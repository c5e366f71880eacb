"""A map as a file: the same drawing, whose colours are attributes since no style sheet follows."""

from django.template.loader import render_to_string

from ancrage.web import palette
from ancrage.web.maps.drawing import COLOURS, MapDrawing
from ancrage.web.maps.places import Tint

PLAIN = "#ECE8DF"
"""Ground of a commune without a figure, as on the page."""


def standalone_svg(drawing: MapDrawing, *, source: str = "") -> str:
    """Return a whole SVG document: title, map, legend of the circles and a line of sources.

    It holds presentation attributes only (no style, no script, no link), so that a mail client,
    a word processor and a strict browser all show it.

    Args:
        drawing: as shown on the page, filters included.
        source: what the figures come from and when, in a sentence.
    """
    colours = COLOURS[drawing.tint]
    fills = [PLAIN if area.level is None else colours[area.level] for area in drawing.areas]
    legend = drawing.legend
    header = 44.0
    footer = 34.0 + max(legend.height + 16 if legend else 0.0, 66.0 if drawing.tinted else 0.0)
    pitch = 96.0 if drawing.tint is Tint.TENSION else 34.0
    context = {
        "map": drawing,
        "areas": list(zip(drawing.areas, fills, strict=True)),
        "depths": list(zip(drawing.depths, (0.95, 0.7, 0.5, 0.32), strict=False)),
        "palette": palette,
        "header": header,
        "height": drawing.height + header + footer,
        "legend_x": drawing.width - (legend.width if legend else 0) - 16,
        "legend_y": header + drawing.height + 12,
        "scale": [(step, step.level * pitch) for step in drawing.scale],
        "scale_y": header + drawing.height + 24,
        "source_y": drawing.height + header + footer - 12,
        "source": " ".join(part for part in (source, drawing.credit) if part),
    }
    return render_to_string("components/map_file.svg", context)
