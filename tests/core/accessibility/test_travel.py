"""Travel: the neighbours are all found, a table of minutes is mended and says so."""

import numpy as np
import pytest

from ancrage.core.accessibility.distances import distance_matrix_km
from ancrage.core.accessibility.travel import CrowFly, Mended, Pairs, crow_fly, measured
from tests.core.accessibility.invented import scattered

HALF_JAMMED = CrowFly(slow=50, fast=50, jam=0.5, round_about=1, rural=1_000, urban=1_000_000)


def as_table(pairs: Pairs) -> dict[tuple[int, int], float]:
    rows = zip(
        pairs.origins.tolist(), pairs.destinations.tolist(), pairs.minutes.tolist(), strict=True
    )
    return {(origin, destination): minutes for origin, destination, minutes in rows}


def test_every_neighbour_is_found_and_no_other() -> None:
    latitudes, longitudes, _people, _supply = scattered(400, 3)

    found = as_table(crow_fly(latitudes, longitudes, most=30))

    km = distance_matrix_km(latitudes, longitudes, latitudes, longitudes)
    minutes = 60 * 1.3 * km / 50
    near = {(int(i), int(j)): minutes[i, j] for i, j in np.argwhere(minutes <= 30)}
    assert found == pytest.approx(near, rel=1e-6, abs=1e-6)


def test_roads_quicken_with_length_and_jam_between_dense_places() -> None:
    latitudes, longitudes = [47.0, 47.09, 47.0], [-1.5, -1.5, -1.4]

    empty = as_table(crow_fly(latitudes, longitudes, most=60, people=[0, 0, 0], roads=HALF_JAMMED))
    dense = as_table(
        crow_fly(latitudes, longitudes, most=60, people=[1e6, 1e6, 0], roads=HALF_JAMMED)
    )
    quick = as_table(
        crow_fly(latitudes, longitudes, most=60, roads=CrowFly(slow=25, fast=50, jam=0))
    )

    # Both ends dense: half the speed. One end: three quarters of it.
    assert dense[0, 1] == pytest.approx(2 * empty[0, 1])
    assert dense[0, 2] == pytest.approx(empty[0, 2] / 0.75)
    # 13 km of road: 13/20 of the way from 25 to 50 km/h.
    km = 1.3 * distance_matrix_km([47.0], [-1.5], [47.09], [-1.5])[0, 0]
    assert quick[0, 1] == pytest.approx(60 * km / (25 + 25 * km / 20))


def test_a_table_of_minutes_is_mended_and_says_so() -> None:
    roads = [(0, 1, 12), (1, 0, 14), (0, 2, 9), (0, 2, 7), (1, 2, 50), (2, 2, 3)]

    pairs, mended = measured(3, roads, most=20)

    # The road from 0 to 2 is given twice, and never back; the one from 1 to 2 is too long.
    assert as_table(pairs) == {
        (0, 0): 0,
        (1, 1): 0,
        (2, 2): 0,
        (0, 1): 12,
        (1, 0): 14,
        (0, 2): 7,
        (2, 0): 7,
    }
    assert mended == Mended(one_way=2, twice=1)


def test_places_without_roads_reach_themselves() -> None:
    pairs, mended = measured(2, [], most=20)

    assert as_table(pairs) == {(0, 0): 0, (1, 1): 0}
    assert mended == Mended(one_way=0, twice=0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: measured(2, [(0, 2, 5)], most=20), "not listed"),
        (lambda: measured(2, [(0, 1, -5)], most=20), "takes some minutes"),
        (lambda: measured(2, [(0, 1, float("nan"))], most=20), "takes some minutes"),
        (lambda: crow_fly([47.0], [-1.0, 2.0], most=20), "same length"),
        (lambda: crow_fly([147.0], [-1.0], most=20), "within 90 degrees"),
        (lambda: crow_fly([float("nan")], [-1.0], most=20), "within 90 degrees"),
        (lambda: crow_fly([47.0], [-1.0], most=0), "a day at most"),
        (lambda: crow_fly([47.0], [-1.0], most=20, roads=HALF_JAMMED), "people are needed"),
        (
            lambda: crow_fly([47.0], [-1.0], most=20, people=[1, 2], roads=HALF_JAMMED),
            "place by place",
        ),
        (lambda: CrowFly(detour=0.9), "no shorter"),
        (lambda: CrowFly(rural=10, urban=5), "grow"),
    ],
)
def test_what_makes_no_sense_is_refused(call, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
