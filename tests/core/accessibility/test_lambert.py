"""The grid and back, by formulas that share nothing with the inverse."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.accessibility.lambert import OutsideTheGrid, from_lambert93

SEMI_MAJOR_AXIS = 6_378_137.0
FLATTENING = 1 / 298.257222101


def to_lambert93(latitude: float, longitude: float) -> tuple[float, float]:
    """The direct projection, from its definition: two standard parallels, 44° and 49°."""
    e = math.sqrt(FLATTENING * (2 - FLATTENING))

    def m(phi: float) -> float:
        return math.cos(phi) / math.sqrt(1 - (e * math.sin(phi)) ** 2)

    def t(phi: float) -> float:
        sine = e * math.sin(phi)
        return math.tan(math.pi / 4 - phi / 2) / ((1 - sine) / (1 + sine)) ** (e / 2)

    south, north, origin = (math.radians(angle) for angle in (44, 49, 46.5))
    n = math.log(m(south) / m(north)) / math.log(t(south) / t(north))
    f = m(south) / (n * t(south) ** n)
    radius = SEMI_MAJOR_AXIS * f * t(math.radians(latitude)) ** n
    angle = n * math.radians(longitude - 3)
    at_origin = SEMI_MAJOR_AXIS * f * t(origin) ** n
    return 700_000 + radius * math.sin(angle), 6_600_000 + at_origin - radius * math.cos(angle)


def test_from_lambert93_at_the_origin_of_the_grid() -> None:
    point = from_lambert93(700_000, 6_600_000)

    assert point.latitude == pytest.approx(46.5, abs=1e-9)
    assert point.longitude == pytest.approx(3.0, abs=1e-9)


@given(st.floats(min_value=41.5, max_value=51.0), st.floats(min_value=-5.0, max_value=9.5))
def test_from_lambert93_undoes_the_projection(latitude: float, longitude: float) -> None:
    point = from_lambert93(*to_lambert93(latitude, longitude))

    assert point.latitude == pytest.approx(latitude, abs=1e-8)
    assert point.longitude == pytest.approx(longitude, abs=1e-8)


@pytest.mark.parametrize(("x", "y"), [(6_600_000, 700_000), (0, 0), (-1, 6_600_000), (47.2, -1.9)])
def test_from_lambert93_refuses_what_is_not_on_the_grid(x: float, y: float) -> None:
    with pytest.raises(OutsideTheGrid):
        from_lambert93(x, y)
