"""A map as a file: the same drawing, whose colours are attributes since no style sheet follows."""

from textwrap import wrap

from django.template.loader import render_to_string

from ancrage.kit.brand import brand_colours
from ancrage.web import palette
from ancrage.web.maps.drawing import COLOURS, MapDrawing
from ancrage.web.maps.labels import text_width
from ancrage.web.maps.places import Tint

_LINE_LENGTH, _LINE_HEIGHT = 125, 16.0
"""Characters of a line of sources at 11 pixels over the whole width, and its height."""
_STEP_SIZE = 12.0


def standalone_svg(drawing: MapDrawing, *, source: str = "", bare: bool = False) -> str:
    """Return a whole SVG document: title, map, legend of the circles and a line of sources.

    It holds presentation attributes only (no style, no script, no link), so that a mail client,
    a word processor and a strict browser all show it.

    Args:
        drawing: as shown on the page, filters included.
        source: what the figures come from and when, in a sentence.
        bare: the drawing alone; whoever prints it says the rest beside it.
    """
    colours = COLOURS[drawing.tint]
    fills = [
        palette.PLAIN_LAND if area.level is None else colours[area.level] for area in drawing.areas
    ]
    legend = drawing.legend
    lines = wrap(" ".join(part for part in (source, *drawing.notes) if part), _LINE_LENGTH)
    header = 0.0 if bare else 44.0
    footer = 22.0 + max(legend.height + 16 if legend else 0.0, 66.0 if drawing.tinted else 0.0)
    pitch = _pitch(drawing)
    sources_y = header + drawing.height + footer
    context = {
        "map": drawing,
        "areas": list(zip(drawing.areas, fills, strict=True)),
        "depths": list(zip(drawing.depths, (0.95, 0.7, 0.5, 0.32), strict=False)),
        "palette": palette,
        "brand": brand_colours(),
        "header": header,
        "bare": bare,
        "height": drawing.height if bare else sources_y + len(lines) * _LINE_HEIGHT,
        "legend_x": drawing.width - (legend.width if legend else 0) - 16,
        "legend_y": header + drawing.height + 12,
        "scale": [(step, step.level * pitch) for step in drawing.scale],
        "scale_y": header + drawing.height + 24,
        "sources": [(line, sources_y + index * _LINE_HEIGHT) for index, line in enumerate(lines)],
    }
    return render_to_string("components/map_file.svg", context)


def _pitch(drawing: MapDrawing) -> float:
    """Return the room of one step of the legend: its words never run into the next one's."""
    if drawing.tint is not Tint.TENSION and not drawing.tint_steps:
        return 34.0
    widest = max(text_width(step.label, _STEP_SIZE) for step in drawing.scale)
    return max(96.0, widest + _STEP_SIZE)
