"""What the inventory answers, beside answers worked out by hand from each source."""

import pytest

from ancrage.core.eligibility.values import Members
from ancrage.schemes.queries import schemes_in_inventory
from ancrage.schemes.reference.catalogue import SCHEMES
from ancrage.schemes.services import aids_for
from tests.schemes.cases import CASES
from tests.schemes.cases.people import TO_CHECK, Case

SOURCES = {row.code: row.source[1] for row in SCHEMES}


def told(facts):
    """The facts of a case, as the service takes them."""
    return {
        name: Members(frozenset(value), whole=True) if isinstance(value, set) else value
        for name, value in facts.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=[f"{case.aid}: {case.why}" for case in CASES])
def test_answer_is_that_worked_out_by_hand(case: Case):
    aid = schemes_in_inventory().filter(code=case.aid)

    (answer,) = aids_for(facts=told(case.facts), on=case.on, schemes=aid)

    assert case.site in SOURCES[case.aid]
    assert answer.state is case.expected
    assert {one.name for one in answer.missing} == case.missing
    if answer.state is TO_CHECK:
        assert answer.missing or answer.cautions


def test_cases_are_many_and_of_most_aids():
    assert len(CASES) >= 60
    assert len({case.aid for case in CASES}) >= 40
