"""A chart of lines as a file: the same drawing, whose colours are attributes."""

from django.template.loader import render_to_string

from ancrage.kit.brand import brand_colours
from ancrage.web import palette
from ancrage.web.charts.lines import LineChart


def standalone_lines(chart: LineChart) -> str:
    """Return a whole SVG document: axes, bands, lines and their names.

    It holds presentation attributes only (no style, no script, no link), so that a printed
    document shows it as a page does. Its title and its description stand beside it, as the
    alternative of the image.
    """
    context = {"chart": chart, "palette": palette, "brand": brand_colours()}
    return render_to_string("components/charts/lines_file.svg", context)
