"""Parts, score and order; what a fit says is re-added from its parts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.fit.answers import Topic
from ancrage.core.fit.facts import Bridge, Licence, Need, Person, Practice, Zone
from ancrage.core.fit.parts import NEUTRAL, Part, PartScore, Weights
from ancrage.core.fit.scoring import USUAL_WEIGHTS, Fit, fit, joined, ranked
from ancrage.core.kleene import State
from tests.core.fit.invented import forgotten, known_needs, known_people, tables

START = date(2027, 3, 1)
POST = Need("post", "nurse", fte=80, commune="44131", hours=frozenset(), days=frozenset())

weights = st.lists(st.integers(0, 50), min_size=7, max_size=7).filter(any)


def worth(part: Part, person: Person, need: Need = POST, minutes=None) -> tuple[int, bool]:
    """The value of one part, and whether it was known."""
    parts = {score.part: score for score in fit(person, need, minutes=minutes or {}).parts}
    return parts[part].value, parts[part].is_known


def test_fit_of_somebody_unknown_is_neutral_in_what_is_asked():
    asking = replace(POST, starts_on=START, years_of_experience=2, skills=frozenset({"night"}))

    found = fit(Person("nobody"), replace(asking, hours=None))

    assert [(part.value, part.is_known) for part in found.parts] == [(NEUTRAL, False)] * 7
    assert (found.score, found.covered_fte) == (50, 80)


@pytest.mark.parametrize(
    ("person", "need", "expected"),
    [
        ({"practices": ()}, {}, 0),
        ({"practices": (Practice("nurse"),)}, {}, 100),
        ({"practices": (Practice("nurse", "theatre"),)}, {"specialty": "theatre"}, 100),
        ({"practices": (Practice("nurse", None),)}, {"specialty": "theatre"}, 70),
        ({"practices": (Practice("doctor"), Practice("orderly"))}, {}, 38),
        ({"practices": (Practice("care_assistant"), Practice("orderly"))}, {}, 60),
        ({"practices": (Practice("cook"),)}, {}, 0),
        ({"practices": (), "licences": (Licence("student", "nurse"),)}, {}, 80),
        ({"practices": (), "licences": (Licence("other", "nurse"),)}, {}, 0),
        ({"practices": (), "licences": (Licence("student", "doctor"),)}, {}, 0),
    ],
)
def test_profession_part(person, need, expected):
    bridges = (
        Bridge("care_assistant", True),
        Bridge("orderly", months=12),
        Bridge("cook", False, 60),
    )
    asking = replace(POST, bridges=bridges, licences=frozenset({"student"}), **need)

    assert worth(Part.PROFESSION, Person("p", **person), asking) == (expected, True)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, 100), (10, 100), (50, 50), (90, 0), (300, 0)]
)
def test_proximity_part_by_minutes(minutes, expected):
    person = Person("p", zones=(Zone("far"), Zone("44154")))
    table = {("44154", "44131"): minutes, ("far", "44131"): 400}

    assert worth(Part.PROXIMITY, person, minutes=table) == (expected, True)


def test_proximity_part_by_kilometres():
    home = Zone("44154", 47.2380, -2.1517)
    post = replace(POST, latitude=47.1224, longitude=-2.0518)

    # 14.9 km: 45.1 of the 55 km that separate « near » from « far ».
    assert worth(Part.PROXIMITY, Person("p", zones=(home,)), post) == (81, True)


def test_proximity_part_of_a_journey_nobody_knows():
    assert worth(Part.PROXIMITY, Person("p", zones=(Zone("44154"),))) == (NEUTRAL, False)


@pytest.mark.parametrize(
    ("available", "expected"),
    [(date(2027, 1, 1), 100), (START, 100), (date(2027, 5, 30), 50), (date(2028, 1, 1), 0)],
)
def test_timing_part(available, expected):
    post = replace(POST, starts_on=START)

    assert worth(Part.TIMING, Person("p", available_from=available), post) == (expected, True)


@pytest.mark.parametrize(
    ("least", "most", "expected"), [(50, 100, 100), (80, 80, 100), (20, 40, 50), (100, 100, 80)]
)
def test_fte_part(least, most, expected):
    assert worth(Part.FTE, Person("p", fte_min=least, fte_max=most)) == (expected, True)


@pytest.mark.parametrize(
    ("accepted", "refused", "days", "expected"),
    [
        ({"night", "12h"}, set(), {5, 6}, 100),
        ({"night"}, {"12h"}, {5}, 50),
        (set(), set(), None, 50),
        ({"night"}, {"night", "12h"}, set(), 0),
    ],
)
def test_hours_part(accepted, refused, days, expected):
    post = replace(POST, hours=frozenset({"night", "12h"}), days=frozenset({5, 6}))
    person = Person(
        "p",
        hours_accepted=frozenset(accepted),
        hours_refused=frozenset(refused),
        days=None if days is None else frozenset(days),
    )

    assert worth(Part.HOURS, person, post) == (expected, True)


def test_parts_of_a_need_that_asks_for_nothing():
    person = Person("p")

    assert worth(Part.HOURS, person) == (100, True)
    assert worth(Part.EXPERIENCE, person) == (100, True)
    assert worth(Part.SKILLS, person) == (100, True)


def test_experience_and_skills_parts():
    post = replace(POST, years_of_experience=4, skills=frozenset({"palliative", "theatre"}))
    person = Person("p", years_of_experience=3, skills=frozenset({"theatre", "cooking"}))

    assert worth(Part.EXPERIENCE, person, post) == (75, True)
    assert worth(Part.SKILLS, person, post) == (50, True)


@pytest.mark.parametrize(("most", "covered"), [(None, 80), (100, 80), (80, 80), (50, 50)])
def test_covered_fte_is_what_the_person_would_take(most, covered):
    assert fit(Person("p", fte_max=most), POST).covered_fte == covered


def test_weights_that_weigh_nothing():
    with pytest.raises(ValueError, match="all the weights are 0"):
        Weights(0, 0, 0, 0, 0, 0, 0)


def test_weights_below_zero():
    with pytest.raises(ValueError, match="negative"):
        Weights(skills=-1)


def test_score_rounds_half_a_point_up():
    halves = Fit(
        "p", "n", (), (PartScore(Part.FTE, 1, 1, True), PartScore(Part.HOURS, 0, 1, True)), 0
    )

    assert halves.score == 1


@given(st.data(), known_people(), known_needs(), tables(), weights)
def test_fit_is_re_added_from_its_parts(data, person, need, table, values):
    person, need, table = data.draw(forgotten(person, need, table))

    found = fit(person, need, Weights(*values), minutes=table)

    assert [condition.topic for condition in found.conditions] == list(Topic)
    assert [part.part for part in found.parts] == list(Part)
    assert [part.weight for part in found.parts] == values
    assert all(0 <= part.value <= 100 for part in found.parts)
    exact = sum(part.value * weight for part, weight in zip(found.parts, values, strict=True))
    assert abs(found.score - exact / sum(values)) <= 0.5
    assert 0 <= found.score <= 100
    assert found.missing + found.to_check == tuple(
        sorted((c for c in found.conditions if c.state), key=lambda c: -c.state)
    )


@given(
    st.lists(known_people(), min_size=2, max_size=2),
    known_needs(),
    weights,
    st.sampled_from(range(7)),
    st.integers(1, 50),
)
def test_raising_a_weight_never_lowers_who_is_better_in_that_part(
    people, need, values, raised, more
):
    people = [replace(person, key=f"p{rank}") for rank, person in enumerate(people)]
    heavier = [value + more * (rank == raised) for rank, value in enumerate(values)]

    before = ranked(fit(person, need, Weights(*values)) for person in people)
    after = ranked(fit(person, need, Weights(*heavier)) for person in people)

    first, second = before
    if first.parts[raised].value >= second.parts[raised].value:
        assert [one.person for one in after] == [first.person, second.person]


@given(st.lists(known_people(), max_size=6), known_needs(), st.randoms(use_true_random=False))
def test_ranked_whatever_the_order_and_with_everybody(people, need, dice):
    fits = [fit(replace(person, key=f"p{n}"), need) for n, person in enumerate(people)]
    shuffled = dice.sample(fits, len(fits))

    order = ranked(shuffled)

    assert order == ranked(fits)
    assert sorted(one.person for one in order) == sorted(one.person for one in fits)
    blocked = [len(one.missing) for one in order]
    assert blocked == sorted(blocked)


def test_ranked_by_key_when_all_else_is_equal():
    fits = [fit(Person(key), POST) for key in ("b", "a")]

    assert [one.person for one in ranked(fits)] == ["a", "b"]


def test_ranked_from_the_side_of_a_person():
    """The same fits, of one person with several needs."""
    needs = [replace(POST, key="far", commune="9"), replace(POST, key="near")]
    person = Person("p", zones=(Zone("44131"),))

    assert [one.need for one in ranked(fit(person, need) for need in needs)] == ["near", "far"]


def test_ranked_with_different_weights():
    fits = [fit(Person("a"), POST), fit(Person("b"), POST, Weights(skills=90))]

    with pytest.raises(ValueError, match="cannot be compared"):
        ranked(fits)


def test_fit_rejects_nobody_without_saying_why():
    cook = Person("cook", practices=(Practice("cook"),), licences=())

    found = fit(cook, POST)

    assert [c.topic for c in found.missing] == [Topic.PROFESSION, Topic.RIGHT]
    assert {c.state for c in found.to_check} == {State.TO_CHECK}
    assert sum(USUAL_WEIGHTS.values) == 100


@given(known_people(), known_people(), known_needs(), tables())
def test_zones_of_one_and_the_rest_of_another_make_the_fit_of_both(one, other, need, minutes):
    both = replace(one, key="both", zones=other.zones)

    found = joined(
        fit(one, need, minutes=minutes), fit(other, need, minutes=minutes), person="both"
    )

    assert found == fit(both, need, minutes=minutes)
