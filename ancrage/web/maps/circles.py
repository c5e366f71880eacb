"""Proportional circles: their area, not their radius, follows the value."""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.web.charts.scales import px

LARGEST = 34.0
SMALLEST = 3.5
READS_INSIDE = 11.0
"""From this radius on, in pixels, the number is written inside the circle."""

READS_INSIDE_LARGE = 17.0
"""The same for the larger figures of the phone."""

MARK = 18.0
"""The radius of a mark: its number is written inside, on a phone too."""

_RING = 1.6
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 8.0)


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle of the map; `text` is empty when the number does not fit inside."""

    code: str
    x: float
    y: float
    radius: float
    text: str

    @property
    def large(self) -> bool:
        """Tell whether the number still fits when it is written twice as large, on a phone."""
        return self.radius > READS_INSIDE_LARGE


@dataclass(frozen=True, slots=True)
class LegendCircle:
    """One circle of the legend: they stand on one line, the value beside the top of each."""

    value: float
    x: float
    y: float
    radius: float
    label_y: float


@dataclass(frozen=True, slots=True)
class CircleLegend:
    """The nested circles that give the scale, in their own small view box."""

    width: float
    height: float
    circles: tuple[LegendCircle, ...]

    @property
    def text(self) -> str:
        """Return the values, for whoever does not see the circles."""
        return ", ".join(f"{circle.value:.0f}" for circle in self.circles)

    @property
    def line_end(self) -> float:
        """Return where the lines that lead from a circle to its value stop."""
        return px(self.width - 26)

    @property
    def text_x(self) -> float:
        """Return where the values are written."""
        return px(self.width - 22)


@dataclass(frozen=True, slots=True)
class CircleKey:
    """One circle of the legend of a page: a drawing of its own, in percents of the map's width."""

    value: float
    radius: float
    percent: float

    @property
    def side(self) -> float:
        """Return the side of its square view box, which holds its ring."""
        return px(2 * self.radius + _RING)

    @property
    def middle(self) -> float:
        """Return where its centre stands, both ways."""
        return self.side / 2


def radius_of(value: float, largest_value: float, largest_radius: float) -> float:
    """Return the radius whose disc has an area proportional to the value, zero for nothing."""
    if value <= 0 or largest_value <= 0:
        return 0.0
    return px(max(SMALLEST, largest_radius * (value / largest_value) ** 0.5))


def legend_values(largest: float) -> tuple[float, ...]:
    """Return up to three round values that span the circles of a map, largest first.

    >>> legend_values(41)
    (40.0, 15.0, 5.0)
    """
    if largest < 1:
        return ()
    magnitude = 1.0
    while magnitude * 10 <= largest:
        magnitude *= 10
    steps = [m * unit for m in (magnitude / 100, magnitude / 10, magnitude) for unit in _ROUND]
    whole = [step for step in steps if step >= 1 and step == int(step) and step <= largest]
    top = whole[-1]
    aims = (top, top * 0.4, top * 0.12)

    def nearest(aim: float) -> float:
        return min(whole, key=lambda step: (abs(step - aim), step))

    return tuple(sorted({nearest(aim) for aim in aims}, reverse=True))


def circle_legend(largest_value: float, largest_radius: float) -> CircleLegend | None:
    """Lay out the legend of the circles, None when there is no circle to explain."""
    values = legend_values(largest_value)
    if not values:
        return None
    radii = [radius_of(value, largest_value, largest_radius) for value in values]
    ring, line_height = 1.5, 13.0
    # Half a line above the largest circle, whose value is written at its top.
    floor = line_height / 2
    base = 2 * radii[0] + floor
    circles = []
    for value, radius in zip(values, radii, strict=True):
        label_y = max(base - 2 * radius, floor)
        floor = label_y + line_height
        circles.append(
            LegendCircle(value, px(radii[0] + ring), px(base - radius), radius, px(label_y))
        )
    return CircleLegend(px(2 * radii[0] + 70), px(max(base, floor) + ring + 4), tuple(circles))


def circle_keys(legend: CircleLegend | None, map_width: float) -> tuple[CircleKey, ...]:
    """Return the circles of a legend that keep the scale of a map drawn at any width."""
    return tuple(
        CircleKey(
            circle.value,
            circle.radius,
            round(100 * px(2 * circle.radius + _RING) / map_width, 3),
        )
        for circle in (legend.circles if legend else ())
    )


def circles_of(
    spots: Sequence[tuple[str, float, float, float, str]], largest_radius: float
) -> tuple[Circle, ...]:
    """Return circles for (code, x, y, value, text), biggest first so that none hides another."""
    top = max((value for _, _, _, value, _ in spots), default=0)
    ranked = sorted(spots, key=lambda spot: (-spot[3], spot[0]))
    circles = []
    for code, x, y, value, text in ranked:
        radius = radius_of(value, top, largest_radius)
        if radius > 0:
            inside = text if radius > READS_INSIDE else ""
            circles.append(Circle(code, px(x), px(y), radius, inside))
    return tuple(circles)


def marks_of(spots: Sequence[tuple[str, float, float, float, str]]) -> tuple[Circle, ...]:
    """Return circles of one size for (code, x, y, value, text), most first, each numbered."""
    ranked = sorted(spots, key=lambda spot: (-spot[3], spot[0]))
    return tuple(Circle(code, px(x), px(y), MARK, text) for code, x, y, _value, text in ranked)
