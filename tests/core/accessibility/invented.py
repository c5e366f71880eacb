"""Invented territories, for the tests."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from ancrage.core.accessibility.parameters import Steps
from ancrage.core.accessibility.potential import Catchments, Potential, potential
from ancrage.core.accessibility.travel import measured

DECAY = Steps((10, 20), (1.0, 0.5))


@dataclass(frozen=True)
class Land:
    """Places, the minutes between them, who lives and who works there."""

    minutes: list[list[float]]
    people: list[float]
    supply: list[float]

    def catchments(self) -> Catchments:
        """Who goes where."""
        roads = [
            (i, j, away)
            for i, row in enumerate(self.minutes)
            for j, away in enumerate(row)
            if i != j
        ]
        return Catchments(measured(len(self.people), roads, most=DECAY.reach)[0], DECAY)

    def state(self) -> Potential:
        """What each place can reach."""
        return potential(self.catchments(), self.people, self.supply)


@st.composite
def lands(draw: st.DrawFn, most: int = 6) -> Land:
    """Invent a few places; some have nobody, some are out of reach, roads differ by direction."""
    places = draw(st.integers(1, most))
    row = st.lists(
        st.sampled_from([0, 4, 9, 10, 15, 19, 20, 45]), min_size=places, max_size=places
    )
    minutes = [draw(row) for _place in range(places)]
    for place in range(places):
        minutes[place][place] = 0
    some = st.lists(st.sampled_from([0, 0, 1, 50, 300, 4_000]), min_size=places, max_size=places)
    return Land(minutes, draw(some), draw(some))


def scattered(places: int, seed: int) -> tuple[np.ndarray, ...]:
    """Return latitudes, longitudes, people and supply of a whole country."""
    rng = np.random.default_rng(seed)
    latitudes = rng.uniform(44.0, 49.5, places)
    longitudes = rng.uniform(-1.0, 6.0, places)
    people = np.floor(rng.pareto(1.1, places) * 400) + 20
    supply = rng.poisson(people / 1_200).astype(float)
    return latitudes, longitudes, people, supply
