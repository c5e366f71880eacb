import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django.fixtures import Settings

from ancrage.privacy.inventory import personal_fields
from ancrage.privacy.purposes import PURPOSES
from tests.factories import UserFactory
from tests.web.accounts.support import faults_of

pytestmark = pytest.mark.django_db

URL = "/donnees-personnelles/"


def test_register_holds_every_purpose_and_every_field(client: Client) -> None:
    page = client.get(URL).text

    soup = BeautifulSoup(page, "html.parser")
    assert faults_of(page) == []
    assert [card["id"] for card in soup.select("main section[id]")] == list(PURPOSES)
    assert sorted(code.string for code in soup.select("main code")) == sorted(
        f"{one.model}.{one.field}" for one in personal_fields()
    )
    for purpose in PURPOSES.values():
        assert str(purpose.kept) in soup.main.get_text()


def test_register_says_whom_to_write_to(client: Client, settings: Settings) -> None:
    settings.LEGAL_PUBLISHER = "Territoire fictif"
    settings.LEGAL_DPO = "dpo@territoire.test"
    settings.LEGAL_HOST = "Hébergeur fictif"

    page = client.get(URL).text

    for words in ("Territoire fictif", "dpo@territoire.test", "Hébergeur fictif", "CNIL"):
        assert words in page


def test_register_leads_a_signed_in_reader_to_their_own_data(client: Client) -> None:
    assert 'href="/compte/donnees/"' not in client.get(URL).text
    client.force_login(UserFactory())

    assert 'href="/compte/donnees/"' in client.get(URL).text


def test_register_is_in_the_footer_of_every_page(client: Client) -> None:
    footer = BeautifulSoup(client.get("/compte/connexion/").text, "html.parser").footer

    assert footer.find("a", href=URL).get_text(strip=True) == "Données personnelles"
