"""Heat map and tension: from figures to one of a few classes of colour."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from ancrage.web.charts.columns import Column, cell_columns

HEAT_LEVELS = 6
TENSION_BOUNDS = (1.5, 2.5, 3.5)
"""Posts per profile at which a class of tension begins."""


def linear_levels(values: Sequence[float], *, least_top: float = 5) -> tuple[int, ...]:
    """Return a class from 0 to 5 per value: nothing is 0, then five equal intervals.

    The scale goes up to the largest value, and at least to `least_top`: a table that only holds
    ones and twos must not shout.

    Raises:
        ValueError: a value is negative.
    """
    _refuse_negative(values)
    top = max(least_top, *values) if values else least_top
    # The hair taken off keeps 0.6 * 5 / 1 (3.0000000000000004) in the class of 3.
    return tuple(math.ceil((HEAT_LEVELS - 1) * value / top - 1e-9) for value in values)


def quantile_levels(values: Sequence[float]) -> tuple[int, ...]:
    """Return a class from 0 to 5 per value: nothing is 0, the rest in five groups by rank.

    Equal values share a class. Use it when a few very large values would leave all the others in
    the palest class; `linear_levels` keeps proportions and is otherwise easier to read.

    Raises:
        ValueError: a value is negative.
    """
    _refuse_negative(values)
    present = sorted(value for value in values if value > 0)
    groups = HEAT_LEVELS - 1
    return tuple(
        math.ceil(bisect_right(present, value) * groups / len(present)) if value > 0 else 0
        for value in values
    )


@dataclass(frozen=True, slots=True)
class HeatLine:
    """What the caller gives for one line: a name, a value per column, optional addresses."""

    label: str
    values: tuple[float, ...]
    href: str = ""
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its value, its class of colour and the list it opens, if any."""

    value: float
    level: int
    href: str
    column: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One line of the table, with its total."""

    label: str
    href: str
    cells: tuple[HeatCell, ...]
    total: float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table of figures with coloured cells, totals, and a column per total."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    totals: tuple[Column, ...]
    total: float
    levels: tuple[int, ...] = tuple(range(HEAT_LEVELS))


def heat_map(
    lines: Sequence[HeatLine], *, columns: Sequence[str], by_rank: bool = False
) -> HeatMap:
    """Lay out a heat map; all cells share one scale.

    Args:
        lines: in the order to show.
        columns: names of the columns, such as months.
        by_rank: use `quantile_levels` instead of `linear_levels`.

    Raises:
        ValueError: a line holds more or fewer values than there are columns.
    """
    if any(len(line.values) != len(columns) for line in lines):
        raise ValueError("each line gives one value per column")
    values = tuple(chain.from_iterable(line.values for line in lines))
    levels = iter(quantile_levels(values) if by_rank else linear_levels(values))
    rows = []
    for line in lines:
        hrefs = line.hrefs or ("",) * len(columns)
        cells = tuple(
            HeatCell(value, next(levels), href, column)
            for value, href, column in zip(line.values, hrefs, columns, strict=True)
        )
        rows.append(HeatRow(line.label, line.href, cells, sum(line.values)))
    totals = tuple(
        Column(name, column.value, column.x, column.y, column.width, column.height)
        for name, column in zip(
            columns,
            cell_columns([sum(line.values[i] for line in lines) for i in range(len(columns))]),
            strict=True,
        )
    )
    return HeatMap(tuple(columns), tuple(rows), totals, sum(row.total for row in rows))


@dataclass(frozen=True, slots=True)
class Tension:
    """Posts per available profile.

    `ratio` is None when it cannot be computed (no profile): the page then shows « — ». `level`
    is the class of colour, from 0 to 3, and None when nothing is known.
    """

    ratio: float | None
    level: int | None


def tension(posts: float, profiles: float | None) -> Tension:
    """Return the ratio of posts to profiles, rounded as it is printed, and its class.

    Posts without any profile are the tensest class and have no ratio; neither posts nor profiles,
    or profiles not yet known (None), give no class at all.

    Raises:
        ValueError: a count is negative.
    """
    _refuse_negative((posts, profiles or 0))
    if profiles is None or (posts == 0 and profiles == 0):
        return Tension(None, None)
    if profiles == 0:
        return Tension(None, len(TENSION_BOUNDS))
    # Rounded first: what is printed as 1,5 must have the colour the legend gives to 1,5.
    ratio = round(posts / profiles + 1e-9, 1)
    return Tension(ratio, bisect_right(TENSION_BOUNDS, ratio))


def _refuse_negative(values: Sequence[float]) -> None:
    if any(value < 0 for value in values):
        raise ValueError("counts are never negative")
