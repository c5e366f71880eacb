"""Posts to place: as good as trying every way, and never announced better than they are."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ancrage.core.accessibility.parameters import Slope
from ancrage.core.accessibility.potential import Catchments, Change, Potential, lacking, potential
from ancrage.core.accessibility.siting import programs
from ancrage.core.accessibility.siting.cover import by_cover
from ancrage.core.accessibility.siting.lack import by_deficit, by_worst_off
from ancrage.core.accessibility.siting.programs import Program, Solved
from ancrage.core.accessibility.siting.values import Request, Search, Siting
from ancrage.core.accessibility.travel import crow_fly
from tests.core.accessibility.invented import Land, lands, scattered
from tests.core.accessibility.oracle import best

QUICK = settings(max_examples=40, deadline=None)
THRESHOLD = 0.004


def after(state: Potential, way: tuple[int, ...], post: float) -> Potential:
    return state.changed([Change(place, supply=post) for place in way]).after


def placed(siting: Siting) -> tuple[int, ...]:
    return tuple(place for place, count in siting.posts for _post in range(count))


def request_over(land: Land, data: st.DataObject) -> Request:
    everywhere = tuple(range(len(land.people)))
    return Request(everywhere, everywhere, data.draw(st.integers(1, 3)), 1.0, most=2)


@QUICK
@given(lands(5), st.data())
def test_the_least_deficit_is_found(land: Land, data: st.DataObject) -> None:
    state, request = land.state(), request_over(land, data)

    exact = by_deficit(state, request, THRESHOLD, search=Search.EXACT)
    greedy = by_deficit(state, request, THRESHOLD, search=Search.BOUND)

    def lack(way: tuple[int, ...]) -> float:
        return lacking(after(state, way, request.post), THRESHOLD)

    least = best(request, lack)
    assert exact.value == pytest.approx(least, rel=1e-6, abs=1e-6)
    assert exact.value == pytest.approx(lack(placed(exact)), abs=1e-9)
    assert exact.proved
    assert greedy.bound <= least + 1e-6
    assert greedy.value == pytest.approx(lack(placed(greedy)), abs=1e-9)
    # The guarantee of taking the best post one at a time.
    assert greedy.before - greedy.value >= (1 - 1 / np.e) * (greedy.before - least) - 1e-9


@QUICK
@given(lands(5), st.data())
def test_the_worst_off_are_raised_most(land: Land, data: st.DataObject) -> None:
    state, request = land.state(), request_over(land, data)
    helped = [
        home
        for home in range(len(land.people))
        if state.people[home] > 0
        and any(
            state.demand[site] > 0 and state.catchments.going[home, site] > 0
            for site in request.candidates
        )
    ]
    assume(helped)

    found = by_worst_off(state, request, THRESHOLD, search=Search.EXACT)

    def worst(way: tuple[int, ...]) -> float:
        return -float(after(state, way, request.post).access[helped].min())

    assert -found.value == pytest.approx(best(request, worst), rel=1e-6, abs=1e-9)
    assert -found.value == pytest.approx(worst(placed(found)), abs=1e-9)
    assert found.bound >= found.value
    assert found.proved


@QUICK
@given(lands(6), st.data())
def test_most_people_are_covered(land: Land, data: st.DataObject) -> None:
    request, near = request_over(land, data), land.catchments()

    found = by_cover(near, land.people, land.supply, request, search=Search.EXACT)

    def uncovered(way: tuple[int, ...]) -> float:
        served = np.asarray(land.supply, dtype=float)
        served[list(way)] += 1
        return -float(np.asarray(land.people) @ (near.going @ (served > 0) > 0))

    assert -found.value == pytest.approx(best(request, uncovered))
    assert -found.value == uncovered(placed(found))
    assert found.proved


def test_greedy_alone_says_that_nothing_is_proved() -> None:
    state = Land([[0, 5], [5, 0]], [100, 100], [0, 0]).state()
    request = Request((0, 1), (0, 1), 1, 1.0)

    for found in (
        by_deficit(state, request, THRESHOLD, search=Search.GREEDY),
        by_worst_off(state, request, THRESHOLD, search=Search.GREEDY),
    ):
        assert (found.bound, found.gap, found.proved) == (None, None, False)


def test_places_no_candidate_can_help_are_named_and_hold_nobody_back() -> None:
    state = Land([[0, 5, 45], [5, 0, 45], [45, 45, 0]], [1_000, 10, 70], [1, 0, 0]).state()
    request = Request((0, 1, 2), (0, 1), 2, 1.0, most=2)

    worst = by_worst_off(state, request, THRESHOLD, search=Search.EXACT)

    assert worst.stuck == (2,)
    assert worst.value > worst.before > 0


def test_a_post_that_brings_nothing_more_is_not_placed() -> None:
    state = Land([[0]], [100], [0]).state()

    found = by_deficit(state, Request((0,), (0,), 5, 1.0, most=5), THRESHOLD)

    # One post brings 0.01 to each: the threshold is passed.
    assert (found.posts, found.value, found.proved) == (((0, 1),), 0.0, True)


def test_the_worst_off_come_first_then_those_who_lack() -> None:
    land = Land([[0, 45, 45], [45, 0, 45], [45, 45, 0]], [1_000, 200, 900], [0, 0.2, 0.9])
    request = Request((0, 1, 2), (0, 1, 2), 2, 1.0, most=2)

    found = by_worst_off(land.state(), request, 0.0015, search=Search.EXACT)

    # One post brings the first place to the height of the two others; no second one raises all
    # three. It goes where it is not wasted above the threshold: to the first place again.
    assert found.posts == ((0, 2),)


def test_a_region_is_placed_and_bounded() -> None:
    latitudes, longitudes, people, supply = scattered(600, 5)
    state = potential(
        Catchments(crow_fly(latitudes, longitudes, most=20), Slope(5, 20)), people, supply
    )
    everywhere = tuple(range(600))

    found = by_deficit(state, Request(everywhere, everywhere, 10, 1.0, most=10), 0.0006)

    assert sum(count for _place, count in found.posts) == 10
    assert 0 < found.bound <= found.value < found.before
    assert found.gap < 0.1


@pytest.mark.parametrize("place", [by_deficit, by_worst_off])
@given(land=lands(), data=st.data())
@settings(max_examples=15)
def test_a_search_cut_in_slices_finds_what_one_in_a_breath_finds(
    place: Callable[..., Siting], land: Land, data: st.DataObject
) -> None:
    state, request = land.state(), request_over(land, data)
    threshold = float(state.access.max()) * 0.9 or 1.0
    told: list[Siting] = []

    def watch(found: Siting) -> float:
        told.append(found)
        return 9.0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programs, "_slice", cut_short(programs._slice))
        found = place(state, request, threshold, search=Search.EXACT, watch=watch)

    whole = place(state, request, threshold, search=Search.EXACT)
    assert found.value == pytest.approx(whole.value)
    assert found.proved
    # What is told on the way is never better than what is found, nor are bounds ever wrong.
    sign = 1 if place is by_deficit else -1
    for one in told:
        assert sign * one.value >= sign * found.value - 1e-9
        assert one.bound is None or sign * one.bound <= sign * found.value + 1e-9


def cut_short(solve: Callable[..., Solved]) -> Callable[..., Solved]:
    """The time of a slice is up before a part that was split less than twice is searched."""

    def slice_of(program: Program, request: Request, part: Any, **how: Any) -> Solved:
        if part.depth < 2 and how["search"] is Search.EXACT and (part.most > part.least).any():
            relaxed = solve(program, request, part, search=Search.BOUND, seconds=9)
            return Solved(None, relaxed.bound, searched=False)
        return solve(program, request, part, **how)

    return slice_of


def test_a_search_that_is_stopped_keeps_its_best_answer_and_its_gap() -> None:
    latitudes, longitudes, people, supply = scattered(120, 5)
    state = potential(
        Catchments(crow_fly(latitudes, longitudes, most=20), Slope(5, 20)), people, supply
    )
    everywhere = tuple(range(120))
    request = Request(everywhere, everywhere, 6, 1.0, most=6)
    turns = iter([9.0, 9.0, 0.0])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programs, "_slice", cut_short(programs._slice))
        found = by_deficit(
            state, request, 0.0006, search=Search.EXACT, watch=lambda _found: next(turns)
        )

    bounded = by_deficit(state, request, 0.0006, search=Search.BOUND)
    assert not found.searched
    assert found.value <= bounded.value
    assert found.gap <= bounded.gap
    assert bounded.bound <= found.bound <= found.value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"posts": 0}, "at least one post"),
        ({"post": 0.0}, "brings something"),
        ({"territory": ()}, "a territory has places"),
        ({"candidates": (0, 0)}, "each listed once"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(change: dict, said: str) -> None:
    asked = {"territory": (0,), "candidates": (0,), "posts": 1, "post": 1.0} | change

    with pytest.raises(ValueError, match=said):
        Request(**asked)


def test_a_place_or_a_threshold_that_is_nothing_is_refused() -> None:
    state = Land([[0]], [100], [0]).state()

    with pytest.raises(ValueError, match="not listed"):
        by_deficit(state, Request((0,), (4,), 1, 1.0), THRESHOLD)
    with pytest.raises(ValueError, match="above 0"):
        by_deficit(state, Request((0,), (0,), 1, 1.0), 0.0)
    with pytest.raises(ValueError, match="for each place"):
        by_cover(state.catchments, [1, 2], [0], Request((0,), (0,), 1, 1.0))
