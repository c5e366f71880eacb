"""From files and communes to the facts of each place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ancrage.core.accessibility.parameters import AgeWeights
from ancrage.demography.enums import Care, Dataset
from ancrage.demography.queries import columns_held
from ancrage.demography.services.model.facts import Used
from ancrage.demography.services.reading.lines import CITIES, CITY_OF
from ancrage.demography.services.reading.official import PLAUSIBLE, first_age
from ancrage.kit.columns import Columns
from ancrage.territory.validators import department_of

AGES = (65, 62, 60)
# A band without an end is weighted as if it stopped here.
_LAST_AGE = 95
WHOLE_CITIES = frozenset(CITIES)


@dataclass(frozen=True, slots=True)
class Row:
    """A commune as a list has it."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    people: float | None


@dataclass
class Professionals:
    """Who works in a commune."""

    count: float = 0.0
    ages: dict[int, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True, slots=True)
class Published:
    """What the official file says of a commune."""

    access: float
    capped: Mapping[int, float]
    standardised: float | None
    people: float | None
    merged: bool


def rows_of(used: Used | None) -> dict[str, Row]:
    """Return the communes of a file of coordinates, by code."""
    if used is None:
        return {}
    columns = columns_held(used.pk, used.digest)
    told = zip(
        columns["code"].tolist(),
        columns["name"].tolist(),
        columns["latitude"].tolist(),
        columns["longitude"].tolist(),
        columns["people"].tolist(),
        strict=True,
    )
    return {
        code: Row(code, name, *_point(latitude, longitude), _told(people))
        for code, name, latitude, longitude, people in told
    }


def published_in(used: Used | None, care: Care, codes: Set[str]) -> dict[str, Published]:
    """Return the official access of those of `codes` that have one."""
    if used is None:
        return {}
    columns = columns_held(used.pk, used.digest)
    found = {}
    for rank in _lines_of(columns, codes):
        access = float(columns["access"][rank])
        if np.isnan(access):
            continue
        found[str(columns["code"][rank])] = Published(
            access,
            {
                age: float(columns[f"access_{age}"][rank])
                for age in AGES
                if f"access_{age}" in columns and not np.isnan(columns[f"access_{age}"][rank])
            },
            _cell(columns, "standardised", rank),
            _cell(columns, "people", rank),
            access > PLAUSIBLE[care] or bool(_cell(columns, "merged", rank)),
        )
    return found


def people_in(
    used: Used | None, weights: AgeWeights | None, codes: Set[str]
) -> dict[str, tuple[float, float]]:
    """Return who lives in those of `codes` that are told: in all, then weighted by age.

    Weights are scaled so that there are as many people weighted as not.
    """
    if used is None:
        return {}
    columns = columns_held(used.pk, used.digest)
    bands = sorted((name for name in columns if name.startswith("age_")), key=first_age)
    ranks = _lines_of(columns, codes | _arrondissements(codes))
    if not len(ranks):
        return {}
    table = np.column_stack([columns[band][ranks] for band in bands]).astype(np.float64)
    total = table.sum(axis=1)
    weighted = total
    if weights is not None:
        weighted = table @ _band_weights([first_age(band) for band in bands], weights)
        weighted = weighted * (total.sum() / weighted.sum() if weighted.sum() else 1.0)
    found: dict[str, tuple[float, float]] = {}
    for code, here, counted in zip(columns["code"][ranks].tolist(), total, weighted, strict=True):
        home = home_of(code, codes)
        before = found.get(home, (0.0, 0.0))
        found[home] = (before[0] + float(here), before[1] + float(counted))
    return found


def professionals_in(used: Used | None, codes: Set[str]) -> dict[str, Professionals]:
    """Return who works in `codes`."""
    found: dict[str, Professionals] = defaultdict(Professionals)
    if used is None:
        return found
    columns = columns_held(used.pk, used.digest)
    for rank in _lines_of(columns, codes | _arrondissements(codes)):
        here = found[home_of(str(columns["code"][rank]), codes)]
        count, age = float(columns["count"][rank]), int(columns["age"][rank])
        here.count += count
        if age >= 0:
            here.ages[age] += count
    return found


def departments_in(used: Used | None) -> frozenset[str]:
    """Return the departments that a file tells anything of."""
    if used is None:
        return frozenset()
    codes = np.unique(columns_held(used.pk, used.digest)["code"])
    return frozenset(department_of(str(code)) for code in codes)


@lru_cache(maxsize=64)
def tells_of(used: Used, codes: frozenset[str]) -> bool:
    """Say whether a file has a value for one of `codes`; of professionals, for a department of
    theirs: a commune without any has no line."""
    columns = columns_held(used.pk, used.digest)
    if used.dataset is Dataset.PROFESSIONALS:
        return not departments_in(used).isdisjoint(map(department_of, codes))
    if used.dataset is Dataset.ROADS:
        return bool(np.isin(columns["origin"], np.array(sorted(codes), dtype="U5")).any())
    ranks = _lines_of(columns, codes | _arrondissements(codes))
    if used.dataset is Dataset.ACCESS:
        return bool((~np.isnan(columns["access"][ranks])).any())
    return bool(len(ranks))


def home_of(code: str, codes: Set[str]) -> str:
    """Return the commune that an arrondissement belongs to, where only the city is listed."""
    return code if code in codes else CITY_OF.get(code, code)


def _arrondissements(codes: Set[str]) -> set[str]:
    whole = WHOLE_CITIES.intersection(codes)
    return {part for part, city in CITY_OF.items() if city in whole and part not in codes}


def _band_weights(ages: list[int], weights: AgeWeights) -> NDArray[np.float64]:
    """The weight of each band of a file: the mean of its years, each in its band of `weights`."""
    starts = np.array(weights.ages)
    levels = np.array([level for _age, level in weights.bands])
    ends = [*ages[1:], max(_LAST_AGE, ages[-1] + 1)]
    return np.array(
        [
            levels[np.searchsorted(starts, np.arange(start, end), side="right") - 1].mean()
            for start, end in zip(ages, ends, strict=True)
        ]
    )


def _lines_of(columns: Columns, codes: Iterable[str]) -> NDArray[np.intp]:
    return np.flatnonzero(np.isin(columns["code"], np.array(sorted(codes), dtype="U5")))


def _cell(columns: Columns, name: str, rank: int) -> float | None:
    return _told(float(columns[name][rank])) if name in columns else None


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _point(latitude: float, longitude: float) -> tuple[float | None, float | None]:
    # Both or neither: half a point is nowhere.
    if np.isnan(latitude) or np.isnan(longitude):
        return None, None
    return latitude, longitude
