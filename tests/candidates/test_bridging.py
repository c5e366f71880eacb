"""What a profile tells the bridges, and what it leaves to check."""

from datetime import date, timedelta

import pytest

from ancrage.candidates.enums import DiplomaState, Experience, ProofKind, ProofState
from ancrage.candidates.models import Candidate
from ancrage.candidates.services.bridging import bridge_facts, bridge_people
from ancrage.core.bridges.reach import Alike
from ancrage.core.bridges.values import Holding, Paper, Person, Practice, Sector
from ancrage.partners.enums import PartnerKind
from ancrage.professions.services import paths_for
from tests.factories import (
    CandidateFactory,
    CandidateProfessionFactory,
    PartnerFactory,
    ProfessionFactory,
    ProofFactory,
)
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db


def candidate_with(*works, **fields):
    candidate = CandidateFactory(**fields)
    candidate.professions.all().delete()
    for rank, (code, diploma) in enumerate(works):
        CandidateProfessionFactory(
            candidate=candidate,
            profession=ProfessionFactory(code=code),
            diploma=diploma,
            is_main=not rank,
        )
    return candidate


def test_profile_tells_its_titles_work_employer_and_certificates():
    candidate = candidate_with(
        ("care_assistant", DiplomaState.HELD),
        ("hospital_orderly", DiplomaState.UNKNOWN),
        ("nurse", DiplomaState.AIMED_AT),
        experience=Experience.YEARS_2_5,
        employer=PartnerFactory(kind=PartnerKind.PUBLIC_HOSPITAL),
    )
    ends = TODAY + timedelta(days=90)
    ProofFactory(candidate=candidate, kind=ProofKind.AFGSU_2, expires_on=ends)
    ProofFactory(candidate=candidate, kind=ProofKind.AFGSU_1, state=ProofState.REFUSED)
    ProofFactory(candidate=candidate, kind=ProofKind.DIPLOMA)

    assert bridge_facts(candidate=candidate, on=TODAY) == Person(
        f"c{candidate.pk}",
        TODAY,
        titles=(Holding("care_assistant"), Holding("hospital_orderly", sure=False)),
        practices=(
            Practice("care_assistant", 24),
            Practice("care_assistant"),
            Practice("hospital_orderly"),
        ),
        sector=Sector.HOSPITAL_SERVICE,
        papers=(Paper("afgsu_2", ends),),
    )


@pytest.mark.parametrize(
    ("experience", "practices"),
    [
        ("", None),
        (Experience.TRAINING, ()),
        (Experience.UNDER_2, (Practice("nurse"),)),
        (Experience.OVER_20, (Practice("nurse", 240), Practice("nurse"))),
    ],
)
def test_experience_tells_the_least_that_was_worked(experience, practices):
    candidate = candidate_with(("nurse", DiplomaState.HELD), experience=experience)

    facts = bridge_facts(candidate=candidate, on=TODAY)

    assert (facts.practices, facts.sector) == (practices, None)


def test_people_are_read_together_and_their_paths_leave_to_check_what_is_not_told(
    django_assert_num_queries,
):
    aide = candidate_with(("care_assistant", DiplomaState.HELD), experience=Experience.YEARS_5_10)
    other = candidate_with(("nurse", DiplomaState.IN_TRAINING))
    chosen = Candidate.objects.filter(pk__in=[aide.pk, other.pk])

    with django_assert_num_queries(4):
        first, second = bridge_people(candidates=chosen, on=TODAY)

    assert second == Alike(Person("", TODAY), (f"c{other.pk}",))
    assert first.people == (f"c{aide.pk}",)
    (path,) = paths_for(person=first.facts, goal="nurse", on=date(2026, 11, 22)).paths
    assert [check.state.name for check in path.steps[0].checks] == [
        "MET",
        "MET",
        "TO_CHECK",
        "TO_CHECK",
        "TO_CHECK",
    ]
