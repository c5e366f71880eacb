"""How well two sides would get on: parts, barriers, wishes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.affinity import (
    NEUTRAL,
    Barrier,
    Part,
    Sheet,
    Weights,
    Wishes,
    affinity,
    pairs_of,
)

NANTES = {"latitude": 47.2184, "longitude": -1.5536}
PORNIC = {"latitude": 47.1155, "longitude": -2.1040}  # 43 km away
NOBODY = Wishes()


def parts(host: Sheet, visitor: Sheet) -> dict[Part, int | None]:
    return {
        part: value
        for part, value in affinity(host, visitor, Weights()).parts
        if value is not None
    }


def score(host: Sheet, visitor: Sheet, **more) -> int | None:
    (pair,) = pairs_of(
        {"h": host},
        {"v": visitor},
        Weights(),
        host_wishes=more.pop("host_wishes", NOBODY),
        visitor_wishes=more.pop("visitor_wishes", NOBODY),
        **more,
    )
    return pair.score


def wished(by: str, about: str, rank: int) -> Wishes:
    return Wishes(ranks={(by, about): rank})


def test_two_blank_sheets_are_neutral():
    assert affinity(Sheet(), Sheet(), Weights()).value == NEUTRAL
    assert parts(Sheet(), Sheet()) == {}


@pytest.mark.parametrize(
    ("host", "visitor", "part", "expected"),
    [
        (
            {"modes": frozenset({"locum", "succession"})},
            {"modes": frozenset({"locum"})},
            Part.MODE,
            100,
        ),
        ({"modes": frozenset({"a", "b"})}, {"modes": frozenset({"b", "c"})}, Part.MODE, 50),
        ({"days": frozenset({"mon"})}, {"days": frozenset({"tue"})}, Part.DAYS, 0),
        (
            {"specialties": frozenset({"sm26"})},
            {"specialties": frozenset({"sm26"})},
            Part.SPECIALTY,
            100,
        ),
        (NANTES, NANTES, Part.DISTANCE, 100),
        (PORNIC, NANTES, Part.DISTANCE, 31),
        (PORNIC, {**NANTES, "reach_km": 86}, Part.DISTANCE, 85),
        (PORNIC, {**NANTES, "reach_km": 20}, Part.DISTANCE, 0),
        ({"start": date(2027, 3, 1)}, {"start": date(2027, 1, 1)}, Part.START, 100),
        ({"start": date(2027, 1, 1)}, {"start": date(2027, 7, 2)}, Part.START, 50),
        ({"together": True}, {"together": True}, Part.TOGETHER, 100),
        ({"together": False}, {"together": True}, Part.TOGETHER, 0),
    ],
)
def test_each_part_says_what_it_compares(host, visitor, part, expected):
    assert parts(Sheet(**host), Sheet(**visitor)) == {part: expected}


def test_whoever_comes_alone_is_not_asked_about_two():
    assert parts(Sheet(together=False), Sheet(together=False)) == {}


def test_nothing_in_common_forbids_unless_somebody_wishes_it():
    host, visitor = Sheet(modes=frozenset({"succession"})), Sheet(modes=frozenset({"locum"}))

    assert affinity(host, visitor, Weights()).barrier == Barrier.NO_COMMON_MODE
    assert score(host, visitor) is None
    assert score(host, visitor, visitor_wishes=wished("v", "h", 1)) is not None


def test_a_refusal_is_never_lifted():
    refused = Wishes(refused=frozenset({("h", "v")}))

    (pair,) = pairs_of(
        {"h": Sheet()},
        {"v": Sheet()},
        Weights(),
        host_wishes=refused,
        visitor_wishes=wished("v", "h", 1),
    )

    assert (pair.score, pair.barrier) == (None, Barrier.REFUSED_BY_HOST)


def test_half_compatibility_a_quarter_each_wish():
    assert score(Sheet(), Sheet()) == 250
    assert score(Sheet(), Sheet(), host_wishes=wished("h", "v", 1)) == 500
    assert (
        score(
            Sheet(),
            Sheet(),
            host_wishes=wished("h", "v", 1),
            visitor_wishes=wished("v", "h", 5),
        )
        == 625
    )


def test_a_late_wish_is_still_worth_something():
    far = score(Sheet(), Sheet(), visitor_wishes=wished("v", "h", 40))
    assert far == score(Sheet(), Sheet(), visitor_wishes=wished("v", "h", 8)) == 281


def test_wishes_of_the_scarce_side_weigh_more():
    options = {"host_weight": 5, "visitor_weight": 8}
    by_visitor = score(Sheet(), Sheet(), visitor_wishes=wished("v", "h", 1), **options)
    by_host = score(Sheet(), Sheet(), host_wishes=wished("h", "v", 1), **options)

    assert by_visitor > by_host


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Weights(mode=-1),
        lambda: Weights(0, 0, 0, 0, 0, 0),
        lambda: Sheet(latitude=47.0),
        lambda: Sheet(reach_km=-1),
        lambda: Wishes(ranks={("a", "b"): 0}),
        lambda: Wishes(ranks={("a", "b"): 1}, refused=frozenset({("a", "b")})),
        lambda: score(Sheet(), Sheet(), host_weight=-1),
    ],
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        wrong()


codes = st.frozensets(st.sampled_from("abcd"))
sheets = st.builds(
    Sheet,
    modes=codes,
    reach_km=st.none() | st.floats(0, 200),
    start=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    days=codes,
    specialties=codes,
    together=st.none() | st.booleans(),
) | st.builds(
    Sheet, latitude=st.floats(43, 50), longitude=st.floats(-4, 7), reach_km=st.floats(0, 200)
)
weights = st.builds(
    Weights,
    mode=st.integers(1, 10),
    **{
        name: st.integers(0, 10) for name in ("distance", "start", "days", "specialty", "together")
    },
)


@settings(max_examples=60, deadline=None)
@given(
    hosts=st.dictionaries(st.sampled_from("hijk"), sheets, max_size=3),
    visitors=st.dictionaries(st.sampled_from("vwxy"), sheets, max_size=3),
    weights=weights,
)
def test_scores_are_whole_within_bounds_and_blind_to_the_order(hosts, visitors, weights):
    def scored(hosts, visitors):
        return pairs_of(hosts, visitors, weights, host_wishes=NOBODY, visitor_wishes=NOBODY)

    pairs = scored(hosts, visitors)

    assert len(pairs) == len(hosts) * len(visitors)
    assert all(
        (pair.score is None) == (pair.barrier is not None)
        and (pair.score is None or 1 <= pair.score <= 1000)
        for pair in pairs
    )
    turned = scored(dict(reversed(hosts.items())), dict(reversed(visitors.items())))
    assert turned == pairs


@settings(max_examples=60, deadline=None)
@given(host=sheets, visitor=sheets, weights=weights, rank=st.integers(1, 12))
def test_a_wish_never_lowers_a_score(host, visitor, weights, rank):
    def scored(wishes):
        (pair,) = pairs_of(
            {"h": host},
            {"v": visitor},
            weights,
            host_wishes=NOBODY,
            visitor_wishes=wishes,
        )
        return pair.score

    plain = scored(NOBODY)
    assert plain is None or scored(wished("v", "h", rank)) >= plain
