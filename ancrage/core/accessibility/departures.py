"""Who will have stopped in a few years, what is left then, and which patients must be placed.

Problem. A doctor of 63 is there today, and likely gone in five years. Each brings S; what a place
has after t years is Σ S·Pr(still active after t years | age), by one of three hypotheses:

- nobody comes: those who leave are not replaced;
- as before: a share of what leaves is replaced, where it left;
- known: those whose departure or arrival is known leave or come on that year; the others stay.

Beside them, three plain cuts: what is left without those older than 65, 62, 60.

Pr is a product of yearly rates by age: someone of age a is still there after t years with
probability Π over s < t of (1 − rate(a + s)). From `last` on, everybody has left.

Patients to place. When a share of what j offers goes, that share of its patients looks elsewhere:
they are where the people who come to j live, w_ij·P_i / D_j of them in each i; those of i turn to
the other supplies they reach, w_ij'·S_j' each. Those who reach no other are counted apart.

Complexity: O(doctors·years); O(pairs around the places that lose) for patients.

Reference: exit rates by age applied to the stock year by year, as the DREES projects the number of
doctors (Études et Résultats 352, 2004, and 679, 2009); rates are the user's, with their source.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from ancrage.core.accessibility.potential import Potential
from ancrage.core.accessibility.travel import Floats, Ints

CUTS = (65, 62, 60)
"""The ages beyond which the official workbooks leave doctors out."""

OLDEST = 120


class Hypothesis(Enum):
    """What happens to those who leave."""

    NOBODY_COMES = "nobody-comes"
    AS_BEFORE = "as-before"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Active:
    """Professionals of one age in one place.

    Attributes:
        place: its rank.
        age: in years, today.
        supply: what they bring together, in the unit of the supply.
    """

    place: int
    age: int
    supply: float


@dataclass(frozen=True, slots=True)
class Event:
    """A departure or an arrival that is known.

    Attributes:
        place: its rank.
        year: how many years from now: 1 is a year from now.
        supply: what comes; negative: what goes.
    """

    place: int
    year: int
    supply: float


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many leave each year, by age.

    Attributes:
        rates: (first age, share that leaves within a year), from age 0 on.
        last: the age from which nobody is left.
    """

    rates: tuple[tuple[int, float], ...]
    last: int

    def __post_init__(self) -> None:
        ages = [age for age, _rate in self.rates]
        if not ages or ages[0] != 0 or ages != sorted(set(ages)):
            raise ValueError("rates begin at age 0 and grow")
        if not all(0 <= rate <= 1 for _age, rate in self.rates):
            raise ValueError("a rate is a share")
        if not 0 < self.last <= OLDEST:
            raise ValueError(f"nobody works past {OLDEST}")

    def staying(self, years: int) -> Floats:
        """Return the probability of still being there after each year, by age.

        One row by age from 0 to the oldest, one column by year from 0 to `years`.
        """
        ages = np.arange(OLDEST + 1 + years)
        firsts = [age for age, _rate in self.rates]
        rates = np.array([rate for _age, rate in self.rates])
        yearly = rates[np.searchsorted(firsts, ages, side="right") - 1]
        # Whoever reaches the last age leaves on that birthday.
        yearly[ages + 1 >= self.last] = 1.0
        shares = np.ones((OLDEST + 1, years + 1))
        for year in range(1, years + 1):
            shares[:, year] = shares[:, year - 1] * (1 - yearly[year - 1 : year - 1 + OLDEST + 1])
        shares[self.last :, :] = 0.0
        return shares


def ahead(
    places: int,
    actives: Sequence[Active],
    *,
    years: int,
    hypothesis: Hypothesis,
    leaving: Leaving | None = None,
    replaced: float = 0.0,
    known: Iterable[Event] = (),
) -> Floats:
    """Return what each place (row) has after each year from 0 to `years` (column).

    Args:
        places: how many there are.
        actives: who is there today.
        years: how far to look.
        hypothesis: what happens to those who leave.
        leaving: rates by age; not needed when departures are `known`.
        replaced: the share of what leaves that is replaced, `as before`.
        known: departures and arrivals. A place never has less than nothing.

    Raises:
        ValueError: a place that is not listed, an age or a year out of bounds, rates missing.
    """
    _check(places, actives)
    if years < 1:
        raise ValueError("at least a year ahead")
    if hypothesis is Hypothesis.KNOWN:
        result = np.repeat(_by_place(places, actives)[:, None], years + 1, axis=1)
        for event in known:
            if not (0 <= event.place < places and event.year >= 1):
                raise ValueError("what is known has a place, and comes in a year or later")
            if event.year <= years:
                result[event.place, event.year :] += event.supply
        return np.maximum(result, 0.0)
    if leaving is None or not 0 <= replaced <= 1:
        raise ValueError("rates by age are needed; what is replaced is a share")
    shares = leaving.staying(years)
    result = np.zeros((places, years + 1))
    for one in actives:
        result[one.place] += one.supply * shares[one.age]
    if hypothesis is Hypothesis.AS_BEFORE:
        today = result[:, :1]
        result = result + replaced * (_by_place(places, actives)[:, None] - result)
        # Who is past the last age today is nobody's to replace.
        result[:, :1] = today
    return result


def cuts(places: int, actives: Sequence[Active], ages: Sequence[int] = CUTS) -> dict[int, Floats]:
    """Return what each place has without those older than each age.

    Raises:
        ValueError: a place that is not listed, an age out of bounds.
    """
    _check(places, actives)
    return {
        oldest: _by_place(places, [one for one in actives if one.age <= oldest]) for oldest in ages
    }


@dataclass(frozen=True, slots=True)
class Patients:
    """Patients who must find somebody else.

    Attributes:
        looking: how many.
        places: the rank of each place whose patients would grow, growing.
        more: by how many, in the same order.
        nowhere: how many reach nobody else.
    """

    looking: float
    places: Ints
    more: Floats
    nowhere: float


def to_place(state: Potential, place: int, leaving: float, patients: float) -> Patients:
    """Return where the patients of `place` turn when `leaving` of its supply goes.

    Args:
        state: accessibility before.
        place: who loses.
        leaving: what goes, in the unit of the supply.
        patients: of the whole supply of the place.

    Raises:
        ValueError: more goes than there is, or nothing does.
    """
    there = state.supply[place]
    if not 0 < leaving <= there:
        raise ValueError("what leaves was there")
    looking = patients * leaving / there
    coming, going = state.catchments.coming, state.catchments.going
    around = slice(coming.indptr[place], coming.indptr[place + 1])
    homes, weights = coming.indices[around], coming.data[around]
    living = weights * state.people[homes]
    if living.sum() <= 0:
        return Patients(looking, np.empty(0, dtype=np.intp), np.empty(0), looking)
    theirs = looking * living / living.sum()
    left = state.supply.copy()
    left[place] -= leaving
    choices = going[homes].multiply(left[None, :]).tocsr()
    totals = np.asarray(choices.sum(axis=1)).ravel()
    shares = np.divide(theirs, totals, out=np.zeros_like(theirs), where=totals > 0)
    more = np.asarray(choices.T @ shares).ravel()
    places = np.flatnonzero(more > 0)
    return Patients(looking, places, more[places], float(theirs[totals <= 0].sum()))


def _by_place(places: int, actives: Iterable[Active]) -> Floats:
    result = np.zeros(places)
    for one in actives:
        result[one.place] += one.supply
    return result


def _check(places: int, actives: Iterable[Active]) -> None:
    for one in actives:
        if not 0 <= one.place < places:
            raise ValueError(f"there is no place {one.place}")
        if not (0 <= one.age <= OLDEST and one.supply >= 0):
            raise ValueError("an age is counted in years, a supply from 0")
