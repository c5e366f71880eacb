"""Bars, paired bars and columns: lengths from counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.web.charts.scales import LinearScale, Tick, nice_ticks, place_ticks, px

LEAST_LENGTH = 2.0
"""A quantity that exists stays visible beside one a thousand times larger, in pixels."""


def length_of(value: float, maximum: float, full: float) -> float:
    """Return the length in pixels of a bar whose full length stands for `maximum`.

    Nothing is drawn for zero; anything above zero is at least `LEAST_LENGTH` long.

    Raises:
        ValueError: the value is negative or exceeds the maximum.
    """
    if not 0 <= value <= maximum:
        raise ValueError(f"{value} is not between 0 and {maximum}")
    if value == 0:
        return 0.0
    return px(max(LEAST_LENGTH, value / maximum * full))


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar drawn beside its number in a table row."""

    value: float
    length: float
    width: float
    height: float


def bars(values: Sequence[float], *, width: float = 90, height: float = 8) -> tuple[Bar, ...]:
    """Return one bar per value, all on the same scale, the largest filling `width`."""
    maximum = max(values, default=0)
    return tuple(Bar(value, length_of(value, maximum, width), width, height) for value in values)


@dataclass(frozen=True, slots=True)
class PairedBar:
    """Two bars, one above the other, on one scale: what is needed and what is there."""

    first: float
    second: float
    first_length: float
    second_length: float
    width: float


def paired_bars(
    pairs: Sequence[tuple[float, float]], *, width: float = 220
) -> tuple[PairedBar, ...]:
    """Return one pair of bars per pair of values; both series share one scale."""
    maximum = max((value for pair in pairs for value in pair), default=0)
    return tuple(
        PairedBar(
            first,
            second,
            length_of(first, maximum, width),
            length_of(second, maximum, width),
            width,
        )
        for first, second in pairs
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One vertical column; `x` and `y` are its top left corner, in pixels."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> float:
        """Return the abscissa of the label, in pixels."""
        return px(self.x + self.width / 2)


def cell_columns(
    values: Sequence[float], *, cell_width: float = 44, height: float = 48, width: float = 34
) -> tuple[Column, ...]:
    """Return columns for the cells of a table row: each is drawn alone, at the same scale."""
    maximum = max(values, default=0)
    lengths = (length_of(value, maximum, height) for value in values)
    return tuple(
        Column("", value, px((cell_width - width) / 2), px(height - length), width, length)
        for value, length in zip(values, lengths, strict=True)
    )


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """A chart of columns over labels, with a graduated vertical axis.

    `title` says the finding, `description` how to read the drawing; the template prints the
    values again in a table.
    """

    key: str
    title: str
    description: str
    width: float
    height: float
    left: float
    baseline: float
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]


def column_chart(
    items: Sequence[tuple[str, float]],
    *,
    key: str,
    title: str,
    description: str,
    width: float = 640,
    height: float = 240,
) -> ColumnChart:
    """Lay out columns for labelled counts, the vertical axis starting at zero.

    Raises:
        ValueError: a value is negative.
    """
    left, right, top, bottom = 44.0, 8.0, 12.0, 28.0
    values = [value for _, value in items]
    ticks = nice_ticks(0, max(values, default=0), target=4, whole=True)
    scale = LinearScale(0, ticks[-1], height - bottom, top)
    pitch = (width - left - right) / max(len(items), 1)
    body = min(pitch * 0.7, 56.0)
    columns = []
    for index, (label, value) in enumerate(items):
        length = length_of(value, ticks[-1], scale.start - scale.end)
        x = left + pitch * index + (pitch - body) / 2
        columns.append(Column(label, value, px(x), px(scale.start - length), px(body), length))
    return ColumnChart(
        key,
        title,
        description,
        width,
        height,
        left,
        scale.start,
        tuple(columns),
        place_ticks(ticks, scale),
    )


@dataclass(frozen=True, slots=True)
class RankedBar:
    """One labelled line of a bar chart; `y` is the top of the bar, in pixels."""

    label: str
    value: float
    y: float
    length: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from the largest to the smallest, labels on the left."""

    key: str
    title: str
    description: str
    width: float
    height: float
    left: float
    bar_height: float
    bars: tuple[RankedBar, ...]


def bar_chart(
    items: Sequence[tuple[str, float]],
    *,
    key: str,
    title: str,
    description: str,
    width: float = 640,
    label_width: float = 220,
) -> BarChart:
    """Lay out a ranking: largest first, equal values in the order of their labels.

    Raises:
        ValueError: a value is negative.
    """
    pitch, bar_height, number_width = 30.0, 14.0, 52.0
    ranked = sorted(items, key=lambda item: (-item[1], item[0]))
    maximum = max((value for _, value in ranked), default=0)
    full = width - label_width - number_width
    lines = tuple(
        RankedBar(
            label,
            value,
            px(index * pitch + (pitch - bar_height) / 2),
            length_of(value, maximum, full),
        )
        for index, (label, value) in enumerate(ranked)
    )
    return BarChart(
        key, title, description, width, pitch * len(lines), label_width, bar_height, lines
    )
