"""What a person tells for the bridges: kept, refused, moved, and what it changes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.candidates.enums import CandidateEvent, DiplomaState, Experience
from ancrage.candidates.models import Candidate, CandidateProfession, Career
from ancrage.candidates.services import (
    ProfileChangedMeanwhile,
    merge_candidates,
    tell_career,
    unmerge_candidates,
)
from ancrage.candidates.services.bridging import bridge_facts
from ancrage.core.bridges.values import Holding, Person, Practice, Sector
from ancrage.kit.models import AuditLine
from tests.factories import CandidateFactory, ProfessionFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

SELECTED = "selected@nurse-second-year-from-aide"


def tell(candidate, *, revision=0, **facts):
    return tell_career(candidate=candidate, revision=revision, by=None, now=NOW, **facts)


@pytest.fixture
def orderly():
    profession = ProfessionFactory(code="hospital_orderly")
    candidate = CandidateFactory(professions=[profession], experience=Experience.UNDER_2)
    CandidateProfession.objects.update(diploma=DiplomaState.UNKNOWN)
    return candidate


def test_facts_told_replace_what_the_bands_of_the_profile_say(orderly):
    tell(
        orderly,
        sector="private",
        practices=[
            {"title": "hospital_orderly", "months": 30, "until": None},
            {"title": "care_basics", "months": 6, "until": date(2025, 6, 30)},
        ],
        titles=["care_baccalaureate"],
        words={SELECTED: True, "age_17": False},
    )

    read = Candidate.objects.select_related("career").get(pk=orderly.pk)
    assert bridge_facts(candidate=read, on=TODAY) == Person(
        f"c{orderly.pk}",
        TODAY,
        titles=(Holding("hospital_orderly"), Holding("care_baccalaureate")),
        practices=(
            Practice("care_basics", 6, date(2025, 6, 30)),
            Practice("hospital_orderly", 30),
        ),
        sector=Sector.PRIVATE,
        words=frozenset({(SELECTED, True), ("age_17", False)}),
    )


def test_facts_are_told_over_what_was_read_and_the_journal_keeps_no_answer(orderly):
    first = tell(orderly, sector="private")
    again = tell(orderly, revision=1, sector="private", words={"age_17": True})

    assert (first.revision, again.revision, again.told_on) == (1, 2, TODAY)
    lines = AuditLine.objects.filter(action=CandidateEvent.CAREER_TOLD).order_by("pk")
    assert [line.changes for line in lines] == [
        {"fields": ["", "sector"]},
        {"fields": ["", "words"]},
    ]
    with pytest.raises(ProfileChangedMeanwhile):
        tell(orderly, revision=1, sector="jobless")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"sector": "army"}, "sector"),
        ({"titles": ["astronaut"]}, "titles"),
        ({"practices": [{"title": "astronaut", "months": 3, "until": None}]}, "practices"),
        ({"practices": [{"title": "care_basics", "months": 601, "until": None}]}, "practices"),
        (
            {
                "practices": [
                    {"title": "care_basics", "months": 3, "until": TODAY + timedelta(days=1)}
                ]
            },
            "practices",
        ),
        ({"words": {"rich": True}}, "words"),
        ({"words": {"selected@no-such-bridge": True}}, "words"),
    ],
)
def test_facts_that_cannot_be_are_refused_beside_their_question(orderly, facts, field):
    with pytest.raises(ValidationError) as refusal:
        tell(orderly, **facts)

    assert list(refusal.value.error_dict) == [field]
    assert not Career.objects.exists()


def test_facts_follow_a_merge_and_come_back(orderly):
    kept = CandidateFactory(territory=orderly.territory)
    tell(orderly, sector="private")

    merge = merge_candidates(kept=kept, absorbed=orderly, by=None, now=NOW)

    assert Career.objects.get().candidate_id == kept.pk
    unmerge_candidates(merge=merge, by=None, now=NOW)
    assert Career.objects.get().candidate_id == orderly.pk


def test_facts_told_under_both_profiles_stay_where_they_are(orderly):
    kept = CandidateFactory(territory=orderly.territory)
    tell(orderly, sector="private")
    tell(kept, sector="jobless")

    merge_candidates(kept=kept, absorbed=orderly, by=None, now=NOW)

    assert dict(Career.objects.values_list("candidate", "sector")) == {
        kept.pk: "jobless",
        orderly.pk: "private",
    }
