import csv
import io
import json
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse

from ancrage.needs.enums import NeedStatus
from ancrage.web.addresses import offer_address
from tests.factories import (
    CommuneFactory,
    LegalPublicationFactory,
    NeedFactory,
    PartnerFactory,
    PracticeSheetFactory,
    ProfessionFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/offres/"


@pytest.fixture(autouse=True)
def _no_count_left_over():
    cache.clear()


def _titles(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [link.get_text(strip=True) for link in page.select(".tiles .card h2 a")]


def _offer(**values):
    return NeedFactory(published=True, **values)


def test_offers_are_those_published_to_the_public(client):
    shown = _offer()
    NeedFactory()
    _offer(members_only=True)
    NeedFactory(paused=True)

    assert _titles(client.get(URL)) == [str(shown.profession)]


def test_offers_without_match_say_what_to_do(client):
    response = client.get(URL, {"q": "dompteur"})

    assert "Aucune offre ne correspond" in response.content.decode()
    assert reverse("contacts:contact") in response.content.decode()


def test_offers_are_found_around_a_commune_by_name_or_postcode(client):
    pornic = CommuneFactory(
        insee="44131", name="Pornic", search_name="pornic", latitude=47.12, longitude=-2.05
    )
    pornic.postcodes.get_or_create(code="44210")
    near = _offer(commune=CommuneFactory(latitude=47.15, longitude=-2.05))
    there = _offer(commune=pornic)
    _offer(commune=CommuneFactory(latitude=48.15, longitude=-2.05))

    assert _titles(client.get(URL, {"commune": "PORNIC"})) == [str(there.profession)]
    for typed in ("pornic", "44210", "Pornic (44131)"):
        found = _titles(client.get(URL, {"commune": typed, "km": "10"}))
        assert sorted(found) == sorted([str(near.profession), str(there.profession)])


def test_unknown_commune_is_told_and_nothing_is_hidden(client):
    offer = _offer()

    response = client.get(URL, {"commune": "Atlantide"})

    assert "Commune inconnue" in response.content.decode()
    assert _titles(response) == [str(offer.profession)]


def test_criteria_combine(client):
    nurse = ProfessionFactory()
    wanted = _offer(
        profession=nurse, housing_offered=True, starts_on=date(2027, 6, 1), contract="cdd"
    )
    _offer(profession=nurse, housing_offered=True, starts_on=date(2027, 1, 1), contract="cdd")
    _offer(profession=nurse, starts_on=date(2027, 6, 1), contract="cdd")

    response = client.get(
        URL,
        {
            "metier": nurse.code,
            "contrat": "cdd",
            "du": "2027-05-01",
            "au": "2027-07-01",
            "logement": "on",
        },
    )

    assert _titles(response) == [str(wanted.profession)]


def test_offers_are_paged_with_their_criteria(client):
    NeedFactory.create_batch(25, published=True, contract="cdi")

    first = client.get(URL, {"contrat": "cdi"})
    second = client.get(URL, {"contrat": "cdi", "page": "2"})

    assert (len(_titles(first)), len(_titles(second))) == (20, 5)
    assert "contrat=cdi" in first.content.decode().split("Suivante")[0].rsplit("href", 1)[1]


@pytest.mark.parametrize("words", ["", "infirmier"])
def test_list_says_its_offers_and_posts(client, words):
    nurse = ProfessionFactory(label_fr="Infirmier")
    _offer(positions=3, profession=nurse, search="infirmier")
    _offer(profession=nurse, search="infirmier")

    page = BeautifulSoup(client.get(URL, {"q": words}).content, "html.parser")

    assert page.find(class_="active-filters__count").get_text() == "2 offres · 4 postes"


@pytest.mark.parametrize("count", [1, 20])
def test_offers_take_the_same_queries_whatever_their_number(
    client, count, django_assert_max_num_queries
):
    NeedFactory.create_batch(count, published=True)

    with django_assert_max_num_queries(6):
        assert len(_titles(client.get(URL))) == count


def test_fragment_is_the_region_of_the_page(client):
    _offer()

    whole = BeautifulSoup(client.get(URL).content, "html.parser").find(id="results")
    fragment = client.get(URL, headers={"HX-Request": "true"})

    assert BeautifulSoup(fragment.content, "html.parser").find(id="results").decode() == (
        whole.decode()
    )


def test_offer_page_leads_to_its_own_address(client):
    offer = _offer()

    short = client.get(reverse("offers:short", args=[offer.pk]))
    wrong = client.get(reverse("offers:offer", args=[offer.pk, "autre"]))

    assert short.headers["Location"] == offer_address(offer)
    assert (wrong.status_code, wrong.headers["Location"]) == (301, offer_address(offer))


def test_offer_markup_says_nothing_that_the_page_does_not(client):
    offer = _offer(
        partner=PartnerFactory(name="Hôpital </script> fictif"),
        description="Une équipe qui se parle.",
        positions=3,
        pay_min_cents=220000,
        pay_max_cents=260000,
        pay_period="month",
    )
    LegalPublicationFactory(need=offer, apply_before=date(2027, 1, 31), corps_grade="ISG")
    PracticeSheetFactory(need=offer)

    page = BeautifulSoup(client.get(offer_address(offer)).content, "html.parser")

    posting = json.loads(page.find("script", type="application/ld+json").string)
    text = page.find("main").get_text(" ").replace("\xa0", " ").replace("\u202f", " ")
    assert page.find("link", rel="canonical")["href"] == posting["url"]
    assert posting["title"] in text
    assert posting["description"] in text
    assert posting["hiringOrganization"]["name"] in text
    assert posting["jobLocation"]["address"]["addressLocality"] in text
    assert "2 200 €" in text
    assert "2 600 €" in text
    assert posting["baseSalary"]["value"]["minValue"] == 2200
    assert "31 janvier 2027" in text
    assert posting["validThrough"].startswith("2027-01-31")
    assert "1 250" in text


@pytest.mark.parametrize(
    ("email", "phone", "said"),
    [
        ("rh@structure.test", "", "Écrivez à EHPAD fictif : rh@structure.test Ou demandez"),
        ("", "+33240820000", "Téléphonez à EHPAD fictif : 02 40 82 00 00 Ou demandez"),
        (
            "rh@structure.test",
            "+33240820000",
            "Écrivez ou téléphonez à EHPAD fictif : rh@structure.test 02 40 82 00 00 Ou demandez",
        ),
        ("", "", "Demandez"),
    ],
)
def test_offer_without_a_contact_gives_that_of_its_structure(client, email, phone, said):
    partner = PartnerFactory(name="EHPAD fictif", contact_email=email, contact_phone=phone)
    offer = _offer(partner=partner, contact_email="", contact_phone="")

    page = BeautifulSoup(client.get(offer_address(offer)).content, "html.parser")

    text = " ".join(page.find("main").get_text(" ", strip=True).split(" "))
    beginning = text.partition("Ce poste vous intéresse")[2].partition("?")[2].strip()
    assert beginning.startswith(f"{said} à la coordination du territoire")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (NeedStatus.FILLED, 410),
        (NeedStatus.WITHDRAWN, 410),
        (NeedStatus.EXPIRED, 410),
        (NeedStatus.DRAFT, 404),
    ],
)
def test_offer_over_is_gone_and_a_draft_never_was(client, status, expected):
    offer = NeedFactory(closed=True, status=status)
    neighbour = _offer()

    response = client.get(offer_address(offer))

    assert response.status_code == expected
    if expected == 410:
        assert str(neighbour.profession) in response.content.decode()
        assert "application/ld+json" not in response.content.decode()


def test_offer_for_members_does_not_exist_for_the_public(client):
    offer = NeedFactory(closed=True, members_only=True)

    assert client.get(offer_address(offer)).status_code == 404
    assert client.get(reverse("offers:short", args=[offer.pk])).status_code == 404


def test_csv_holds_the_offers_found(client):
    offer = _offer(reference="=H-12")
    _offer(contract="locum")

    response = client.get(reverse("offers:csv"), {"contrat": "cdi"})

    lines = list(
        csv.reader(
            io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";"
        )
    )
    assert len(lines) == 2
    assert lines[1][1] == "'=H-12"
    assert lines[1][9] == offer.partner.name


def test_feed_holds_the_latest_offers(client, django_assert_num_queries):
    offer = _offer()
    _offer(members_only=True)

    with django_assert_num_queries(1):
        feed = client.get(reverse("offers:feed")).content.decode()

    (address,) = re.findall(r'<entry>.*?<link href="([^"]+)"', feed)
    assert address.endswith(offer_address(offer))


def test_searching_too_often_is_told_when_to_come_back(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    answers = {client.get(URL).status_code for _call in range(125)}

    assert answers == {200, 429}
