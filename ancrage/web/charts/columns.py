"""Columns: lengths from counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.web.charts.scales import px

LEAST_LENGTH = 2.0
"""A quantity that exists stays visible beside one a thousand times larger, in pixels."""


def length_of(value: float, maximum: float, full: float) -> float:
    """Return the length in pixels of a column whose full length stands for `maximum`.

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
class Column:
    """One vertical column; `x` and `y` are its top left corner, in pixels."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float


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
