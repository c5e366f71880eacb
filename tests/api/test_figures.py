from datetime import UTC, date, datetime

import pytest

from ancrage.territory.enums import Office
from tests.factories import (
    CandidateFactory,
    CharterFactory,
    IntroductionFactory,
    JourneyFactory,
    StayFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db

FIGURES = "/api/v1/figures/journeys"
CHARTER = "/api/v1/figures/charter"


def hire(field, count):
    for _one in range(count):
        person = CandidateFactory(
            territory=field.territory,
            professions=[field.nurse],
            created_at=datetime(2025, 1, 10, tzinfo=UTC),
        )
        StayFactory(
            journey=JourneyFactory(candidate=person),
            partner=field.partner,
            started_on=date(2025, 3, 1),
            known_on=date(2026, 5, 1),
        )


def test_figures_of_enough_people_are_told(field, coordination):
    hire(field, 6)

    body = coordination.get(FIGURES, {"year": 2025, "profession": "nurse"}).json()

    assert (body["territory"], body["funnel"]["known"], body["funnel"]["hired"]) == (
        "pays-de-retz",
        6,
        6,
    )
    assert body["funnel"]["kept"][2] == {
        "months": 12,
        "due": 6,
        "kept": 6,
        "left": 0,
        "unknown": 0,
    }
    assert body["by_profession"] == [
        {
            "key": "nurse",
            "known": 6,
            "accompanied": 6,
            "introduced": 6,
            "hired": 6,
            "kept_3": 6,
            "kept_6": 6,
            "kept_12": 6,
        }
    ]
    assert body["by_partner"][0]["key"] == "hopital-fictif"
    assert body["by_partner"][0]["known"] is None
    assert body["delays"]["hired"] == {"days": 50.0, "people": 6}
    assert (body["retention"]["people"], body["retention"]["steps"][-1]["share"]) == (6, 1.0)


def test_small_counts_are_hidden_even_from_the_coordination(field, coordination):
    hire(field, 3)

    body = coordination.get(FIGURES).json()

    assert body["funnel"]["known"] is None
    assert body["funnel"]["hired"] is None
    assert body["retention"] == {
        "people": None,
        "median_months": None,
        "hidden_from": 0.0,
        "steps": [],
    }
    assert body["delays"]["hired"] == {"days": None, "people": None}


def test_figures_of_a_territory_that_is_not_ones_own_do_not_exist(field, as_program):
    hire(field, 6)
    elsewhere = as_program(TerritoryRoleFactory().user)

    assert elsewhere.get(FIGURES, {"territory": "pays-de-retz"}).status_code == 404
    assert elsewhere.get(FIGURES).json()["funnel"]["known"] == 0


def test_only_those_who_follow_the_people_narrow_the_figures(field, coordination, as_program):
    hire(field, 6)
    office = TerritoryRoleFactory(territory=field.territory, office=Office.INSTITUTION)
    watcher = as_program(office.user)

    assert coordination.get(FIGURES, {"profession": "nurse"}).status_code == 200
    assert watcher.get(FIGURES, {"year": 2025}).status_code == 200
    assert watcher.get(FIGURES, {"profession": "nurse"}).status_code == 403


def test_figures_of_an_unknown_profession_do_not_exist(coordination):
    assert coordination.get(FIGURES, {"profession": "dompteur"}).status_code == 404


def test_charter_tells_all_the_aggregate_and_a_structure_its_own(field, member, coordination):
    CharterFactory(territory=field.territory, published=True)
    IntroductionFactory.create_batch(6, need=field.need, answered=True)

    own, whole = member.get(CHARTER).json(), coordination.get(CHARTER).json()

    assert own["all"] == {"in_time": 6, "expected": 6}
    assert own["own"] == [{"partner": "hopital-fictif", "in_time": 6, "expected": 6}]
    assert (whole["all"], whole["own"]) == ({"in_time": 6, "expected": 6}, [])


def test_charter_hides_few_answers_and_those_found_by_difference(field, coordination):
    CharterFactory(territory=field.territory, published=True)
    IntroductionFactory.create_batch(5, need=field.need, answered=True)
    IntroductionFactory(need=field.need, agreed=True, answer_due_on=date(2026, 11, 1))

    assert coordination.get(CHARTER).json()["all"] == {"in_time": None, "expected": 6}
