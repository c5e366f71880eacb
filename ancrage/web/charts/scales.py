"""From values to pixels: linear scales and round ticks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


def px(value: float) -> float:
    """Round a coordinate to a tenth of a pixel, the precision drawings are written with."""
    return round(value, 1) + 0.0  # Adding zero turns -0.0 into 0.0.


@dataclass(frozen=True, slots=True)
class LinearScale:
    """An affine map from values in [low, high] to pixels in [start, end].

    `start` may exceed `end`: vertical axes run upwards. When `low` equals `high` every value
    falls on `start`.
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of a value, in pixels; outside the domain it goes on straight."""
        if self.high == self.low:
            return self.start
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Tick:
    """A graduation: the value to print and where it stands, in pixels."""

    value: float
    position: float


def nice_ticks(
    low: float, high: float, *, target: int = 5, whole: bool = False
) -> tuple[float, ...]:
    """Return round graduations that cover [low, high].

    Steps are 1, 2 or 5 times a power of ten; the first tick is at or below `low`, the last at or
    above `high`. About `target` intervals are made, never more than twice as many.

    Args:
        low: smallest value to cover.
        high: largest value to cover.
        target: number of intervals aimed at.
        whole: values are counts, so no tick falls between two integers.

    Raises:
        ValueError: `low` exceeds `high` or `target` is below 1.
    """
    if low > high:
        raise ValueError("low must not exceed high")
    if target < 1:
        raise ValueError("target must be at least 1")
    if low == high:
        # A single value is read against zero, and zero against one.
        low, high = min(low, 0.0), max(high, 0.0) or float(low == 0)
    span = high - low
    magnitude = 10.0 ** math.floor(math.log10(span / target))
    step = next(s * magnitude for s in (1, 2, 5, 10) if s * magnitude * target >= span * 0.999999)
    if whole:
        step = max(1.0, step)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    if last == first:
        last += 1
    return tuple(round(index * step, 10) for index in range(first, last + 1))


def place_ticks(values: Iterable[float], scale: LinearScale) -> tuple[Tick, ...]:
    """Return the graduations with their positions."""
    return tuple(Tick(value, px(scale(value))) for value in values)
