"""The open data of the directory: the page, its files, and what the API answers."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from ancrage.web.scope import PARAMETER
from tests.factories import (
    PartnerFactory,
    ResourceFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    WelcomeTermsFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory():
    return TerritoryFactory(slug="ici")


@pytest.fixture
def offer(territory):
    partner = PartnerFactory(territory=territory, slug="bailleur-fictif")
    resource = ResourceFactory(partner=partner, published=True, title="Studio fictif")
    ResourceFactory(partner=partner, title="Brouillon")
    WelcomeTermsFactory()
    return WelcomeTermsFactory(resource=resource).resource


def test_page_counts_what_is_open_and_offers_both_files(client, territory, offer):
    body = client.get(reverse("open_directory:page"), {PARAMETER: "ici"}).content.decode()

    assert "1 service publié aujourd’hui, 1 structure." in body
    assert 'href="/donnees-ouvertes/annuaire.json?territoire=ici"' in body
    assert 'href="/donnees-ouvertes/annuaire.zip?territoire=ici"' in body
    assert "/api/v1/directory/ici/services" in body
    assert "Importer un annuaire" not in body


def test_only_the_coordination_is_offered_the_import(client, territory, offer):
    client.force_login(TerritoryRoleFactory(territory=territory).user)

    body = client.get(reverse("open_directory:page"), {PARAMETER: "ici"}).content.decode()

    assert f"/imports/nouveau/?pour=data_inclusion%7Cterritory:{territory.pk}" in body


def test_files_hold_the_published_offer_alone(client, territory, offer):
    json_file = client.get(reverse("open_directory:json"), {PARAMETER: "ici"})
    zip_file = client.get(reverse("open_directory:zip"), {PARAMETER: "ici"})

    told = json.loads(b"".join(json_file.streaming_content))
    assert [one["nom"] for one in told["services"]] == ["Studio fictif"]
    assert json_file["Content-Disposition"] == 'attachment; filename="annuaire-ici.json"'
    with zipfile.ZipFile(io.BytesIO(b"".join(zip_file.streaming_content))) as archive:
        assert json.loads(archive.read("structures.json")) == told["structures"]


def test_nothing_is_given_before_a_territory_exists(client, db):
    assert client.get(reverse("open_directory:page")).status_code == 404


@pytest.mark.parametrize("more", [0, 3])
def test_reading_everything_asks_the_same_questions_whatever_is_published(
    client, territory, offer, more, django_assert_num_queries
):
    for _number in range(more):
        partner = PartnerFactory(territory=territory)
        WelcomeTermsFactory(resource=ResourceFactory(partner=partner, published=True))

    with django_assert_num_queries(8):
        response = client.get(reverse("open_directory:json"), {PARAMETER: "ici"})
        told = json.loads(b"".join(response.streaming_content))

    assert len(told["services"]) == 1 + more


def test_api_gives_the_same_rows_page_by_page(client, territory, offer):
    other = PartnerFactory(territory=territory)
    WelcomeTermsFactory(resource=ResourceFactory(partner=other, published=True))
    address = "/api/v1/directory/ici"

    services = client.get(f"{address}/services", {"limit": 1}).json()
    structures = client.get(f"{address}/structures", {"limit": 1, "offset": 1}).json()

    response = client.get(reverse("open_directory:json"), {PARAMETER: "ici"})
    told = json.loads(b"".join(response.streaming_content))
    assert services == {"items": told["services"][:1], "count": 2}
    assert structures == {"items": told["structures"][1:], "count": 2}
    assert client.get("/api/v1/directory/ailleurs/services").status_code == 404
