"""Sparklines, broken lines, steps and areas: SVG paths from points."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ancrage.web.charts.scales import LinearScale, Tick, nice_ticks, place_ticks, px

Point = tuple[float, float]
# From the end of a line to its name, in pixels.
_NAME_GAP = 6


def line_path(points: Sequence[Point]) -> str:
    """Return the `d` attribute of a broken line through the points, empty for none."""
    if not points:
        return ""
    return "M" + "L".join(_pair(x, y) for x, y in points)


def step_path(points: Sequence[Point]) -> str:
    """Return the `d` attribute of a staircase: each value holds until the next abscissa.

    This is how a survival curve is drawn: it drops at the date of an event, never before.

    Raises:
        ValueError: abscissas go backwards.
    """
    if not points:
        return ""
    parts = ["M" + _pair(*points[0])]
    for (x, y), (next_x, next_y) in pairwise(points):
        if next_x < x:
            raise ValueError("abscissas must not go backwards")
        if next_x != x:
            parts.append(f"H{_text(next_x)}")
        if next_y != y:
            parts.append(f"V{_text(next_y)}")
    return "".join(parts)


def area_path(points: Sequence[Point], baseline: float) -> str:
    """Return the `d` attribute of the surface between a broken line and a level, closed."""
    if not points:
        return ""
    first, last = points[0], points[-1]
    return (
        f"M{_pair(first[0], baseline)}L"
        + "L".join(_pair(x, y) for x, y in points)
        + f"L{_pair(last[0], baseline)}Z"
    )


def band_path(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """Return the closed surface between two broken lines, such as a confidence band."""
    if not upper or not lower:
        return ""
    return line_path([*upper, *reversed(lower)]) + "Z"


def staircase(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the corners of the staircase through the points, for an area under it."""
    corners = list(points[:1])
    for (x, y), (next_x, next_y) in pairwise(points):
        if next_x != x:
            corners.append((next_x, y))
        if next_y != y:
            corners.append((next_x, next_y))
    return tuple(corners)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line of the height of a word, its surface and its highest point.

    `peak_index` is None when the series is flat: there is then no peak to show.
    """

    width: float
    height: float
    line: str
    area: str
    peak_x: float
    peak_y: float
    peak_index: int | None


def sparkline(values: Sequence[float], *, width: float = 120, height: float = 28) -> Sparkline:
    """Lay out a small line over equal steps; zero is always the base of its scale.

    Of several highest points the first is marked. Three pixels are kept free all around, so that
    the mark is never cut.
    """
    margin = 3.0
    if not values:
        return Sparkline(width, height, "", "", margin, height - margin, None)
    base, top = min(0.0, *values), max(0.0, *values)
    across = LinearScale(0, max(len(values) - 1, 1), margin, width - margin)
    upwards = LinearScale(base, top, height - margin, margin)
    points = [(across(index), upwards(value)) for index, value in enumerate(values)]
    if len(points) == 1:
        points.append((width - margin, points[0][1]))
    peak = max(range(len(values)), key=lambda index: (values[index], -index))
    flat = min(values) == max(values)
    return Sparkline(
        width,
        height,
        line_path(points),
        area_path(points, upwards(0)),
        px(points[peak][0]),
        px(points[peak][1]),
        None if flat else peak,
    )


class Tone(StrEnum):
    """How a series is told from another: by colour and by stroke."""

    OCEAN = "ocean"
    CORAL = "corail"
    INK = "encre"


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one line, in values; `band` gives (lowest, highest) at each point."""

    name: str
    points: tuple[Point, ...]
    tone: Tone = Tone.OCEAN
    band: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """One line ready to print, named at its end."""

    name: str
    tone: Tone
    line: str
    band: str
    end_x: float
    end_y: float
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines or staircases on graduated axes; the template prints the values in a table too.

    A file prints positions as they are, in pixels. A page stretches the drawing to its own width
    and leaves words at their size: it asks for shares of the width between the two ends.
    """

    key: str
    title: str
    description: str
    width: float
    height: float
    left: float
    right: float
    baseline: float
    series: tuple[DrawnSeries, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]

    @property
    def across(self) -> float:
        """Return the pixels between the two ends of the horizontal axis."""
        return px(self.right - self.left)

    @property
    def x_shares(self) -> tuple[Tick, ...]:
        """Return the graduations of the horizontal axis, placed in hundredths of its length."""
        return tuple(Tick(tick.value, self._share(tick.position)) for tick in self.x_ticks)

    @property
    def end_shares(self) -> tuple[tuple[DrawnSeries, float], ...]:
        """Return the series, each with where it ends, in hundredths of the horizontal axis."""
        return tuple((one, self._share(one.end_x - _NAME_GAP)) for one in self.series)

    def _share(self, x: float) -> float:
        return px(100 * (x - self.left) / (self.right - self.left))


def line_chart(
    series: Sequence[Series],
    *,
    key: str,
    title: str,
    description: str,
    steps: bool = False,
    top_value: float | None = None,
    width: float = 640,
    height: float = 260,
) -> LineChart:
    """Lay out one or more series on common axes; the vertical axis starts at zero.

    Args:
        series: at least one, each with at least one point, abscissas rising.
        key: unique in the page, for the identifiers of title and description.
        title: the finding, in a few words.
        description: how to read the drawing.
        steps: draw staircases (survival curves) rather than broken lines.
        top_value: highest graduation, such as 100 for shares; else from the data.
        width: of the drawing, in pixels.
        height: of the drawing, in pixels.

    Raises:
        ValueError: no series, an empty one, or a band of another length than its line.
    """
    if not series or not all(one.points for one in series):
        raise ValueError("a line chart needs at least one series, and no empty one")
    if any(one.band and len(one.band) != len(one.points) for one in series):
        raise ValueError("a band gives one interval per point")
    left, right, top, bottom = 44.0, width - 110.0, 12.0, height - 30.0
    xs = [x for one in series for x, _ in one.points]
    ys = [y for one in series for _, y in one.points]
    ys += [high for one in series for _, high in one.band]
    y_values = nice_ticks(0, max(ys) if top_value is None else top_value, target=4)
    across = LinearScale(min(xs), max(xs), left, right)
    upwards = LinearScale(y_values[0], y_values[-1], bottom, top)
    x_values = [v for v in nice_ticks(min(xs), max(xs), target=6) if min(xs) <= v <= max(xs)]
    return LineChart(
        key,
        title,
        description,
        width,
        height,
        left,
        right,
        bottom,
        _spread_ends([_draw(one, across, upwards, steps=steps) for one in series]),
        place_ticks(x_values, across),
        place_ticks(y_values, upwards),
    )


def _draw(one: Series, across: LinearScale, upwards: LinearScale, *, steps: bool) -> DrawnSeries:
    points = [(across(x), upwards(y)) for x, y in one.points]
    low = [(across(x), upwards(b[0])) for (x, _), b in zip(one.points, one.band, strict=False)]
    high = [(across(x), upwards(b[1])) for (x, _), b in zip(one.points, one.band, strict=False)]
    if steps:
        line, band = step_path(points), band_path(staircase(high), staircase(low))
    else:
        line, band = line_path(points), band_path(high, low)
    end_x, end_y = points[-1]
    return DrawnSeries(
        one.name, one.tone, line, band, px(end_x + _NAME_GAP), px(end_y), one.points
    )


def _spread_ends(drawn: list[DrawnSeries], gap: float = 16.0) -> tuple[DrawnSeries, ...]:
    """Push the names at the ends of the lines apart, downwards, so that none covers another."""
    placed: dict[int, float] = {}
    floor = float("-inf")
    for index in sorted(range(len(drawn)), key=lambda i: (drawn[i].end_y, i)):
        placed[index] = px(max(drawn[index].end_y, floor))
        floor = placed[index] + gap
    return tuple(
        DrawnSeries(d.name, d.tone, d.line, d.band, d.end_x, placed[index], d.points)
        for index, d in enumerate(drawn)
    )


def _text(value: float) -> str:
    return f"{px(value):g}"


def _pair(x: float, y: float) -> str:
    return f"{_text(x)},{_text(y)}"
