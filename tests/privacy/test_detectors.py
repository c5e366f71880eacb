"""What has no place in free text about a person: measured on sentences that people write.

`free_text.csv` holds sentences to be flagged (with their kinds) and sentences of the trade that
must not be. The rules were written against the list « tuned »; « held_out » was written apart
and tells what to expect of new sentences.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.privacy.detectors import KINDS, detect_forbidden, is_nir

LIST = Path(__file__).with_name("free_text.csv")


def sentences(name: str) -> list[tuple[str, set[str]]]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return [
            (row["text"], set(row["kinds"].split()))
            for row in csv.DictReader(lines, delimiter=";")
            if row["list"] == name
        ]


def kinds_in(text: str) -> set[str]:
    return {finding.kind for finding in detect_forbidden(text)}


def measure(name: str) -> tuple[int, int, int]:
    """Sentences found as they should be, missed, and flagged for nothing."""
    found = missed = wrong = 0
    for text, expected in sentences(name):
        seen = kinds_in(text)
        found += bool(expected and expected <= seen)
        missed += bool(expected - seen)
        wrong += bool(not expected and seen)
    return found, missed, wrong


def test_every_sentence_of_the_tuned_list_is_read_as_it_should() -> None:
    wrong = {
        text: (sorted(expected), sorted(kinds_in(text)))
        for text, expected in sentences("tuned")
        if kinds_in(text) != expected
    }

    assert wrong == {}


def test_new_sentences_are_read_as_measured() -> None:
    assert measure("held_out") == (17, 5, 0)
    assert len(sentences("held_out")) == 44


def test_a_finding_says_where_what_and_what_to_do() -> None:
    text = "Disponible en mai. Mariée, NIR 2 87 03 99 352 012 94."

    found = detect_forbidden(text)

    assert [(one.kind, text[one.start : one.end]) for one in found] == [
        ("family", "Mariée"),
        ("nir", "2 87 03 99 352 012 94"),
    ]
    assert "après l’embauche" in str(found[1].advice)
    assert detect_forbidden("") == []


@pytest.mark.parametrize(
    "number",
    [
        "2 87 03 99 352 012 94",
        "287039935201294",
        "2.87.03.99.352.012.94",
        "2-87-03-99-352-012 / 94",
        "2870399352012 clé : 94",
        "187032A00400148",
        "1 87 03 2b 004 001 75",
    ],
)
def test_a_social_security_number_is_known_by_its_key(number: str) -> None:
    assert is_nir(number)
    assert kinds_in(f"Voici : {number}.") == {"nir"}


@pytest.mark.parametrize(
    "number",
    [
        "2 87 03 99 352 012 95",
        "287139935201294",
        "28703993520129",
        "12870399352012941",
        "4 87 03 99 352 012 94",
        "187032C00400148",
        "06 12 34 56 78",
    ],
)
def test_other_numbers_are_not(number: str) -> None:
    assert not is_nir(number)
    assert kinds_in(f"Voici : {number}.") == set()


def test_bank_details_are_known_by_their_key() -> None:
    assert kinds_in("fr1420041010050500013M02606") == {"bank"}
    assert kinds_in("FR14 2004 1010 0505 0001 3M02 607") == set()


@given(st.integers(1, 2), st.integers(0, 99), st.integers(1, 12), st.integers(1, 95))
def test_any_key_but_its_own_is_refused(sex: int, year: int, month: int, department: int) -> None:
    first = f"{sex}{year:02d}{month:02d}{department:02d}004001"
    key = 97 - int(first) % 97

    assert is_nir(f"{first}{key:02d}")
    assert not is_nir(f"{first}{key % 97 + 1:02d}")


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_finding_lies_in_it(text: str) -> None:
    for finding in detect_forbidden(text):
        assert 0 <= finding.start < finding.end <= len(text)


def test_kinds_have_their_own_code() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
