import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.web.addresses import offer_address
from tests.factories import NeedFactory, PartnerFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return PartnerFactory(territory=TerritoryFactory(slug="pays-de-retz", name="Pays de Retz"))


def test_home_shows_the_territory_its_trades_and_its_offers(client, partner):
    need = NeedFactory(partner=partner, published=True, positions=3)
    elsewhere = NeedFactory(published=True)

    page = BeautifulSoup(client.get("/").content, "html.parser")

    assert "Pays de Retz" in page.find("title").get_text()
    assert [link["href"] for link in page.select(".trades a")] == [
        f"{reverse('offers:list')}?metier={need.profession.code}"
    ]
    assert [link["href"] for link in page.select(".tiles a")] == [offer_address(need)]
    assert str(elsewhere.profession) not in page.get_text()


def test_home_without_territory_or_offer_still_welcomes(client):
    page = BeautifulSoup(client.get("/").content, "html.parser")

    assert "Aucune offre n’est publiée aujourd’hui." in page.get_text()


@pytest.mark.parametrize("count", [1, 12])
def test_home_takes_the_same_queries_whatever_the_offers(
    client, partner, count, django_assert_max_num_queries
):
    NeedFactory.create_batch(count, partner=partner, published=True)

    with django_assert_max_num_queries(8):
        assert client.get("/").status_code == 200


def test_footer_says_the_state_of_accessibility_on_every_page(client):
    page = BeautifulSoup(client.get("/").content, "html.parser")

    link = page.find("footer").find("a", href=reverse("public:accessibility"))
    # Whatever the no-break space before the colon.
    assert " ".join(link.get_text().split()) == "Accessibilité : non conforme"


def test_site_map_lists_what_a_visitor_may_open(client):
    page = BeautifulSoup(client.get(reverse("public:site_map")).content, "html.parser")

    addresses = {link["href"] for link in page.select("main .prose a")}
    assert {reverse("offers:list"), reverse("overview:overview")} <= addresses
    assert reverse("contacts:list") not in addresses


def test_sitemap_holds_public_pages_and_current_offers(client, partner):
    offer = NeedFactory(partner=partner, published=True)
    over = NeedFactory(partner=partner, closed=True)

    places = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").content.decode())

    assert any(place.endswith(offer_address(offer)) for place in places)
    assert not any(place.endswith(offer_address(over)) for place in places)


def test_robots_names_the_sitemap_and_keeps_accounts_out(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /compte/" in text
    assert "/sitemap.xml" in text


@pytest.mark.parametrize("name", ["accessibility", "legal", "site_map"])
def test_page_has_one_title(client, name):
    page = BeautifulSoup(client.get(reverse(f"public:{name}")).content, "html.parser")

    assert len(page.find_all("h1")) == 1
