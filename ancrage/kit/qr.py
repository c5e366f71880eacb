"""Square codes that a telephone's camera reads: drawn here, nothing is asked of anybody."""

from itertools import groupby

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

# White squares around the code: the standard asks for four.
QUIET_ZONE = 4


# A chequerboard: it breaks up plain areas, which is all that a mask is for.
_ANY_MASK = 0


def qr_svg(text: str, *, label: str, one_of_many: bool = False) -> SafeString:
    """Return `text` (an address, mostly) as a drawing that prints sharp at any size.

    Args:
        text: what the camera reads; up to a quarter lost to a fold or a stain is mended.
        label: what the drawing is, for whoever cannot see it.
        one_of_many: do not search for the mask that contrasts best: a hundred codes at once are
            drawn in the time of fifteen.
    """
    code = qrcode.QRCode(
        border=QUIET_ZONE,
        error_correction=qrcode.constants.ERROR_CORRECT_Q,
        mask_pattern=_ANY_MASK if one_of_many else None,
    )
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-label="{}"'
        ' viewBox="0 0 {} {}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{}v{}H0z"/>'
        '<path fill="#000" d="{}"/></svg>',
        label,
        len(rows),
        len(rows),
        len(rows),
        len(rows),
        "".join(_runs(rows)),
    )


def _runs(rows: list[list[bool]]) -> list[str]:
    """Draw the dark squares row by row, neighbours as one."""
    drawn = []
    for y, row in enumerate(rows):
        x = 0
        for dark, squares in groupby(row):
            length = len(list(squares))
            if dark:
                drawn.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return drawn
