from datetime import date

import pytest
from django.utils import translation

from ancrage.needs.enums import StartPrecision
from ancrage.needs.models import Need
from ancrage.web.sheets import start_text


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2027, 1, 1), "1er trimestre 2027", "1st quarter of 2027"),
        (date(2027, 4, 1), "2e trimestre 2027", "2nd quarter of 2027"),
        (date(2027, 8, 15), "3e trimestre 2027", "3rd quarter of 2027"),
        (date(2027, 12, 31), "4e trimestre 2027", "4th quarter of 2027"),
    ],
)
def test_quarter_of_a_start_is_said_as_people_say_it(day, french, english):
    need = Need(starts_on=day, start_precision=StartPrecision.QUARTER)

    said = [start_text(need)]
    with translation.override("en"):
        said.append(start_text(need))

    assert said == [french, english]
