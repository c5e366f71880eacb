from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.professions.spelling.neighbours import Neighbours, distance

words = st.text(alphabet="abcde", max_size=8)


def distance_by_definition(one: str, other: str) -> int:
    """Optimal string alignment, written as its recurrence."""

    @cache
    def between(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [
            between(i - 1, j) + 1,
            between(i, j - 1) + 1,
            between(i - 1, j - 1) + (one[i - 1] != other[j - 1]),
        ]
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            ways.append(between(i - 2, j - 2) + 1)
        return min(ways)

    return between(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("infirmier", "infirmier", 0),
        ("infirimier", "infirmier", 1),
        ("manipulatuer", "manipulateur", 1),
        ("kinesitherapeuthe", "kinesitherapeute", 1),
        ("", "abc", 3),
        ("ca", "abc", 3),  # no letter is edited twice
    ],
)
def test_distance_counts_slips(one, other, expected):
    assert distance(one, other) == expected


@given(words, words)
def test_distance_is_its_definition(one, other):
    assert distance(one, other) == distance_by_definition(one, other)


@given(st.sets(st.text(alphabet="abc", min_size=3, max_size=7), max_size=20), words)
def test_nearest_finds_what_comparing_with_every_word_finds(known, word):
    found, gap = Neighbours(known).nearest(word)

    near = {
        other: distance(word, other)
        for other in known
        if min(len(word), len(other)) >= 5 and distance(word, other) <= 1
    }
    least = min(near.values(), default=0)
    assert found == sorted(other for other, slips in near.items() if slips == least)
    assert gap == least


def test_nearest_to_a_long_word_allows_two_slips_after_its_first_letters():
    known = Neighbours(["psychomotricien", "orthophoniste"])

    assert known.nearest("psychomoticein") == (["psychomotricien"], 2)
    assert known.nearest("ertophoniste") == ([], 0)


def test_nearest_to_a_short_word_is_nothing():
    assert Neighbours(["aide", "aides"]).nearest("aid") == ([], 0)
