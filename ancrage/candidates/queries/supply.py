"""How many people are available, by profession and around a place: the other side of tension.

Only those of the pool are counted, who agreed to it and are known to be somebody; and never shown
below `privacy.cells.K`.
Whoever works in a structure that must not know they look elsewhere is counted for nobody.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.db.models import Count, Q
from numpy.typing import NDArray

from ancrage.candidates.models import SearchEntry
from ancrage.candidates.queries.employers import hidden_from_somebody
from ancrage.core.accessibility.distances import distances_km
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory

Column = NDArray[np.float64]


def _nobody() -> Column:
    return np.empty(0)


@dataclass(frozen=True)
class Supply:
    """People available: each counts once for each profession of theirs, and once on the map."""

    by_profession: dict[int, int] = field(default_factory=dict)
    # One row for the people of one place who go as far: degrees, kilometres, how many.
    latitudes: Column = field(default_factory=_nobody)
    longitudes: Column = field(default_factory=_nobody)
    reaches: Column = field(default_factory=_nobody)
    people: Column = field(default_factory=_nobody)

    def near(self, latitude: float, longitude: float) -> int:
        """Return how many would go to that place; those who set no limit go everywhere."""
        distances = distances_km(latitude, longitude, self.latitudes, self.longitudes)
        # Someone whose place is not known is not known to be too far.
        too_far = distances > self.reaches
        return int(self.people[~too_far].sum())


def supply_of(
    territory: Territory, *, since: date, until: date, profession: Profession | None = None
) -> Supply:
    """Return the people of the pool available some day between two others, in one query.

    With `profession`, the map counts those of that profession; otherwise everybody, once.
    """
    rows = (
        SearchEntry.objects.filter(
            Q(available_from__isnull=True) | Q(available_from__lte=until),
            Q(available_until__isnull=True) | Q(available_until__gte=since),
            territory=territory,
            in_pool=True,
            counts=True,
        )
        .exclude(candidate__in=hidden_from_somebody())
        .order_by()
        .values_list("profession", "is_main", "latitude", "longitude", "reach_squared")
        .annotate(people=Count("pk"))
    )
    by_profession: dict[int, int] = {}
    placed: list[tuple[float, float, float, int]] = []
    for trade, is_main, latitude, longitude, reach_squared, people in rows:
        by_profession[trade] = by_profession.get(trade, 0) + people
        if is_main if profession is None else trade == profession.pk:
            placed.append(
                (
                    _or(latitude, np.nan),
                    _or(longitude, np.nan),
                    _or(reach_squared, np.inf) ** 0.5,
                    people,
                )
            )
    columns = np.array(placed, dtype=np.float64).reshape(-1, 4).T
    return Supply(by_profession, *columns)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
