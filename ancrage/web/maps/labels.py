"""Names beside circles, without covering one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ancrage.web.charts.scales import px

_NARROW = frozenset("fijlrtI.,;:!’'-() ")
_WIDE = frozenset("mwMWŒœ—")


class Anchor(StrEnum):
    """Which point of the text stands at the given abscissa (`text-anchor`)."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, width: float, height: float, margin: float = 4.0) -> bool:
        """Tell whether the rectangle lies in the view, with a margin."""
        return (
            self.left >= margin
            and self.top >= margin
            and self.right <= width - margin
            and self.bottom <= height - margin
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to name: a circle (its radius may be zero) and its text."""

    text: str
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """Return the rectangle around the circle."""
        r = self.radius
        return Box(self.x - r, self.y - r, self.x + r, self.y + r)


@dataclass(frozen=True, slots=True)
class Label:
    """A text placed on the drawing; `x` and `y` are those of the SVG element."""

    text: str
    x: float
    y: float
    anchor: Anchor
    size: float
    box: Box


def text_width(text: str, size: float) -> float:
    """Return the width of a text in Figtree 600, in pixels, rather too wide than too narrow."""
    units = sum(
        0.34
        if letter in _NARROW
        else 0.9
        if letter in _WIDE
        else 0.68
        if letter.isupper()
        else 0.58
        for letter in text
    )
    return units * size


def place_labels(
    spots: Sequence[Spot],
    *,
    width: float,
    height: float,
    size: float,
    limit: int,
    taken: Iterable[Box] = (),
) -> tuple[Label, ...]:
    """Name circles, the first spots first, until `limit` names are placed.

    Each name tries the right of its circle, then above, below and left; without a circle, its own
    place first. It is left out when it
    would cover another name, a circle, something `taken`, or leave the view. Only the first
    `5 * limit` spots are tried: names of ever smaller circles would not help the reader.
    """
    obstacles = [*taken]
    circles = [spot.box for spot in spots]
    placed: list[Label] = []
    for index, spot in enumerate(spots[: 5 * limit]):
        if len(placed) == limit:
            break
        others = circles[:index] + circles[index + 1 :]
        for label in _candidates(spot, size):
            if label.box.inside(width, height) and not any(
                label.box.meets(box) for box in (*others, *obstacles)
            ):
                placed.append(label)
                obstacles.append(label.box)
                break
    return tuple(placed)


def _candidates(spot: Spot, size: float) -> tuple[Label, ...]:
    length, gap = text_width(spot.text, size), size * 0.45
    up, down = size * 0.78, size * 0.24

    def label(x: float, y: float, anchor: Anchor, left: float) -> Label:
        box = Box(left, y - up, left + length, y + down)
        return Label(spot.text, px(x), px(y), anchor, size, box)

    right = spot.x + spot.radius + gap
    left = spot.x - spot.radius - gap
    level = spot.y + size * 0.34
    above = spot.y - spot.radius - gap
    below = spot.y + spot.radius + gap + up
    centred = spot.x - length / 2
    inside = () if spot.radius else (label(spot.x, level, Anchor.MIDDLE, centred),)
    return (
        *inside,
        label(right, level, Anchor.START, right),
        label(spot.x, above, Anchor.MIDDLE, centred),
        label(spot.x, below, Anchor.MIDDLE, centred),
        label(left, level, Anchor.END, left - length),
    )
