"""Geometry of the charts: values in, frozen drawings out; templates only print attributes.

Nothing here knows a model, a request or a colour. Lengths are pixels of the view box, rounded to
a tenth. Templates live in `components/charts/` and print numbers inside `{% localize off %}`.
"""

from ancrage.web.charts.columns import Column, cell_columns, length_of
from ancrage.web.charts.heat import (
    HEAT_LEVELS,
    TENSION_BOUNDS,
    HeatCell,
    HeatLine,
    HeatMap,
    HeatRow,
    Tension,
    heat_map,
    linear_levels,
    quantile_levels,
    tension,
)
from ancrage.web.charts.lines import (
    DrawnSeries,
    LineChart,
    Series,
    Sparkline,
    Tone,
    area_path,
    band_path,
    line_chart,
    line_path,
    sparkline,
    staircase,
    step_path,
)
from ancrage.web.charts.scales import LinearScale, Tick, nice_ticks, place_ticks, px

__all__ = [
    "HEAT_LEVELS",
    "TENSION_BOUNDS",
    "Column",
    "DrawnSeries",
    "HeatCell",
    "HeatLine",
    "HeatMap",
    "HeatRow",
    "LineChart",
    "LinearScale",
    "Series",
    "Sparkline",
    "Tension",
    "Tick",
    "Tone",
    "area_path",
    "band_path",
    "cell_columns",
    "heat_map",
    "length_of",
    "line_chart",
    "line_path",
    "linear_levels",
    "nice_ticks",
    "place_ticks",
    "px",
    "quantile_levels",
    "sparkline",
    "staircase",
    "step_path",
    "tension",
]
