"""A territory in a few figures, and what surrounds it.

Means of a zone are weighted by standardised people, shares under a threshold by all people: as
the publisher of the indicator does (mixing the two changes the answer).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ancrage.core.accessibility.travel import Floats, Ints
from ancrage.demography.enums import Care, Dataset
from ancrage.demography.queries import columns_of, latest
from ancrage.demography.services.model.ages import ages_told
from ancrage.demography.services.model.facts import TerritoryModel, Used
from ancrage.territory.models import Department, Territory
from ancrage.territory.reference.departments import DEPARTMENTS


@dataclass(frozen=True, slots=True)
class Under:
    """Who has less than the threshold.

    Attributes:
        people: those who live in communes under it.
        known: those who live in communes whose access is known.
        communes: how many communes are under it.
    """

    people: float
    known: float
    communes: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where nothing is known."""
        return self.people / self.known if self.known else 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a territory; None where nothing was read to tell them.

    Attributes:
        people: who lives in the territory.
        mean: official access of its mean inhabitant.
        ring: the same of its ring.
        computed: what our model finds for the territory.
        under: who is under the threshold of the set; None: the set has none.
        professionals: how many work in the territory, of all ages.
        old: how many of them are 60 or more; None: not told, or it would tell of too few.
    """

    people: float
    mean: float | None
    ring: float | None
    computed: float | None
    under: Under | None
    professionals: float
    old: float | None


@dataclass(frozen=True, slots=True)
class Mean:
    """What a department has on average; or a region: `whole`, and named by its departments."""

    name: str
    access: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Means of what holds the territory, and the file they come from."""

    means: tuple[Mean, ...]
    used: Used | None


def summary_of(model: TerritoryModel) -> Summary:
    """Return the figures of a territory."""
    told = ages_told(model)
    around = np.setdiff1d(np.arange(len(model.places)), model.inside)
    return Summary(
        people=float(model.people[model.inside].sum()),
        mean=mean_of(model, model.published, model.inside),
        ring=mean_of(model, model.published, around),
        computed=mean_of(model, model.computed, model.inside) if model.has_supply else None,
        under=under_of(model, model.published, model.inside),
        professionals=sum(model.places[rank].professionals for rank in model.inside.tolist()),
        old=None if told is None else told.old,
    )


def mean_of(model: TerritoryModel, access: Floats, ranks: Ints) -> float | None:
    """Return the mean access over some communes; None: nobody's is known."""
    known = ranks[~np.isnan(access[ranks])]
    weights = model.state.people[known]
    if not weights.sum() > 0:
        return None
    return float(weights @ access[known] / weights.sum())


def access_of(
    model: TerritoryModel, codes: Collection[str] | None = None
) -> tuple[float | None, Under | None]:
    """Return the official access of the mean inhabitant and who is under the threshold, in the
    territory or in those of its communes that have these codes. None as in `Summary`."""
    ranks = model.inside
    if codes is not None:
        ranks = np.array([r for r in ranks if model.places[r].code in codes], dtype=np.intp)
    return mean_of(model, model.published, ranks), under_of(model, model.published, ranks)


def under_of(model: TerritoryModel, access: Floats, ranks: Ints) -> Under | None:
    """Return who has less than the threshold of the set among some communes; None: it has none,
    or nobody knows."""
    threshold = model.parameters.threshold
    known = ranks[~np.isnan(access[ranks])]
    if threshold is None or not len(known):
        return None
    below = known[access[known] < threshold]
    return Under(float(model.people[below].sum()), float(model.people[known].sum()), len(below))


def means_beside(territory: Territory, care: Care) -> Beside:
    """Return the means of the departments of a territory, and of a region known whole.

    From the latest file of means; nothing without one.
    """
    vintage = latest(Dataset.MEANS, care)
    if vintage is None:
        return Beside((), None)
    columns = columns_of(vintage)
    people = columns.get("people", np.full(len(columns["code"]), np.nan))
    told = {
        code: (access, living)
        for code, access, living in zip(
            columns["code"].tolist(), columns["access"].tolist(), people.tolist(), strict=True
        )
        if not np.isnan(access)
    }
    own = Department.objects.filter(communes__territories=territory).distinct().order_by("code")
    departments = [row for row in own if row.code in told]
    found = [Mean(row.name, told[row.code][0], whole=False) for row in departments]
    regions = sorted({row.region_code for row in departments if row.region_code})
    for code in regions:
        mean = _mean_of_region(code, told)
        if mean is not None:
            found.append(mean)
    return Beside(tuple(found), Used.of(vintage))


def _mean_of_region(region: str, told: dict[str, tuple[float, float]]) -> Mean | None:
    codes: Sequence[str] = [code for code, told_of in DEPARTMENTS.items() if told_of[1] == region]
    if not codes or any(code not in told or np.isnan(told[code][1]) for code in codes):
        return None
    weights = [told[code][1] for code in codes]
    total = sum(weights)
    access = sum(told[code][0] * weight for code, weight in zip(codes, weights, strict=True))
    return Mean(", ".join(codes), access / total, whole=True) if total else None
