"""The directory: what is found, what leaves with an export, what enters."""

import csv
import io

import pytest
from openpyxl import load_workbook

from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from tests.factories import (
    CharterFactory,
    CharterSignatureFactory,
    CommuneFactory,
    FacilityFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW
from tests.web.partners.support import HTMX, coordinator_of, region, signed_in, soup, words

pytestmark = pytest.mark.django_db

URL = "/structures/"


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(
        name="Hôpital fictif",
        kind=PartnerKind.PUBLIC_HOSPITAL,
        search="hopital fictif pornic 440000016",
        commune=CommuneFactory(insee="44131", name="Pornic"),
    )


@pytest.fixture
def others(partner: Partner) -> list[Partner]:
    """A neighbour, one that left, one to complete, and one of another territory."""
    here = partner.territory
    return [
        PartnerFactory(territory=here, name="Voisine fictive", search="voisine fictive"),
        PartnerFactory(territory=here, name="Partie fictive", left_at=NOW, search="partie"),
        PartnerFactory(territory=here, name="Nue fictive", to_complete=True, search="nue"),
        PartnerFactory(name="Lointaine fictive", search="lointaine"),
    ]


def names(response) -> list[str]:
    return [cell.a.get_text(strip=True) for cell in soup(response).select("tbody th")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Hôpital fictif", "Nue fictive", "Voisine fictive"]),
        ({"q": "HÔPITAL"}, ["Hôpital fictif"]),
        ({"q": "440 000 016"}, ["Hôpital fictif"]),
        ({"q": "440000016"}, ["Hôpital fictif"]),
        ({"q": "fictif absent"}, []),
        ({"nature": "public_hospital"}, ["Hôpital fictif"]),
        ({"commune": "44131"}, ["Hôpital fictif"]),
        ({"charte": "signed"}, ["Hôpital fictif"]),
        ({"charte": "unsigned"}, ["Nue fictive", "Voisine fictive"]),
        ({"etat": "left"}, ["Partie fictive"]),
        ({"etat": "to_complete"}, ["Nue fictive"]),
        ({"nature": "unheard-of"}, ["Hôpital fictif", "Nue fictive", "Voisine fictive"]),
    ],
)
def test_directory_finds(partner, others, query, expected) -> None:
    charter = CharterFactory(territory=partner.territory, published=True, version=1)
    CharterSignatureFactory(charter=charter, partner=partner)

    response = signed_in(coordinator_of(partner)).get(URL, query)

    assert names(response) == expected


def test_directory_of_a_member_holds_the_members_of_their_territory(partner, others) -> None:
    member = MembershipFactory(partner=partner).user

    assert names(signed_in(member).get(URL)) == [
        "Hôpital fictif",
        "Nue fictive",
        "Voisine fictive",
    ]
    assert names(signed_in(member).get(URL, {"etat": "left"})) == []


def test_signature_of_an_older_version_is_not_the_charter_in_force(partner) -> None:
    old = CharterFactory(territory=partner.territory, published=True, version=1)
    CharterSignatureFactory(charter=old, partner=partner)
    CharterFactory(territory=partner.territory, published=True, version=2)
    CharterFactory(territory=partner.territory, version=3)

    response = signed_in(coordinator_of(partner)).get(URL, {"charte": "signed"})

    assert names(response) == []


def test_directory_that_finds_nothing_says_what_to_do(partner) -> None:
    page = soup(signed_in(coordinator_of(partner)).get(URL, {"q": "dompteur"}))

    assert (
        page.select_one(".empty__title").get_text(strip=True) == "Aucune structure ne correspond"
    )
    assert page.select_one(f'.empty a[href="{URL}"]') is not None


def test_directory_fragment_is_the_region_of_the_page(partner, others) -> None:
    client = signed_in(coordinator_of(partner))
    query = {"nature": "public_hospital"}

    fragment = client.get(URL, query, headers=HTMX)

    assert region(fragment, "results") == region(client.get(URL, query), "results")
    assert soup(fragment).find("h1") is None
    restored = client.get(URL, query, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert soup(restored).find("h1") is not None


def test_directory_is_cut_in_pages(partner) -> None:
    PartnerFactory.create_batch(30, territory=partner.territory)
    client = signed_in(coordinator_of(partner))

    assert len(names(client.get(URL))) == 25
    assert len(names(client.get(URL, {"page": "2"}))) == 6


def test_directory_costs_the_same_for_one_and_many(partner, django_assert_num_queries) -> None:
    CharterFactory(territory=partner.territory, published=True)
    client = signed_in(coordinator_of(partner))
    client.get(URL)

    with django_assert_num_queries(6):
        client.get(URL)
    for _turn in range(3):
        FacilityFactory(partner=PartnerFactory(territory=partner.territory))
    with django_assert_num_queries(6):
        client.get(URL)


def test_exports_hold_what_the_page_found_and_no_person(partner, others) -> None:
    FacilityFactory(partner=partner)
    MembershipFactory(partner=partner, user=UserFactory(email="canari@exemple.test"))
    client = signed_in(coordinator_of(partner))

    text = client.get(f"{URL}export.csv", {"nature": "public_hospital"})
    workbook = client.get(f"{URL}export.xlsx", {"nature": "public_hospital"})

    lines = list(csv.reader(io.StringIO(text.getvalue().decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(io.BytesIO(workbook.content)).active
    assert [line[0] for line in lines] == ["Nom", "Hôpital fictif"]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Nom", "Hôpital fictif"]
    assert lines[1][5:7] == ["Pornic", "44131"]
    assert lines[1][11:] == ["1", "non"]
    assert "canari" not in text.getvalue().decode()


# --- a new structure ---------------------------------------------------------------------------


def typed(partner: Partner, **values: str) -> dict[str, str]:
    return {
        "territory": partner.territory.slug,
        "name": "Maison fictive",
        "kind": PartnerKind.ASSOCIATION,
        **values,
    }


def test_coordinator_enters_a_structure(partner) -> None:
    client = signed_in(coordinator_of(partner))

    response = client.post(
        f"{URL}nouvelle/",
        typed(
            partner,
            siren="732 829 320",
            commune="pornic",
            contact_email="recrutement@exemple.test",
            contact_phone="02 40 82 12 34",
        ),
        follow=True,
    )

    made = Partner.objects.get(name="Maison fictive")
    assert response.redirect_chain == [("/structures/maison-fictive/membres/", 302)]
    assert (made.siren, made.commune, made.contact_phone) == (
        "732829320",
        partner.commune,
        "+33240821234",
    )
    assert "est entrée dans le territoire" in response.content.decode()


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"name": ""}, "name", "obligatoire"),
        ({"siren": "732829321"}, "siren", "clé de ce SIREN est fausse"),
        ({"siren": "2,64403E+8"}, "siren", "Le tableur a arrondi ce numéro"),
        ({"finess_ej": "44001287"}, "finess_ej", "Un numéro FINESS compte 9 chiffres"),
        ({"finess_ej": "10000024"}, "finess_ej", "serait-ce 010000024"),
        ({"commune": "Atlantide"}, "commune", "Aucune commune ne porte ce nom"),
        ({"contact_phone": "12"}, "contact_phone", "pas un numéro de téléphone"),
    ],
)
def test_form_says_what_is_wrong_at_its_field_and_keeps_the_rest(
    partner, values, field, sentence
) -> None:
    client = signed_in(coordinator_of(partner))

    response = client.post(
        f"{URL}nouvelle/", typed(partner, presentation="Gardé tel quel", **values)
    )

    page = soup(response)
    assert response.status_code == 422
    assert sentence in page.find(id=f"id_{field}_error").get_text(" ").replace("\u00a0", " ")
    assert page.find(id=f"id_{field}")["aria-invalid"] == "true"
    assert page.find(id="id_presentation").get_text(strip=True) == "Gardé tel quel"
    assert not Partner.objects.filter(name="Maison fictive").exists()


def test_form_names_the_structure_that_bears_the_identifier(partner) -> None:
    PartnerFactory(territory=partner.territory, name="Déjà là", siren="732829320", left_at=NOW)

    response = signed_in(coordinator_of(partner)).post(
        f"{URL}nouvelle/", typed(partner, siren="732829320")
    )

    assert response.status_code == 422
    assert "« Déjà là » porte déjà cet identifiant et a quitté le territoire" in words(response)


def test_form_warns_of_what_deserves_to_be_read_again(partner) -> None:
    response = signed_in(coordinator_of(partner)).post(
        f"{URL}nouvelle/",
        typed(partner, finess_ej="2A0000011", contact_email="camille.exemple@hopital.test"),
        follow=True,
    )

    text = response.content.decode()
    assert "FINESS de Corse" in text
    assert "semble être celle d’une personne" in text
    assert Partner.objects.get(name="Maison fictive").finess_ej == "2A0000011"


def test_administrator_without_any_territory_has_nothing_to_enter() -> None:
    client = signed_in(UserFactory(is_platform_admin=True))

    assert client.get(f"{URL}nouvelle/").status_code == 404


def test_coordinator_of_several_territories_chooses_and_no_other_is_offered(partner) -> None:
    user = coordinator_of(partner)
    TerritoryRoleFactory(user=user, territory=TerritoryFactory(slug="second", name="Second"))
    TerritoryFactory(slug="tiers", name="Tiers")
    client = signed_in(user)

    options = soup(client.get(f"{URL}nouvelle/")).select("#id_territory option")
    refused = client.post(f"{URL}nouvelle/", typed(partner, territory="tiers"))

    assert {option["value"] for option in options} == {"", partner.territory.slug, "second"}
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("written", "found"),
    [("Clisson", "44043"), ("44043", "44043"), ("clis", "44043")],
)
def test_commune_is_found_as_people_write_it(partner, written: str, found: str) -> None:
    CommuneFactory(insee="44043", name="Clisson")

    signed_in(coordinator_of(partner)).post(f"{URL}nouvelle/", typed(partner, commune=written))

    assert Partner.objects.get(name="Maison fictive").commune.insee == found


def test_commune_that_may_be_several_is_asked_again(partner) -> None:
    CommuneFactory(insee="44901", name="Homonyme-le-Haut")
    CommuneFactory(insee="44902", name="Homonyme-le-Bas")

    response = signed_in(coordinator_of(partner)).post(
        f"{URL}nouvelle/", typed(partner, commune="homonyme")
    )

    assert response.status_code == 422
    assert "Homonyme-le-Bas (44)" in soup(response).find(id="id_commune_error").get_text()
