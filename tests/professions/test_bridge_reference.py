"""The tables of bridges hold together, and each row tells its source."""

import pytest
from django.core.exceptions import ValidationError

from ancrage.professions.reference import PROFESSIONS
from ancrage.professions.reference.bridges import BRIDGES, FUNDINGS, TITLES
from ancrage.professions.validators import validate_conditions

PROFESSION_CODES = {row.code for row in PROFESSIONS}
TITLE_CODES = PROFESSION_CODES | {row.code for row in TITLES}


def codes_named(conditions):
    for one in conditions:
        yield from one.get("professions", ())
        yield from one.get("any_of", ())


def test_tables_hold_the_transitions_of_the_chain_and_many_more():
    pairs = {(row.origin, row.target) for row in BRIDGES}

    assert len({row.code for row in BRIDGES}) == len(BRIDGES) == 58
    assert {
        ("hospital_orderly", "care_assistant"),
        ("care_assistant", "nurse"),
        ("nurse", "advanced_practice_nurse"),
    } <= pairs
    assert len(pairs) == 50


def test_titles_and_fundings_named_exist():
    fundings = {row.code for row in FUNDINGS}
    named = {row.origin for row in BRIDGES if row.origin} | {row.target for row in BRIDGES}

    assert named - TITLE_CODES == set()
    assert {code for row in (*BRIDGES, *FUNDINGS) for code in codes_named(row.conditions)} <= (
        TITLE_CODES
    )
    assert {code for row in BRIDGES for code in row.fundings} - fundings == set()
    assert fundings - {code for row in BRIDGES for code in row.fundings} == set()
    assert {row.code for row in TITLES} & PROFESSION_CODES == set()


def test_every_condition_is_understood():
    for row in (*BRIDGES, *FUNDINGS):
        validate_conditions(list(row.conditions))


def test_every_row_has_a_source_and_both_languages():
    for row in (*BRIDGES, *FUNDINGS):
        assert row.source.startswith("http"), row.code
        assert bool(row.note_fr) == bool(row.note_en), row.code


@pytest.mark.parametrize(
    "value",
    [
        {},
        ["seniority"],
        [{}],
        [{"kind": "luck"}],
        [{"kind": "seniority"}],
        [{"kind": "seniority", "months": 0}],
        [{"kind": "seniority", "months": 36, "window": 24}],
        [{"kind": "seniority", "months": 36, "professions": []}],
        [{"kind": "seniority", "months": 36, "years": 3}],
        [{"kind": "title", "any_of": "nurse"}],
        [{"kind": "certificate", "certificate": "swimming"}],
        [{"kind": "fact", "fact": "is_nice"}],
    ],
)
def test_condition_that_is_none_is_refused(value):
    with pytest.raises(ValidationError):
        validate_conditions(value)
