import pytest

from ancrage.kit.figures import percent_of


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(5, 8, 63), (1, 8, 13), (1, 3, 33), (2, 3, 67), (3, 3, 100), (0, 7, 0), (0, 0, 0)],
)
def test_percent_of_rounds_halves_up(part, whole, percent):
    assert percent_of(part, whole) == percent
