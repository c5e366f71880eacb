"""How close our accessibility comes to the published one, on the territory one looks at."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ancrage.core.accessibility.agreement import FEWEST, Agreement, agreement
from ancrage.core.accessibility.travel import Ints
from ancrage.demography.services.model import TerritoryModel
from ancrage.demography.services.siting.plans import target_of
from ancrage.territory.models import Commune

__all__ = ["Agreement", "Distance", "Quality", "nearest_agreement", "quality_of"]


@dataclass(frozen=True, slots=True)
class Distance:
    """A commune whose two values are far apart, ours brought to the level of the others.

    Attributes:
        code: INSEE.
        name: its name.
        ours: computed.
        official: published.
    """

    code: str
    name: str
    ours: float
    official: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How close we come.

    Attributes:
        communes: on the communes of the territory; None: nothing to compare.
        around: on those and the communes one catchment away, all of whose neighbours count too.
        groupings: the same by grouping of communes; None: fewer than five have communes there.
        farthest: the communes of the territory where the two are farthest apart, worst first.
        left_out: how many communes of the territory are compared to nothing.
        threshold: the one that « same side » is about, in the unit of the parameters.
    """

    communes: Agreement | None
    around: Agreement | None
    groupings: Agreement | None
    farthest: tuple[Distance, ...]
    left_out: int
    threshold: float | None


FARTHEST = 5


def quality_of(model: TerritoryModel) -> Quality:
    """Return how close our accessibility comes to the published one.

    Communes at the far edge of the ring are not compared: half of their neighbours are not there.
    """
    threshold = target_of(model)
    inside = _agreement(model, model.inside, threshold)
    near = _near(model)
    return Quality(
        communes=inside,
        around=_agreement(model, near, threshold),
        groupings=_by_grouping(model, near, threshold),
        farthest=() if inside is None else _farthest(model, inside.scale),
        left_out=int(np.isnan(model.published[model.inside]).sum()),
        threshold=threshold,
    )


def nearest_agreement(model: TerritoryModel) -> Agreement | None:
    """Return how close we come around a territory, else within it; None: nothing to compare."""
    threshold = target_of(model)
    around = _agreement(model, _near(model), threshold)
    return around or _agreement(model, model.inside, threshold)


def _agreement(model: TerritoryModel, ranks: Ints, threshold: float | None) -> Agreement | None:
    return agreement(
        model.computed[ranks], model.published[ranks], model.state.people[ranks], threshold
    )


def _near(model: TerritoryModel) -> Ints:
    own = np.isin(model.pairs.origins, model.inside)
    return np.union1d(model.inside, model.pairs.destinations[own])


def _by_grouping(model: TerritoryModel, ranks: Ints, threshold: float | None) -> Agreement | None:
    told = ranks[~np.isnan(model.published[ranks])]
    groupings = _groupings([model.places[rank].code for rank in told.tolist()])
    names = np.array([groupings.get(model.places[rank].code, "") for rank in told.tolist()])
    listed = sorted(set(names.tolist()) - {""})
    if len(listed) < FEWEST:
        return None
    people = np.array([model.state.people[told[names == one]].sum() for one in listed])

    def mean(values: np.ndarray) -> np.ndarray:
        sums = [
            float(model.state.people[told[names == one]] @ values[told[names == one]])
            for one in listed
        ]
        return np.divide(sums, people, out=np.zeros(len(listed)), where=people > 0)

    return agreement(mean(model.computed), mean(model.published), people, threshold)


def _groupings(codes: list[str]) -> Mapping[str, str]:
    rows = Commune.objects.filter(insee__in=codes, epci__isnull=False)
    return dict(rows.values_list("insee", "epci__siren"))


def _farthest(model: TerritoryModel, scale: float) -> tuple[Distance, ...]:
    told = [rank for rank in model.inside.tolist() if not np.isnan(model.published[rank])]
    found = [
        Distance(
            model.places[rank].code,
            model.places[rank].name,
            float(model.computed[rank] * scale),
            float(model.published[rank]),
        )
        for rank in told
    ]
    found.sort(key=lambda one: (-abs(one.ours - one.official), one.code))
    return tuple(found[:FARTHEST])
