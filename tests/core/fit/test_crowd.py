"""A crowd answers what `fit` answers, pair by pair."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.fit.crowd import Crowd
from ancrage.core.fit.facts import Credential, Held, Need, Person, Practice, Zone
from ancrage.core.fit.parts import Weights
from ancrage.core.fit.scoring import fit
from ancrage.core.fit.territory.values import Pair
from tests.core.fit.invented import forgotten, known_needs, known_people


@st.composite
def beside(draw):
    """A person and a post, fully known or partly forgotten."""
    person, need = draw(known_people()), draw(known_needs())
    return draw(forgotten(person, need, {}))[:2] if draw(st.booleans()) else (person, need)


@given(
    drawn=st.lists(beside(), min_size=1, max_size=4),
    share=st.integers(0, 50),
)
def test_crowd_says_of_each_what_the_fit_says(drawn, share):
    named = [replace(person, key=f"p{rank}") for rank, (person, _need) in enumerate(drawn)]
    posts = [need for _person, need in drawn]
    weights = Weights(proximity=share)
    known = Crowd(reversed(named), weights)

    # The same crowd for all the posts: what it remembers of one must not answer another.
    for need in posts:
        missing, covered, score = known.beside(need)
        fits = [fit(person, need, weights) for person in named]
        assert missing.tolist() == [bool(one.missing) for one in fits]
        assert covered.tolist() == [one.covered_fte for one in fits]
        assert score.tolist() == [one.score for one in fits]


def test_title_awaited_is_compared_with_the_dates_of_each_post():
    awaited = Credential(Held.EXPECTED, date(2027, 7, 1))
    crowd = Crowd([Person("p", practices=(Practice("nurse", "", awaited),))])
    early = Need("early", "nurse", starts_on=date(2027, 3, 1))
    late = replace(early, starts_on=date(2027, 9, 1))

    assert [crowd.beside(need)[0].tolist() for need in (early, late)] == [[True], [False]]


def test_best_cover_most_then_score_best_then_come_first_and_the_imposed_are_there_anyway():
    nurse = Person("", (Practice("nurse"),), zones=None, fte_min=20)
    need = Need("n", "nurse", fte=80, hours=frozenset(), days=frozenset())
    crowd = Crowd(
        [
            replace(nurse, key="d", fte_max=100),
            replace(nurse, key="c", fte_max=100, zones=(Zone("", 47.0, -1.5),)),
            replace(nurse, key="b", fte_max=100),
            replace(nurse, key="out", fte_max=100),
            replace(nurse, key="half", fte_max=50),
            replace(nurse, key="cook", practices=(Practice("cook"),), fte_max=100),
        ]
    )

    best = crowd.best(need, 2, imposed=["half", "nobody"], without=["out"])

    assert best == [
        Pair("half", "n", 50, fit(replace(nurse, key="half", fte_max=50), need).score),
        Pair("b", "n", 80, fit(replace(nurse, key="b", fte_max=100), need).score),
        Pair("c", "n", 80, fit(replace(nurse, key="b", fte_max=100), need).score),
    ]


def test_crowd_of_nobody_has_nobody_to_offer():
    assert Crowd([]).best(Need("n", "nurse", latitude=47.0, longitude=-2.0), 5) == []
