import re

import pytest
import qrcode

from ancrage.kit.qr import QUIET_ZONE, qr_svg


@pytest.mark.parametrize(("one_of_many", "mask"), [(False, None), (True, 0)])
def test_qr_svg_draws_the_squares_of_the_code(one_of_many, mask):
    text = "https://ancrage.exemple/evenements/gestion/12/soiree/arrivee/AB2345/"
    code = qrcode.QRCode(
        border=QUIET_ZONE,
        error_correction=qrcode.constants.ERROR_CORRECT_Q,
        mask_pattern=mask,
    )
    code.add_data(text)
    rows = code.get_matrix()

    drawing = qr_svg(text, label="Badge <fictif>", one_of_many=one_of_many)

    drawn = {
        (int(x) + step, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawing)
        for step in range(int(length))
    }
    assert drawn == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}
    assert f'viewBox="0 0 {len(rows)} {len(rows)}"' in drawing
    assert 'aria-label="Badge &lt;fictif&gt;"' in drawing
