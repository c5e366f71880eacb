import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import CandidateFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

CARDS = "/vivier/"


def pool(territory, nurse, commune, count, **facts):
    return CandidateFactory.create_batch(
        count,
        territory=territory,
        professions=[nurse],
        commune=commune,
        pooled=True,
        first_name="Zéphyrine",
        phone="+33612345678",
        note="Zéphyrine",
        **facts,
    )


def text(response):
    return BeautifulSoup(response.content, "html.parser").find(id="results").get_text(" ")


def test_structure_reads_cards_and_no_name(employer, territory, nurse, commune, zone):
    people = pool(territory, nurse, commune, 5, experience="under_2")
    pool(TerritoryFactory(), nurse, commune, 6)

    response = employer.get(CARDS)

    shown = text(response)
    assert "5 cartes" in shown.replace("\xa0", " ")
    assert all(one.card in shown for one in people)
    assert zone.name in shown
    assert "Moins de 2 ans" in shown
    whole = response.content.decode()
    for secret in ("Zéphyrine", people[0].last_name, people[0].email, "Pornic<", "06 12 34"):
        assert secret not in whole


def test_too_few_people_are_not_shown_whatever_is_asked(employer, territory, nurse, commune):
    pool(territory, nurse, commune, 5)
    pool(territory, nurse, commune, 1, contracts=["locum"], experience="over_20")

    narrow = text(employer.get(CARDS, {"experience": "over_20"}))

    assert "Trop peu de personnes" in narrow
    assert "carte" not in narrow.split("Trop peu")[0]


def test_empty_pool_says_so(employer, territory):
    assert "Aucune carte ici" in text(employer.get(CARDS))


def test_pages_of_cards_follow_one_another(employer, territory, nurse, commune):
    people = pool(territory, nurse, commune, 30)

    first, second = text(employer.get(CARDS)), text(employer.get(CARDS, {"page": "2"}))

    assert sum(one.card in first for one in people) == 24
    assert sum(one.card in second for one in people) == 6
    assert employer.get(CARDS, {"page": "abc"}).status_code == 200


@pytest.mark.parametrize("count", [5, 20])
def test_cards_take_the_same_queries_whatever_their_number(
    employer, territory, nurse, commune, count, django_assert_max_num_queries
):
    pool(territory, nurse, commune, count)

    with django_assert_max_num_queries(14):
        employer.get(CARDS)


def test_page_after_swap_is_the_page_after_reload(employer, territory, nurse, commune):
    pool(territory, nurse, commune, 5)

    whole = BeautifulSoup(employer.get(CARDS, {"metier": "nurse"}).content, "html.parser")
    part = BeautifulSoup(
        employer.get(CARDS, {"metier": "nurse"}, headers={"HX-Request": "true"}).content,
        "html.parser",
    )

    assert part.find(id="results") == whole.find(id="results")


def test_name_is_read_by_no_structure_before_its_person_agrees(
    employer, territory, nurse, commune
):
    (one, *_others) = pool(territory, nurse, commune, 5)

    assert employer.get(reverse("candidates:detail", args=[one.pk])).status_code == 403
