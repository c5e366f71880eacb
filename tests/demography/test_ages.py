"""No age of anybody can be found, whatever is supposed of departures, twice or more."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ancrage.core.accessibility.parameters import NEAR_2015
from ancrage.core.accessibility.potential import Catchments, potential
from ancrage.core.accessibility.travel import crow_fly
from ancrage.demography.enums import Care
from ancrage.demography.services.leaving import Assumptions, TooFew, outlook
from ancrage.demography.services.model import OLD, Place, TerritoryModel, ages_told

RATES = st.sampled_from([0.0, 0.25, 1.0])
ASSUMED = st.builds(
    lambda rates, replaced: Assumptions(
        tuple(zip((0, 55, 60, 65), rates, strict=True)), replaced, 1_000
    ),
    st.tuples(RATES, RATES, RATES, RATES),
    st.sampled_from([0.0, 0.5]),
)
# Where each professional works, and their age; -1: the file does not tell.
DOCTORS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(30, 79) | st.just(-1)), min_size=12, max_size=90
)


def model_of(doctors) -> TerritoryModel:
    """Eight communes of a territory along two roads, then two around it."""
    places = []
    for rank in range(10):
        ages = sorted(age for home, age in doctors if home == rank and age >= 0)
        places.append(
            Place(
                code=f"449{rank:02d}",
                name=f"Lieu {rank}",
                latitude=47 + 0.05 * (rank % 5),
                longitude=-2 + 0.06 * (rank // 5),
                inside=rank < 8,
                people=2_000,
                published=3.0,
                capped={},
                merged=False,
                professionals=float(sum(home == rank for home, _age in doctors)),
                ages=tuple((age, float(ages.count(age))) for age in sorted(set(ages))),
            )
        )
    points = [(one.latitude or 0.0, one.longitude or 0.0) for one in places]
    pairs = crow_fly(*zip(*points, strict=True), most=20)
    supply = np.array([place.professionals for place in places]) * NEAR_2015.post
    return TerritoryModel(
        care=Care.GP,
        parameters=NEAR_2015,
        used=(),
        places=tuple(places),
        state=potential(Catchments(pairs, NEAR_2015.decay), [2_000.0] * 10, supply),
        pairs=pairs,
        crow_fly=True,
        age_cap=None,
        notes=(),
        digest="",
        ranks={place.code: rank for rank, place in enumerate(places)},
    )


@settings(max_examples=40, deadline=None)
@given(DOCTORS)
def test_whatever_is_told_counts_five_people_or_more(doctors):
    told = ages_told(model_of(doctors))
    known = [age for _home, age in doctors if age >= 0]

    enough = min(sum(age < OLD for age in known), sum(age >= OLD for age in known)) >= 5
    assert (told is not None) == enough
    if told is None:
        return
    assert all(band.count >= 5 for band in told.bands)
    assert all(sector.young >= 5 and sector.old >= 5 for sector in told.sectors)
    assert sum(band.count for band in told.bands) == len(known)
    assert sum(sector.professionals for sector in told.sectors) == len(doctors)
    assert (told.young, told.old) == (
        sum(sector.young for sector in told.sectors),
        sum(sector.old for sector in told.sectors),
    )


@settings(max_examples=40, deadline=None)
@given(DOCTORS, ASSUMED, ASSUMED, st.randoms(use_true_random=False))
def test_two_answers_are_the_same_where_others_have_the_ages(doctors, first, second, chance):
    """Those of a sector exchange their ages, those of a band take any of it: nothing moves.

    So no answer, and no difference of two, depends on which of them has which age.
    """
    model = model_of(doctors)
    told = ages_told(model)
    assume(told is not None)
    others = model_of(_exchanged(doctors, told, chance))
    assume(ages_told(others) == told)

    for assumed in (first, second):
        assert outlook(others, assumed) == outlook(model, assumed)
    assert np.array_equal(others.computed, model.computed)


def _exchanged(doctors, told, chance):
    found = list(doctors)
    for sector in told.sectors:
        here = [rank for rank, (home, _age) in enumerate(doctors) if home in sector.ranks]
        homes = [doctors[rank][0] for rank in here]
        chance.shuffle(homes)
        for rank, home in zip(here, homes, strict=True):
            found[rank] = (home, doctors[rank][1])
    bands = {
        age: [one for one in range(30, 80) if one // 5 == age // 5 and (one < 55) == (age < 55)]
        for age in range(30, 80)
    }
    return [(home, chance.choice(bands[age]) if age >= 0 else age) for home, age in found]


def test_the_last_one_of_a_commune_is_not_found_by_stepping_a_rate():
    """Six at one place, one of them 68: the attack that told it, on each rate in turn."""
    doctors = [(0, 40)] * 4 + [(0, 50), (0, 68)] + [(4, 45)] * 20 + [(4, 61)] * 5 + [(4, 70)] * 5
    swapped = (
        [(0, 40)] * 5 + [(0, 50)] + [(4, 45)] * 19 + [(4, 68)] + [(4, 61)] * 5 + [(4, 70)] * 5
    )
    model, other = model_of(doctors), model_of(swapped)

    for band in range(4):
        for rate in (0.0, 0.5, 1.0):
            rates = tuple((age, rate if band == rank else 0.0)
                          for rank, age in enumerate((0, 55, 60, 65)))  # fmt: skip
            assert outlook(model, Assumptions(rates)) == outlook(other, Assumptions(rates))
    found = outlook(model, Assumptions())
    assert found is not None
    (row,) = found.sectors
    assert (row.today, row.sector.old) == (36, 11)


def test_four_old_ones_are_too_few_to_say_anything():
    with pytest.raises(TooFew):
        outlook(model_of([(0, 40)] * 30 + [(1, 64)] * 4), Assumptions())
