"""Aids to check, gathered by the answer that would tell most of them apart."""

from types import SimpleNamespace

from ancrage.schemes.services.answers import MissingFact
from ancrage.web.schemes.deciding import by_deciding_fact


def aid(code: str, *facts: str, settles: bool = True) -> SimpleNamespace:
    missing = tuple(MissingFact(name, name.title(), settles) for name in facts)
    return SimpleNamespace(code=code, missing=missing)


def gathered(*answers: SimpleNamespace) -> list[tuple[str, list[str]]]:
    groups = by_deciding_fact(answers)
    return [(str(group.label), [one.code for one in group.answers]) for group in groups]


def test_most_awaited_fact_comes_first_and_each_aid_once():
    found = gathered(aid("a", "age"), aid("b", "age", "place"), aid("c", "place", "age"))

    assert found == [("Age", ["a", "b", "c"])]


def test_what_is_left_is_gathered_again():
    found = gathered(aid("a", "place"), aid("b", "age"), aid("c", "age", "rent"))

    assert found == [("Age", ["b", "c"]), ("Place", ["a"])]


def test_aids_that_no_single_fact_settles_stay_together():
    found = gathered(aid("a", "age", settles=False), aid("b", "place"), aid("c", settles=False))

    assert found == [("Place", ["b"]), ("", ["a", "c"])]


def test_nothing_to_check_makes_no_group():
    assert gathered() == []
