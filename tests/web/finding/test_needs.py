"""« Les besoins qui me correspondent », from the person's side."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import (
    CandidateFactory,
    IntroductionFactory,
    NeedFactory,
    PartnerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/besoins-pour-moi/"


@pytest.fixture
def person(client, territory, nurse, coast):
    user = UserFactory()
    client.force_login(user)
    return CandidateFactory(
        territory=territory,
        user=user,
        professions=[nurse],
        commune=coast,
        contracts=["cdi"],
        available_from=date(2027, 1, 1),
        reach_km=30,
    )


def titles(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [
        " ".join(title.get_text().split()) for title in page.select("#results h2, #results h3")
    ]


def test_person_reads_her_needs_ranked_with_what_would_lift_what_blocks(
    client, person, need, partner, nurse, coast, inland, read
):
    NeedFactory(partner=partner, profession=nurse, commune=inland, contract="cdd", published=True)
    NeedFactory(partner=partner, profession=nurse, commune=coast)
    NeedFactory(
        partner=partner, profession=nurse, commune=coast, published=True, members_only=True
    )
    NeedFactory(partner=PartnerFactory(), profession=nurse, commune=coast, published=True)
    NeedFactory(partner=partner, commune=coast, published=True)

    response = client.get(PAGE)

    assert titles(response) == [
        "Rien de connu ne s’y oppose (1)",
        str(need.profession),
        "Une condition au moins manque (1)",
        str(need.profession),
    ]
    words = read(response)
    assert "Si vous acceptez ce contrat : CDD" in words
    assert "Si vous acceptez d’aller à 42 km" in words
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("#results .actions a")["href"] == reverse(
        "introductions:apply", args=[need.pk]
    )


def test_application_under_way_is_told_instead_of_the_button(client, person, need):
    row = IntroductionFactory(need=need, candidate=person, agreed=True)

    page = BeautifulSoup(client.get(PAGE).content, "html.parser")

    assert page.select_one("#results .actions a")["href"] == reverse(
        "introductions:detail", args=[row.pk]
    )


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_the_same_queries_whatever_the_number(
    client, person, partner, nurse, coast, count, django_assert_max_num_queries
):
    for _rank in range(count):
        NeedFactory(partner=partner, profession=nurse, commune=coast, published=True)
    client.get(PAGE)

    with django_assert_max_num_queries(16):
        response = client.get(PAGE)

    assert len(titles(response)) == min(count, 12) + 1


def test_filters_narrow_what_is_compared(client, person, need, partner, nurse, coast, read):
    NeedFactory(
        partner=partner,
        profession=nurse,
        commune=coast,
        published=True,
        housing_offered=True,
    )

    assert "1 besoin" in read(client.get(PAGE, {"logement": "on"}))
    assert "2 besoins" in read(client.get(PAGE, {"q": "hopital"}))
    assert "Aucun besoin ne correspond" in read(client.get(PAGE, {"contrat": "locum"}))


def test_file_holds_what_the_page_shows(client, person, need):
    lines = b"".join(client.get(f"{PAGE}export.csv")).decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert "Hôpital fictif" in lines[1]


def test_account_without_a_profile_is_led_to_make_one(client):
    client.force_login(UserFactory())

    assert client.get(PAGE).headers["Location"] == "/mon-profil/"
