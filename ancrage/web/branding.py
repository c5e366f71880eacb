"""The deployment's own colours, checked at start.

`BRAND_COLOURS="ocean=#14532d,nuit=#0b2e1a"` gives other values to the tokens of the same names.
Only those on which text stands in known ways may change, and only to values that keep every
text readable: the scales of maps and tables, tuned together, stay as they are. Mails and
downloaded drawings follow, by `kit.brand`.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from ancrage.web.palette import HEAT_COLOURS, READABLE, SAND, TENSION_COLOURS, WHITE, contrast

FOAM = "#E3EFF0"
PALE_FOAM = "#F1F6F6"
HOVERED = HEAT_COLOURS[2]
"""The ground of what is pressed or chosen."""
VISIBLE = 3.0
"""Contrast that WCAG 2.2 (1.4.11) asks of the parts of a drawing."""

# What stands on, or under, each token that a deployment may change.
NEIGHBOURS: Mapping[str, Sequence[tuple[str, float]]] = {
    "ocean": tuple((ground, READABLE) for ground in (WHITE, SAND, FOAM, PALE_FOAM, HOVERED)),
    "nuit": (
        *((ink, READABLE) for ink in ("#DCEBED", "#CFE3E6", "#F2B79F")),
        *((ground, READABLE) for ground in (WHITE, FOAM, PALE_FOAM, HOVERED)),
        # A circle of a map, on the darkest commune.
        (TENSION_COLOURS[-1], VISIBLE),
    ),
    "lagon": ((WHITE, VISIBLE), (PALE_FOAM, VISIBLE)),
}

HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")


def check_brand_colours(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with a colour unknown, misspelt, or on which words cannot be read."""
    return [
        Error(fault, hint="See BRAND_COLOURS in docs/operate.md.", id="ancrage.E001")
        for name, value in settings.BRAND_COLOURS.items()
        for fault in _faults(name, value)
    ]


def _faults(name: str, value: str) -> list[str]:
    if name not in NEIGHBOURS:
        return [f"BRAND_COLOURS: {name!r} is not one of {', '.join(NEIGHBOURS)}."]
    if not HEXADECIMAL.fullmatch(value):
        return [f"BRAND_COLOURS: {value!r} for {name!r} is not written #RRGGBB."]
    return [
        f"BRAND_COLOURS: {name}={value} has a contrast of {contrast(value, other):.1f} with "
        f"{other}, and needs {least:g}."
        for other, least in NEIGHBOURS[name]
        if contrast(value, other) < least
    ]
