"""Potential accessibility: what each place can reach, knowing that others reach for it too.

Problem. A place with no doctor may have three next door, who already care for a town. Counting
doctors by place, or by the people around them, says nothing of either. The two-step floating
catchment area method, in its enhanced form, shares each supply among all who may come to it,
less willingly from afar, then adds up what each place gets:

    step 1   D_j = Σ_i w(t_ij)·P_i          R_j = S_j / D_j
    step 2   A_i = Σ_j w(t_ij)·R_j

with P the people of each place (weighted by what their age uses), S the supply, t the minutes,
w the decay. A supply that nobody reaches (D_j = 0) serves nobody: R_j = 0, and it is named.

What is shared out is what there is: Σ P_i·A_i = Σ S_j, over the supplies somebody reaches. So
one more doctor brings the same total wherever they settle; where differs is who gains.

What if. S_j changes: D does not, only R_j does, so only the places whose people go to j move, by
w_ij·ΔS_j / D_j. P_k changes: D_j changes for each j that k reaches, so the places that go to
those move. Two forms:

- `preview`: that formula, for one supply; equal to a full run to a few units in the last place.
- `changed`: the rows of the places that move are computed again in the order of a full run. The
  result is the one a full run gives, to the last bit: it is what is kept.

Complexity: O(pairs) for a full run; O(pairs of the places that move) for a change. Memory: twelve
bytes by pair, as much again if minutes differ by direction.

Reference: W. Luo, Y. Qi, « An enhanced two-step floating catchment area (E2SFCA) method for
measuring spatial accessibility to primary care physicians », Health & Place 15 (2009).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from ancrage.core.accessibility.parameters import Decay
from ancrage.core.accessibility.travel import Floats, Ints, Pairs


@dataclass(frozen=True, slots=True)
class Change:
    """More or fewer supply or people in one place.

    Attributes:
        place: its rank.
        supply: what is added to its supply, in the unit of the supply; negative: taken away.
        people: what is added to its people.
    """

    place: int
    supply: float = 0.0
    people: float = 0.0


@dataclass(frozen=True, slots=True)
class Moved:
    """What a change does.

    Attributes:
        places: the rank of each place that was computed again, growing.
        access: its accessibility after the change, in the same order.
        after: the whole state after the change.
    """

    places: Ints
    access: Floats
    after: "Potential"


class Catchments:
    """Who goes where, and how willingly: the weights, kept once for every scenario.

    Attributes:
        going: one row by place where people live, one column by place where they go.
        coming: the same, the other way about; the same table where minutes are.
    """

    __slots__ = ("coming", "going")

    def __init__(self, pairs: Pairs, decay: Decay) -> None:
        weights = decay.weights(pairs.minutes)
        reached = weights > 0
        self.going = _sorted(
            pairs.places, pairs.origins[reached], pairs.destinations[reached], weights[reached]
        )
        self.coming = self.going if pairs.both_ways else _turned(self.going)

    @property
    def places(self) -> int:
        """How many places there are."""
        return int(self.going.shape[0])

    @property
    def memory(self) -> int:
        """How many bytes the tables hold."""
        tables = {id(table): table for table in (self.going, self.coming)}.values()
        return sum(
            table.data.nbytes + table.indices.nbytes + table.indptr.nbytes for table in tables
        )


@dataclass(frozen=True)
class Potential:
    """Supply and people over catchments, and the accessibility that follows.

    Built by `potential`.

    Attributes:
        people: P, place by place.
        supply: S, place by place.
        demand: D, the people each place serves.
        ratios: R, what it has for each.
        access: A, what the people of each place can reach.
    """

    catchments: Catchments
    people: Floats
    supply: Floats
    demand: Floats
    ratios: Floats
    access: Floats

    @cached_property
    def unreached(self) -> Ints:
        """The places that have a supply nobody can reach."""
        return np.flatnonzero((self.supply > 0) & (self.demand <= 0))

    def mean(self) -> float:
        """Return the accessibility of the mean inhabitant; 0 where nobody lives."""
        total = self.people.sum()
        return float(self.people @ self.access / total) if total > 0 else 0.0

    def preview(self, place: int, supply: float) -> tuple[Ints, Floats]:
        """Return who moves, and by how much, if `supply` is added in `place`.

        Nobody moves where nobody comes.
        """
        weights = self.catchments.coming
        begin, end = weights.indptr[place], weights.indptr[place + 1]
        demand = self.demand[place]
        if demand <= 0:
            return np.empty(0, dtype=np.intp), np.empty(0)
        return (
            weights.indices[begin:end].astype(np.intp),
            weights.data[begin:end] * (supply / demand),
        )

    def changed(self, changes: Iterable[Change]) -> Moved:
        """Return what `changes` do together: bit for bit what a full run would give.

        Raises:
            ValueError: a place that is not listed, or more taken away than there was.
        """
        going, coming = self.catchments.going, self.catchments.coming
        people, supply = self.people.copy(), self.supply.copy()
        sites: set[int] = set()
        homes: set[int] = set()
        for change in changes:
            if not 0 <= change.place < self.catchments.places:
                raise ValueError(f"there is no place {change.place}")
            if change.supply:
                supply[change.place] += change.supply
                sites.add(change.place)
            if change.people:
                people[change.place] += change.people
                homes.add(change.place)
        _check(people, "people")
        _check(supply, "supply")
        demand = self.demand.copy()
        served = _reached(going, _ranks(homes))
        demand[served] = coming[served] @ people
        touched = np.union1d(served, _ranks(sites))
        ratios = self.ratios.copy()
        ratios[touched] = _ratios(supply[touched], demand[touched])
        places = _reached(coming, touched)
        access = self.access.copy()
        access[places] = going[places] @ ratios
        after = Potential(self.catchments, people, supply, demand, ratios, access)
        return Moved(places, access[places], after)


def potential(catchments: Catchments, people: ArrayLike, supply: ArrayLike) -> Potential:
    """Return what the people of each place can reach.

    Args:
        catchments: who goes where.
        people: place by place, weighted by age or not.
        supply: place by place, in any unit; the result is in that unit by person.

    Raises:
        ValueError: a list that is not as long as the places, a count that is negative or not
            a number.
    """
    living = np.array(people, dtype=np.float64)
    there = np.array(supply, dtype=np.float64)
    for values, name in ((living, "people"), (there, "supply")):
        if values.shape != (catchments.places,):
            raise ValueError(f"{name} must be given for each of {catchments.places} places")
        _check(values, name)
    demand: Floats = catchments.coming @ living
    ratios = _ratios(there, demand)
    access: Floats = catchments.going @ ratios
    return Potential(catchments, living, there, demand, ratios, access)


def accesses(state: Potential, supplies: ArrayLike) -> Floats:
    """Return the accessibility of each place (row) under each of many supplies (column).

    Raises:
        ValueError: not one row of supplies by place.
    """
    there = np.asarray(supplies, dtype=np.float64)
    if there.ndim != 2 or there.shape[0] != state.catchments.places:
        raise ValueError("supplies have one row by place, one column by scenario")
    _check(there, "supplies")
    by_column = _ratios(there, np.broadcast_to(state.demand[:, None], there.shape))
    result: Floats = state.catchments.going @ by_column
    return result


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What one arrival would do in each place.

    Attributes:
        filled: how much less is lacking, in the unit of the supply: what the people under the
            threshold lack together, before less after.
        lifted: how many people come up to the threshold.
        gainers: how many people gain something.
    """

    filled: Floats
    lifted: Floats
    gainers: Floats


def arrivals(state: Potential, supply: float, threshold: float) -> Arrivals:
    """Return what `supply` more would do in each place, if it were the only change.

    Every place brings the same total; ranking by `filled` says where it goes to those who lack.
    A place where nobody comes brings nothing. O(pairs).

    Raises:
        ValueError: nothing is added, or the threshold is not above 0.
    """
    if not (supply > 0 and threshold > 0):
        raise ValueError("an arrival brings something, and a threshold is above 0")
    coming = state.catchments.coming
    sites = np.repeat(np.arange(state.catchments.places), np.diff(coming.indptr))
    homes = coming.indices
    per_person = np.divide(
        supply, state.demand, out=np.zeros_like(state.demand), where=state.demand > 0
    )
    gain = coming.data * per_person[sites]
    lack = np.maximum(threshold - state.access, 0.0)
    living = state.people[homes]
    places = state.catchments.places

    def by_site(values: NDArray[np.float64]) -> Floats:
        counted: Floats = np.bincount(sites, values, minlength=places).astype(np.float64)
        return counted

    return Arrivals(
        filled=by_site(living * np.minimum(gain, lack[homes])),
        lifted=by_site(living * ((lack[homes] > 0) & (gain >= lack[homes]))),
        gainers=by_site(living * (gain > 0)),
    )


def lacking(state: Potential, threshold: float) -> float:
    """Return what the people under `threshold` lack together, in the unit of the supply."""
    return float(state.people @ np.maximum(threshold - state.access, 0.0))


def _check(values: Floats, name: str) -> None:
    if not (np.all(np.isfinite(values)) and np.all(values >= 0)):
        raise ValueError(f"{name} are counted from 0")


def _ratios(supply: Floats, demand: Floats) -> Floats:
    return np.divide(supply, demand, out=np.zeros(supply.shape), where=demand > 0)


def _ranks(found: Iterable[int]) -> Ints:
    return np.array(sorted(found), dtype=np.intp)


def _reached(table: csr_array, rows: Ints) -> Ints:
    """The columns that have a weight in one of `rows`, growing."""
    found = [table.indices[table.indptr[row] : table.indptr[row + 1]] for row in rows]
    if not found:
        return np.empty(0, dtype=np.intp)
    return np.unique(np.concatenate(found)).astype(np.intp)


def _sorted(places: int, rows: Ints, columns: Ints, weights: Floats) -> csr_array:
    table = csr_array((weights, (rows, columns)), shape=(places, places))
    table.sort_indices()
    return table


def _turned(table: csr_array) -> csr_array:
    other = table.T.tocsr()
    other.sort_indices()
    return other
