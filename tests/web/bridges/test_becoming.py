"""« Qui pourrait devenir… » : counts against the need, the people, files, what is masked."""

import pytest
from django.urls import reverse

from ancrage.candidates.enums import DiplomaState, Experience
from ancrage.candidates.models import CandidateProfession
from ancrage.matching.services.becoming import masked_steps
from ancrage.privacy.models import AccessTrace
from tests.factories import (
    CandidateFactory,
    CandidateProfessionFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def orderlies(territory):
    """Six orderlies of the territory, with years of work; one need of two care assistants."""
    profession = ProfessionFactory(code="hospital_orderly")
    people = [
        CandidateFactory(
            territory=territory, professions=[profession], experience=Experience.YEARS_2_5
        )
        for _rank in range(6)
    ]
    CandidateFactory(professions=[profession], experience=Experience.YEARS_2_5)
    NeedFactory(
        published=True,
        partner=PartnerFactory(territory=territory),
        profession=ProfessionFactory(code="care_assistant"),
        positions=2,
        fte_hundredths=80,
    )
    return people


def signed_in(client, territory, **role):
    client.force_login(TerritoryRoleFactory(territory=territory, **role).user)
    return client


def line_of(response, code):
    return next(line for line in response.context["found"].lines if line.profession.code == code)


def test_coordinator_sees_who_could_come_against_the_need(
    client, territory, orderlies, django_assert_max_num_queries
):
    signed_in(client, territory)

    with django_assert_max_num_queries(25):
        response = client.get(reverse("bridges:becoming"))

    line = line_of(response, "care_assistant")
    assert (line.shortage.posts, line.shortage.fte_hundredths) == (2, 160)
    assert line.within == (6, 6, 6)


def test_institution_reads_no_count_that_tells_of_fewer_than_five(client, territory, orderlies):
    CandidateProfession.objects.filter(candidate__in=orderlies[:2]).delete()
    signed_in(client, territory, institution=True)

    page = client.get(reverse("bridges:becoming"))
    file = b"".join(client.get(reverse("bridges:becoming_csv")).streaming_content).decode()

    assert line_of(page, "care_assistant").within == (None, None, None)
    assert "moins de 5;moins de 5;moins de 5" in file
    assert reverse("bridges:who", args=["care_assistant"]) not in page.content.decode()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((0, 0, 6), (0, 0, 6)),
        ((3, 9, 12), (None, 9, None)),
        ((5, 5, 5), (5, 5, 5)),
        ((4, 4, 4), (None, None, None)),
    ],
)
def test_counts_that_grow_hide_what_a_difference_would_tell(counts, shown):
    assert masked_steps(counts) == shown


def test_people_are_named_to_their_coordination_with_a_trace(client, territory, orderlies):
    signed_in(client, territory)
    address = reverse("bridges:who", args=["care_assistant"])

    with_all = client.get(address)
    nobody = client.get(address, {"q": "introuvable"})

    assert {person.pk for person, _comer, _route in with_all.context["rows"]} == {
        one.pk for one in orderlies
    }
    assert with_all.context["within"] == [(12, 6), (24, 6), (36, 6)]
    assert with_all.context["closings"][0].closes == "en 11 mois"
    assert "Personne ne répond" in nobody.content.decode()
    assert AccessTrace.objects.filter(purpose="support").count() == 6


def test_way_open_to_all_counts_whoever_aims_at_it_only(client, territory):
    nurse = CandidateFactory(territory=territory, professions=[ProfessionFactory(code="nurse")])
    aiming = CandidateFactory(
        territory=territory, professions=[ProfessionFactory(code="dietitian")]
    )
    CandidateProfessionFactory(
        candidate=aiming,
        profession=ProfessionFactory(code="care_assistant"),
        diploma=DiplomaState.AIMED_AT,
    )
    signed_in(client, territory)

    rows = client.get(reverse("bridges:who", args=["care_assistant"])).context["rows"]

    assert [person.pk for person, _comer, _route in rows] == [aiming.pk]
    assert nurse.pk != aiming.pk


def test_file_of_people_asks_why_first(client, territory, orderlies):
    signed_in(client, territory)
    address = reverse("bridges:who_export", args=["care_assistant"])

    asked = client.get(address)
    refused = client.post(address, {"reason": "", "format": "csv"})
    file = client.post(address, {"reason": "Préparer un groupe de départ", "format": "csv"})

    assert (asked.context["count"], refused.status_code) == (6, 422)
    text = file.content.decode("utf-8-sig")
    assert text.count("Fictive") == 6
    assert "Préparer un groupe de départ" in text
