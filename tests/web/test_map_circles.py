"""Circles whose area follows a number, and the legend that explains them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.web.maps.circles import (
    circle_keys,
    circle_legend,
    circles_of,
    legend_values,
    radius_of,
)


def test_radius_of_makes_areas_proportional():
    assert [radius_of(value, 100, 34) for value in (100, 25, 0)] == [34.0, 17.0, 0.0]


def test_radius_of_a_small_value_is_still_visible():
    assert radius_of(1, 10_000, 34) == 3.5


def test_circles_of_puts_the_biggest_first_and_writes_only_what_fits():
    circles = circles_of([("a", 1, 2, 4, "4"), ("b", 3, 4, 41, "41"), ("c", 5, 6, 0, "0")], 34)

    assert [(c.code, c.radius, c.text, c.large) for c in circles] == [
        ("b", 34.0, "41", True),
        ("a", 10.6, "", False),
    ]


@pytest.mark.parametrize(
    ("largest", "values"),
    [
        (41, (40, 15, 5)),
        (1, (1,)),
        (3, (3, 1)),
        (9, (8, 3, 1)),
        (10, (10, 4, 1)),
        (1234, (1000, 400, 100)),
        (0.5, ()),
        (0, ()),
    ],
)
def test_legend_values(largest, values):
    assert legend_values(largest) == values


@given(st.integers(1, 10_000_000))
def test_legend_values_are_whole_and_within_the_map(largest):
    values = legend_values(largest)

    assert 1 <= len(values) <= 3
    assert all(1 <= value <= largest and value == int(value) for value in values)
    assert list(values) == sorted(set(values), reverse=True)


def test_circle_legend_stands_its_circles_on_one_line():
    legend = circle_legend(41, 34)

    assert [(c.value, c.radius, round(c.y + c.radius, 1)) for c in legend.circles] == [
        (40, 33.6, 73.7),
        (15, 20.6, 73.7),
        (5, 11.9, 73.7),
    ]
    assert legend.text == "40, 15, 5"


def test_circle_legend_keeps_its_values_apart():
    tops = [circle.label_y for circle in circle_legend(3, 8).circles]

    assert tops[1] - tops[0] >= 12


def test_circle_keys_are_to_the_scale_of_a_map_of_any_width():
    keys = circle_keys(circle_legend(57, 34), 640)

    assert [key.value for key in keys] == [50, 20, 5]
    # A unit of the map is width / 640 pixels: so must be a unit of each key.
    units = [key.percent / 100 / key.side for key in keys]
    assert units == pytest.approx([1 / 640] * 3, rel=1e-3)
    assert circle_keys(None, 640) == ()


def test_circle_legend_without_circle():
    assert circle_legend(0, 34) is None
