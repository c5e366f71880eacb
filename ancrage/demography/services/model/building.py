"""The model of a territory: its communes, their ring, who works there, what each reaches.

A model is built once per process for the same vintages and the same communes; a new import, a
commune that moves, another set of parameters make another one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import Q

from ancrage.core.accessibility.distances import BoundingBox, bounding_box
from ancrage.core.accessibility.parameters import Parameters
from ancrage.core.accessibility.potential import Catchments, potential
from ancrage.demography.enums import OF_SOMEBODY, Care, Dataset
from ancrage.demography.queries import vintages
from ancrage.demography.services.model.facts import Place, TerritoryModel, Used
from ancrage.demography.services.model.gathering import (
    Professionals,
    Published,
    Row,
    people_in,
    professionals_in,
    published_in,
    rows_of,
    tells_of,
)
from ancrage.demography.services.model.noticing import notes_on
from ancrage.demography.services.model.sets import parameters_of
from ancrage.demography.services.model.travelling import (
    RING_MINUTES,
    ROADS,
    Ground,
    by_crow_fly,
    by_road,
    road_ring,
)
from ancrage.territory.models import Territory
from ancrage.territory.queries import current_communes

# A country of territories and five professions would not all be asked for at once.
HELD = 24

Years = Mapping[Dataset, int]


@dataclass(frozen=True)
class _Key:
    """All that a model depends on."""

    care: Care
    parameters: Parameters
    used: tuple[Used, ...]
    inside: tuple[Row, ...]
    around: tuple[Row, ...]
    silent: tuple[Used, ...] = ()

    def digest(self) -> str:
        """Return the same text for the same model, in whatever process."""
        told = "\n".join(
            [
                self.care,
                repr(self.parameters),
                *(f"{one.dataset} {one.year} {one.digest}" for one in self.used),
                *(repr(row) for row in self.inside),
                "",
                *(repr(row) for row in self.around),
            ]
        )
        return hashlib.sha256(told.encode()).hexdigest()


def territory_model(
    *,
    territory: Territory,
    care: Care,
    parameters: str | Parameters = "",
    years: Years | None = None,
) -> TerritoryModel:
    """Return the access to a profession over a territory and its ring.

    Args:
        territory: whose communes are looked at; those within 40 minutes of them count too.
        care: the profession.
        parameters: a set, or its name (see `sets.set_named`); else that of the territory.
        years: the vintage to take of each file; else the latest that tells of the territory.

    Raises:
        UnknownSet: no set of that name counts that profession.
    """
    if isinstance(parameters, str):
        parameters = parameters_of(care, parameters, territory=territory)
    return models_with([parameters], territory=territory, care=care, years=years)[0]


def models_with(
    sets: Sequence[Parameters], *, territory: Territory, care: Care, years: Years | None = None
) -> list[TerritoryModel]:
    """Return the same territory counted with several sets; its files are looked up once."""
    own = tuple(Row(*row) for row in territory.communes.order_by("insee").values_list(*_COLUMNS))
    used, silent = _vintages_for(care, years, frozenset(row.code for row in own))
    around = _listed_around(own, used)
    return [_built(_Key(care, one, used, own, around, silent)) for one in sets]


def _vintages_for(
    care: Care, years: Years | None, codes: frozenset[str]
) -> tuple[tuple[Used, ...], tuple[Used, ...]]:
    """The vintages that results are made from, one of each file: the latest that tells of `codes`,
    the latest of all where none does. Then those left out because they say nothing of them."""
    asked = years or {}
    held: dict[Dataset, list[Used]] = {}
    for vintage in vintages():
        dataset = Dataset(vintage.dataset)
        # Means of departments stand beside; nothing is computed from them.
        of_others = dataset is Dataset.MEANS or (dataset in OF_SOMEBODY and vintage.care != care)
        if of_others or asked.get(dataset, vintage.year) != vintage.year:
            continue
        held.setdefault(dataset, []).append(Used.of(vintage))
    found, silent = [], []
    for dataset in sorted(held):
        # The latest comes first.
        rows = held[dataset]
        rank = 0
        if len(rows) > 1 and dataset is not Dataset.PLACES:
            rank = next((r for r, one in enumerate(rows) if tells_of(one, codes)), 0)
        found.append(rows[rank])
        silent += rows[:rank]
    return tuple(found), tuple(silent)


_COLUMNS = ("insee", "name", "latitude", "longitude", "population")


def _window(rows: tuple[Row, ...]) -> BoundingBox | None:
    """The latitudes and longitudes within which a ring may lie; None: nothing is placed."""
    points = [
        (row.latitude, row.longitude)
        for row in rows
        if row.latitude is not None and row.longitude is not None
    ]
    if not points:
        return None
    boxes = [bounding_box(*point, ROADS.farthest(RING_MINUTES)) for point in points]
    return BoundingBox(
        south=min(box.south for box in boxes),
        north=max(box.north for box in boxes),
        west=min(box.west for box in boxes),
        east=max(box.east for box in boxes),
    )


def _listed_around(own: tuple[Row, ...], used: tuple[Used, ...]) -> tuple[Row, ...]:
    """The communes that may be in the ring, in one query."""
    roads = next((one for one in used if one.dataset is Dataset.ROADS), None)
    if roads is not None:
        around = Q(insee__in=sorted(road_ring(roads, frozenset(row.code for row in own))))
    else:
        window = _window(own)
        if window is None:
            return ()
        around = Q(
            latitude__range=(window.south, window.north),
            longitude__range=(window.west, window.east),
        )
    rows = (
        current_communes()
        .filter(around)
        .exclude(insee__in=[row.code for row in own])
        .order_by("insee")
        .values_list(*_COLUMNS)
    )
    return tuple(Row(*row) for row in rows)


@lru_cache(maxsize=HELD)
def _built(key: _Key) -> TerritoryModel:
    parameters = key.parameters
    held = {one.dataset: one for one in key.used}
    inside = frozenset(row.code for row in key.inside)
    ground = _ground(key, held, inside, parameters.decay.reach)
    codes = frozenset(row.code for row in ground.rows)
    published = published_in(held.get(Dataset.ACCESS), key.care, codes)
    living = people_in(held.get(Dataset.PEOPLE), parameters.age_weights, codes)
    workers = professionals_in(held.get(Dataset.PROFESSIONALS), codes)
    cap = _age_cap(parameters.age_cap, published)
    places, demand, raw = [], [], 0
    for row in ground.rows:
        told, here = published.get(row.code), living.get(row.code)
        people = _people(row, told, here)
        places.append(_place(row, told, workers.get(row.code), cap, people, row.code in inside))
        weighted = told.standardised if told and not told.merged else None
        if weighted is None and here is not None:
            weighted = here[1]
        raw += weighted is None and parameters.age_weights is not None
        demand.append(people or 0.0 if weighted is None else weighted)
    # All of them, whatever the oldest age that the set counts: were those who are older left out,
    # the access of their neighbours, to the last figure, would tell how many they are.
    supply = np.array([place.professionals for place in places]) * parameters.post
    state = potential(Catchments(ground.pairs, parameters.decay), demand, supply)
    return TerritoryModel(
        care=key.care,
        parameters=parameters,
        used=key.used,
        places=tuple(places),
        state=state,
        pairs=ground.pairs,
        crow_fly=Dataset.ROADS not in held,
        age_cap=cap,
        notes=notes_on(
            places,
            state,
            parameters=parameters,
            used=key.used,
            silent=key.silent,
            cap=cap,
            raw=raw,
        ),
        digest=key.digest(),
        ranks={row.code: rank for rank, row in enumerate(ground.rows)},
    )


def _ground(
    key: _Key, held: Mapping[Dataset, Used], inside: frozenset[str], reach: float
) -> Ground:
    file = rows_of(held.get(Dataset.PLACES))
    known = {code: row for code, row in file.items() if _within(row, _window(key.inside))}
    for row in (*key.around, *key.inside):
        known[row.code] = _completed(row, file.get(row.code))
    if Dataset.ROADS in held:
        return by_road(held[Dataset.ROADS], inside, file | known, reach)
    return by_crow_fly(inside, known, reach)


def _within(row: Row, window: BoundingBox | None) -> bool:
    return (
        window is not None
        and row.latitude is not None
        and row.longitude is not None
        and window.contains(row.latitude, row.longitude)
    )


def _completed(row: Row, told: Row | None) -> Row:
    """What a commune of the deployment lacks, a file may tell."""
    if told is None:
        return row
    point = (row.latitude, row.longitude)
    return Row(
        row.code,
        row.name,
        *((told.latitude, told.longitude) if row.latitude is None else point),
        told.people if row.people is None else row.people,
    )


def _age_cap(oldest: int | None, published: Mapping[str, Published]) -> int | None:
    """The age cap of the published column that the set goes with, where the file has it."""
    told = any(oldest in one.capped for one in published.values())
    return oldest if oldest is not None and told else None


def _people(row: Row, told: Published | None, here: tuple[float, float] | None) -> float | None:
    if told is not None and told.people is not None and not told.merged:
        return told.people
    return here[0] if here is not None else row.people


def _place(
    row: Row,
    told: Published | None,
    workers: Professionals | None,
    cap: int | None,
    people: float | None,
    inside: bool,
) -> Place:
    published: float | None = None
    if told is not None and not told.merged:
        published = told.access if cap is None else told.capped.get(cap)
    return Place(
        code=row.code,
        name=row.name,
        latitude=row.latitude,
        longitude=row.longitude,
        inside=inside,
        people=people,
        published=published,
        capped={} if told is None else told.capped,
        merged=told is not None and told.merged,
        professionals=workers.count if workers else 0.0,
        ages=tuple(sorted(workers.ages.items())) if workers else (),
    )
