import pytest

from tests.factories import CommuneFactory, NeedFactory, PartnerFactory, ProfessionFactory

pytestmark = pytest.mark.django_db

PRIVATE_FACTS = {"status", "audience", "revision", "partner_slug", "urgency", "reason"}


def test_offers_need_no_token_and_hide_what_is_for_members(client):
    offer = NeedFactory(published=True)
    NeedFactory(published=True, members_only=True)
    NeedFactory()

    body = client.get("/api/v1/offers").json()

    assert [item["id"] for item in body["items"]] == [offer.pk]
    assert PRIVATE_FACTS.isdisjoint(body["items"][0])


def test_offers_are_searched_around_a_commune(client):
    pornic = CommuneFactory(insee="44131", latitude=47.12, longitude=-2.05)
    near = CommuneFactory(latitude=47.15, longitude=-2.05)
    far = CommuneFactory(latitude=47.6, longitude=-2.05)
    offers = [NeedFactory(published=True, commune=commune).pk for commune in (pornic, near, far)]

    found = {
        km: {
            item["id"]
            for item in client.get("/api/v1/offers", {"commune": "44131", "km": km}).json()[
                "items"
            ]
        }
        for km in (0, 10, 100)
    }

    assert found == {0: {offers[0]}, 10: set(offers[:2]), 100: set(offers)}


def test_offers_of_an_unknown_profession_or_commune_are_none(client):
    NeedFactory(published=True)

    assert client.get("/api/v1/offers", {"profession": "dompteur"}).json()["count"] == 0
    assert client.get("/api/v1/offers", {"commune": "99999"}).json()["count"] == 0


def test_offer_without_a_contact_gives_that_of_its_structure(client):
    partner = PartnerFactory(contact_email="rh@structure.test", contact_phone="+33240820000")
    offer = NeedFactory(partner=partner, published=True, contact_email="", contact_phone="")

    body = client.get(f"/api/v1/offers/{offer.pk}").json()

    assert (body["contact_email"], body["contact_phone"]) == ("rh@structure.test", "+33240820000")


def test_offer_not_public_does_not_exist(client):
    draft = NeedFactory()

    response = client.get(f"/api/v1/offers/{draft.pk}")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_reference_lists_are_open(client):
    profession = ProfessionFactory(code="api-open", rome_codes=["J1506"])
    commune = CommuneFactory(name="Anse-Fictive", search_name="anse fictive")

    professions = client.get("/api/v1/reference/professions").json()
    communes = client.get("/api/v1/reference/communes", {"q": "anse fic"}).json()

    assert {
        "code": "api-open",
        "label": profession.label_fr,
        "family": "nursing",
        "rome_codes": ["J1506"],
    } in professions
    assert [item["insee"] for item in communes["items"]] == [commune.insee]
