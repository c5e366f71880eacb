"""Where the people of a commune go, and who comes to those who work there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ancrage.core.accessibility.travel import Floats, Ints
from ancrage.demography.services.model.facts import Place, TerritoryModel


@dataclass(frozen=True, slots=True)
class Flow:
    """One end of a way.

    Attributes:
        place: the other commune, or the commune itself.
        minutes: how far.
        share: from 0 to 1.
    """

    place: Place
    minutes: float
    share: float

    @property
    def percent(self) -> float:
        """The share, of a hundred."""
        return 100 * self.share


def goes_to(model: TerritoryModel, code: str) -> tuple[Flow, ...]:
    """Return where what the people of a commune can reach lies, the largest part first.

    The model's guess, from how many work there, how far, and who else goes; no record of visits.
    """
    rank = model.ranks[code]
    table = model.state.catchments.going
    ends = slice(table.indptr[rank], table.indptr[rank + 1])
    columns = table.indices[ends]
    return _flows(model, columns, table.data[ends] * model.state.ratios[columns], out=rank)


def comes_from(model: TerritoryModel, code: str) -> tuple[Flow, ...]:
    """Return who those who work in a commune are shared among, the largest part first."""
    rank = model.ranks[code]
    table = model.state.catchments.coming
    ends = slice(table.indptr[rank], table.indptr[rank + 1])
    columns = table.indices[ends]
    return _flows(model, columns, table.data[ends] * model.state.people[columns], back=rank)


def _flows(
    model: TerritoryModel,
    columns: Ints,
    parts: Floats,
    *,
    out: int | None = None,
    back: int | None = None,
) -> tuple[Flow, ...]:
    total = float(parts.sum())
    if total <= 0:
        return ()
    minutes = _minutes(model, out=out, back=back)
    kept: Sequence[int] = np.flatnonzero(parts > 0).tolist()
    found = [
        Flow(
            model.places[int(columns[one])],
            minutes.get(int(columns[one]), 0.0),
            float(parts[one]) / total,
        )
        for one in kept
    ]
    return tuple(sorted(found, key=lambda flow: (-flow.share, flow.place.code)))


def _minutes(model: TerritoryModel, *, out: int | None, back: int | None) -> dict[int, float]:
    pairs = model.pairs
    if out is not None:
        kept, others = pairs.origins == out, pairs.destinations
    else:
        kept, others = pairs.destinations == back, pairs.origins
    return dict(zip(others[kept].tolist(), pairs.minutes[kept].tolist(), strict=True))
