"""Potential accessibility: equal to its formula, and a change equal to a full run."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.accessibility.parameters import THIRDS, Slope
from ancrage.core.accessibility.potential import (
    Catchments,
    Change,
    accesses,
    arrivals,
    lacking,
    potential,
)
from ancrage.core.accessibility.travel import STEADY_50, crow_fly, measured
from tests.core.accessibility.invented import DECAY, Land, lands, scattered
from tests.core.accessibility.oracle import access_of

SHARED = Path(__file__).parents[4] / "shared" / "data" / "demography"
QUICK = settings(max_examples=60, deadline=None)


def weight(minutes: float) -> float:
    return 1.0 if minutes < 10 else 0.5 if minutes < 20 else 0.0


def test_two_places_share_the_doctor_of_one() -> None:
    land = Land([[0, 12], [12, 0]], [1_000, 500], [2, 0])

    state = land.state()

    # The doctors of the first serve 1 000 people and half of 500.
    assert state.demand.tolist() == [1_250, 1_000]
    assert state.access.tolist() == [2 / 1_250, 1 / 1_250]
    assert state.mean() == pytest.approx(2 / 1_500, rel=1e-15)


@QUICK
@given(lands())
def test_tables_equal_the_formula(land: Land) -> None:
    state = land.state()

    expected = access_of(land.minutes, weight, land.people, land.supply)

    assert state.access.tolist() == pytest.approx(expected, rel=1e-12)
    assert np.all(np.isfinite(state.access))


@QUICK
@given(lands())
def test_what_is_shared_out_is_what_there_is(land: Land) -> None:
    state = land.state()

    reached = state.supply[state.demand > 0].sum()

    assert state.people @ state.access == pytest.approx(reached, rel=1e-12)
    assert state.unreached.tolist() == [
        place for place, there in enumerate(land.supply) if there > 0 and state.demand[place] == 0
    ]


@QUICK
@given(lands(), st.data())
def test_a_change_equals_a_full_run_to_the_last_bit(land: Land, data: st.DataObject) -> None:
    state = land.state()
    place = st.integers(0, len(land.people) - 1)
    more = st.sampled_from([0.0, 1.0, 2.7, 600.0])
    changes = data.draw(st.lists(st.builds(Change, place, more, more), max_size=3))

    moved = state.changed(changes)

    people, supply = list(land.people), list(land.supply)
    for change in changes:
        people[change.place] += change.people
        supply[change.place] += change.supply
    full = potential(state.catchments, people, supply)
    assert np.array_equal(moved.after.access, full.access)
    assert np.array_equal(moved.after.demand, full.demand)
    unmoved = np.setdiff1d(np.arange(len(people)), moved.places)
    assert np.array_equal(full.access[unmoved], state.access[unmoved])


def test_a_change_equals_a_full_run_on_a_whole_country() -> None:
    latitudes, longitudes, people, supply = scattered(3_000, 7)
    pairs = crow_fly(latitudes, longitudes, most=20, roads=STEADY_50)
    state = potential(Catchments(pairs, Slope(5, 20)), people, supply)

    for change in (Change(5, supply=0.5), Change(11, people=700), Change(40, 1.0, 30.0)):
        moved = state.changed([change])
        full = potential(state.catchments, moved.after.people, moved.after.supply)
        assert np.array_equal(moved.after.access, full.access)


@QUICK
@given(lands(), st.data())
def test_a_preview_is_what_the_change_does(land: Land, data: st.DataObject) -> None:
    state = land.state()
    place = data.draw(st.integers(0, len(land.people) - 1))

    places, gains = state.preview(place, 3.0)

    previewed = state.access.copy()
    previewed[places] += gains
    exact = state.changed([Change(place, supply=3.0)]).after.access
    assert previewed.tolist() == pytest.approx(exact.tolist(), rel=1e-12)


@QUICK
@given(lands(), st.randoms(use_true_random=False))
def test_the_order_of_places_changes_nothing(land: Land, luck) -> None:
    order = list(range(len(land.people)))
    luck.shuffle(order)
    shuffled = Land(
        [[land.minutes[i][j] for j in order] for i in order],
        [land.people[i] for i in order],
        [land.supply[i] for i in order],
    )

    access = land.state().access[order]

    assert shuffled.state().access.tolist() == pytest.approx(access.tolist(), rel=1e-12)


def test_many_supplies_at_once_equal_one_by_one() -> None:
    land = Land([[0, 5, 45], [5, 0, 15], [45, 15, 0]], [100, 0, 900], [1, 2, 0])
    state = land.state()

    both = accesses(state, [[1, 0], [2, 0], [0, 3]])

    assert both[:, 0].tolist() == state.access.tolist()
    alone = potential(state.catchments, land.people, [0, 0, 3]).access
    assert both[:, 1].tolist() == alone.tolist()


def test_each_arrival_says_what_it_fills() -> None:
    land = Land([[0, 12, 45], [12, 0, 45], [45, 45, 0]], [1_000, 1_000, 0], [3, 0, 0])
    state = land.state()

    found = arrivals(state, 1.0, threshold=0.002)

    for place in range(3):
        after = state.changed([Change(place, supply=1.0)]).after
        filled = lacking(state, 0.002) - lacking(after, 0.002)
        assert found.filled[place] == pytest.approx(filled, abs=1e-12)
    assert found.gainers.tolist() == [2_000, 2_000, 0]
    # The first place is at the threshold already; one more in the second does not bring it there.
    assert found.lifted.tolist() == [0, 0, 0]
    assert arrivals(state, 3.0, threshold=0.002).lifted.tolist() == [1_000, 1_000, 0]


def test_a_supply_nobody_reaches_is_named() -> None:
    state = Land([[0, 45], [45, 0]], [10, 0], [1, 1]).state()

    assert state.unreached.tolist() == [1]
    assert state.access.tolist() == [0.1, 0]
    assert state.preview(1, 5.0)[0].tolist() == []


@pytest.mark.parametrize(
    ("people", "supply"),
    [([1, -1], [0, 0]), ([1, 1], [0, float("nan")]), ([1], [0, 0]), ([1, 1], [float("inf"), 0])],
)
def test_what_cannot_be_counted_is_refused(people: list[float], supply: list[float]) -> None:
    catchments = Catchments(measured(2, [], most=20)[0], DECAY)

    with pytest.raises(ValueError, match=r"counted from 0|each of 2 places"):
        potential(catchments, people, supply)


def test_more_than_there_was_cannot_leave() -> None:
    state = Land([[0]], [10], [1]).state()

    with pytest.raises(ValueError, match="supply are counted from 0"):
        state.changed([Change(0, supply=-2)])
    with pytest.raises(ValueError, match="there is no place 3"):
        state.changed([Change(3, supply=1)])


@pytest.mark.skipif(not SHARED.exists(), reason="the public files are not there")
def test_a_department_equals_the_peer_s_figures() -> None:
    with (SHARED / "communes_apl_2015.csv").open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["dep"] == "44" and float(row["population"] or 0) > 0
        ]
    with (SHARED / "golden_e2sfca_dep44.csv").open(encoding="utf-8") as file:
        golden = {row["code"]: float(row["e2sfca_access"]) for row in csv.DictReader(file)}

    pairs = crow_fly(
        [float(row["lat"]) for row in rows], [float(row["lon"]) for row in rows], most=20
    )
    state = potential(
        Catchments(pairs, THIRDS.decay),
        [float(row["population"]) for row in rows],
        [float(row["medecins_generalistes"]) for row in rows],
    )

    found = dict(zip((row["code"] for row in rows), state.access.tolist(), strict=True))
    assert found == pytest.approx(golden, rel=1e-12)
