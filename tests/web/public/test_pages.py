import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.web.addresses import offer_address
from ancrage.web.public.for_you import MOST_SHORTCUTS
from tests.factories import (
    CandidateFactory,
    ContactRequestFactory,
    IntroductionFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)

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


def own(client) -> dict[str, str]:
    """Return the sentences of « Pour vous », and where each leads."""
    page = BeautifulSoup(client.get("/").content, "html.parser")
    band = page.find("section", {"aria-labelledby": "for-you-title"})
    return {link.get_text(strip=True): link["href"] for link in band.find_all("a")}


def test_person_finds_what_awaits_them(client, partner):
    candidate = CandidateFactory(user=UserFactory(), territory=partner.territory)
    need = NeedFactory(partner=partner, published=True)
    IntroductionFactory(need=need, candidate=candidate)
    IntroductionFactory(need=need)
    client.force_login(candidate.subject.user)

    assert own(client) == {"1 proposition attend votre réponse": reverse("introductions:own")}


def test_structure_finds_its_own_drafts_alone(client, partner):
    NeedFactory.create_batch(2, partner=partner)
    NeedFactory()
    client.force_login(MembershipFactory(partner=partner).user)

    assert own(client) == {"2 besoins en brouillon": f"{reverse('needs:list')}?etat=draft"}


@pytest.mark.parametrize("count", [1, 9])
def test_coordination_finds_its_queue_at_the_same_cost(
    client, partner, count, django_assert_max_num_queries
):
    ContactRequestFactory.create_batch(count, territory=partner.territory)
    client.force_login(TerritoryRoleFactory(territory=partner.territory).user)

    words = "1 personne à rappeler" if count == 1 else "9 personnes à rappeler"
    assert own(client) == {words: f"{reverse('contacts:list')}?etat=new"}
    with django_assert_max_num_queries(17):
        client.get("/")


def test_who_awaits_nothing_finds_where_to_go(client, partner):
    client.force_login(TerritoryRoleFactory(territory=partner.territory).user)

    page = BeautifulSoup(client.get("/").content, "html.parser").get_text()
    assert "Rien ne vous attend aujourd’hui." in page
    assert len(own(client)) == MOST_SHORTCUTS


def test_visitor_has_no_band_of_their_own(client, partner):
    assert "Pour vous" not in client.get("/").content.decode()


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
