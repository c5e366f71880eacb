"""The colours that Python needs: standalone drawings, contrast checks, class legends.

Pages take their colours from the style sheets; a drawing that is downloaded has no style sheet,
so its attributes carry the same values. A test holds the two together.
"""

from collections.abc import Sequence

from ancrage.kit.brand import OWN_COLOURS

INK = "#10303B"
MIST = "#4A626C"
WHITE = "#FFFFFF"
OCEAN = OWN_COLOURS["ocean"]
NIGHT = OWN_COLOURS["nuit"]
LAGOON = OWN_COLOURS["lagon"]
SAND = "#F6F4EF"
HAIRLINE = "#DDE3E2"
CORAL = "#A93E22"
BRIGHT_CORAL = "#D9643F"
SECOND_BAR = "#5793A0"

SEA = "#E8F2F4"
SEA_INK = "#3B6B78"
PLAIN_LAND = "#EBE1D0"
HATCH = "#D3C3A6"
OTHER_LAND = "#F4F0E8"
OTHER_LAND_EDGE = "#D8D0C0"
DEPTH_LINE = "#8DBCC5"

HEAT_COLOURS = ("#F4F7F7", "#E0EDEE", "#BEDBDE", "#8BBFC6", "#2F7C8B", "#0A4657")
"""Six grounds from nothing to most; the mid-tone on which no ink passes is left out."""

HEAT_INKS = (MIST, INK, INK, INK, WHITE, WHITE)

TENSION_COLOURS = ("#F6EFE4", "#F1DAC4", "#E7B492", "#D6805B")
"""Four grounds from easy to tense; ink passes on all of them."""

BALANCE_COLOURS = ("#D6805B", "#E7B492", "#F4F7F7", "#BEDBDE", "#8BBFC6")
"""Five grounds from less to more, the middle one almost white; ink passes on all of them."""

READABLE = 4.5
"""Contrast that WCAG 2.2 (1.4.3) asks of text of ordinary size."""


def contrast(colour: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours written `#RRGGBB`, from 1 to 21."""
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(ground: str, inks: Sequence[str] = (INK, WHITE)) -> str:
    """Return the ink, among those given, that reads best on a ground (the first when equal)."""
    return max(inks, key=lambda ink: contrast(ink, ground))


def _luminance(colour: str) -> float:
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is not written #RRGGBB")
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
