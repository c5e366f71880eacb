"""How a deployment calls itself, and its colours where no style sheet follows.

Pages take the colours from `marque.css`; a mail and a downloaded drawing carry them inside.
`web.branding` refuses at start those on which words could not be read.
"""

from django.conf import settings

OWN_COLOURS = {"ocean": "#0B5566", "nuit": "#0A3442", "lagon": "#2C8C99"}
"""Token → the colour of the project. A test holds them equal to those of the style sheets."""


def brand_colours() -> dict[str, str]:
    """Return the colour of each token that a deployment may change: its own, or ours."""
    return {**OWN_COLOURS, **settings.BRAND_COLOURS}
