import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.accessibility.distances import (
    EARTH_RADIUS_KM,
    BoundingBox,
    bounding_box,
    distance_matrix_km,
    distances_km,
    haversine_km,
)

PORNIC = (47.1224, -2.0518)
SAINT_BREVIN = (47.2380, -2.1517)
PAIMBOEUF = (47.2864, -2.0281)

latitudes = st.floats(-89.9, 89.9)
longitudes = st.floats(-180, 180)
places = st.tuples(latitudes, longitudes)


def test_haversine_km_between_two_communes():
    assert round(haversine_km(*PORNIC, *SAINT_BREVIN), 2) == 14.91


def test_haversine_km_along_a_meridian_is_radius_times_angle():
    assert haversine_km(0, 0, 1, 0) == pytest.approx(EARTH_RADIUS_KM * np.pi / 180, abs=1e-9)


def test_haversine_km_at_the_antipode_is_half_a_turn():
    assert haversine_km(0, 0, 0, 180) == pytest.approx(EARTH_RADIUS_KM * np.pi, abs=1e-6)


def test_haversine_km_keeps_its_precision_a_metre_apart():
    metre_in_degrees = 0.001 / EARTH_RADIUS_KM * 180 / np.pi

    assert haversine_km(47, -2, 47 + metre_in_degrees, -2) == pytest.approx(0.001, rel=1e-6)


@given(places)
def test_haversine_km_to_itself_is_zero(place):
    assert haversine_km(*place, *place) == 0


@given(places, places)
def test_haversine_km_is_symmetric(here, there):
    assert haversine_km(*here, *there) == pytest.approx(haversine_km(*there, *here), abs=1e-9)


@given(places, places, places)
def test_haversine_km_keeps_the_triangle_inequality(here, via, there):
    direct = haversine_km(*here, *there)

    assert direct <= haversine_km(*here, *via) + haversine_km(*via, *there) + 1e-3


@given(places, st.lists(places, min_size=1, max_size=8))
def test_distances_km_equals_the_scalar_formula(centre, others):
    expected = [haversine_km(*centre, *other) for other in others]

    measured = distances_km(*centre, *zip(*others, strict=True))

    np.testing.assert_allclose(measured, expected, rtol=1e-12, atol=1e-9)


def test_distances_km_to_nowhere_is_empty():
    assert distances_km(*PORNIC, [], []).tolist() == []


def test_distances_km_with_lists_of_different_lengths():
    with pytest.raises(ValueError, match="same length"):
        distances_km(*PORNIC, [47.0], [])


def test_distance_matrix_km_has_one_row_per_place_and_one_column_per_other():
    here, there = [PORNIC, SAINT_BREVIN], [PORNIC, SAINT_BREVIN, PAIMBOEUF]

    matrix = distance_matrix_km(*zip(*here, strict=True), *zip(*there, strict=True))

    assert matrix.round(2).tolist() == [[0.0, 14.91, 18.32], [14.91, 0.0, 10.77]]


@given(places, places, st.floats(0, 25_000))
def test_bounding_box_holds_every_place_within_the_radius(centre, other, radius):
    if haversine_km(*centre, *other) <= radius:
        assert bounding_box(*centre, radius).contains(*other)


def test_bounding_box_is_tight():
    box = bounding_box(*PORNIC, 20)

    assert haversine_km(*PORNIC, box.north, PORNIC[1]) == pytest.approx(20, abs=1e-3)
    assert haversine_km(*PORNIC, box.south, PORNIC[1]) == pytest.approx(20, abs=1e-3)
    assert haversine_km(*PORNIC, PORNIC[0], box.east) == pytest.approx(20, abs=1e-3)
    assert haversine_km(*PORNIC, PORNIC[0], box.west) == pytest.approx(20, abs=1e-3)


def test_bounding_box_of_a_circle_that_holds_a_pole_takes_all_longitudes():
    box = bounding_box(89.9, 12, 50)

    assert (box.north, box.west, box.east) == (90.0, -180.0, 180.0)


def test_bounding_box_that_would_cross_the_180th_meridian_takes_all_longitudes():
    box = bounding_box(-17.7, 179.9, 50)

    assert (box.west, box.east) == (-180.0, 180.0)


def test_bounding_box_of_half_the_earth_is_the_whole_earth():
    assert bounding_box(*PORNIC, 30_000) == BoundingBox(-90.0, 90.0, -180.0, 180.0)


def test_bounding_box_with_a_negative_radius():
    with pytest.raises(ValueError, match="negative"):
        bounding_box(*PORNIC, -1)
