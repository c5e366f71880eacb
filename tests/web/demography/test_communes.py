"""The map and the table of access, a commune's page, and what each says when data lack."""

import csv
import io

import pytest
from bs4 import BeautifulSoup

from ancrage.demography.enums import Care
from ancrage.demography.services import read_means
from tests.demography.land import save, save_land, territory_of_land
from tests.factories import TerritoryFactory, TerritoryRoleFactory, UserFactory

pytestmark = pytest.mark.django_db

URL = "/demographie/"
HTMX = {"HX-Request": "true"}
MEANS = "departement;APL;population\n" + "".join(
    f"{code};{access};{people}\n"
    for code, access, people in (
        ("44", "4,0", 1_400_000),
        ("49", "4,0", 800_000),
        ("53", "3,0", 300_000),
        ("72", "2,5", 600_000),
        ("85", "3,0", 700_000),
    )
)


@pytest.fixture
def land():
    territory = territory_of_land()
    save_land()
    return territory


@pytest.fixture
def watcher(client, land):
    user = TerritoryRoleFactory(territory=land, institution=True).user
    client.force_login(user)
    return user


def page_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(node) -> str:
    return " ".join(node.get_text(" ").split())


def names_in(page) -> list[str]:
    return [text_of(cell.find("a")) for cell in page.select("tbody th") if cell.find("a")]


def test_communes_come_where_most_is_lacking_first_with_their_map_and_sources(client, watcher):
    page = page_of(client.get(URL))

    assert names_in(page) == ["Val-Fictif", "Bourg-Fictif", "Port-Fictif", "Landes-Fictives"]
    cells = [text_of(cell) for cell in page.select("tbody tr")[0].find_all(["th", "td"])]
    assert cells[:3] == ["Val-Fictif", "3\u202f000".replace("\u202f", " "), "1,70 sous le seuil"]
    assert len(page.select("svg.map path[data-place]")) == 4
    told = text_of(page.find("main"))
    assert "APL publiée, 65 ans et moins" in told
    assert "7 500 habitants vivent dans une commune à moins de 2,5" in told
    assert "Source fictive (Licence Ouverte 2.0)" in told
    assert "simulation, non opposable" in told


def test_filters_hold_in_the_address_and_the_fragment_is_the_page(client, watcher):
    asked = {"q": "val fict", "couronne": "on", "tri": "-habitants"}
    whole = page_of(client.get(URL, asked))
    part = page_of(client.get(URL, asked, headers=HTMX))

    assert names_in(whole) == names_in(part) == ["Val-Fictif"]
    assert part.find("h1") is None
    around = page_of(client.get(URL, {"couronne": "on", "tri": "-habitants"}))
    assert names_in(around)[:2] == ["Ville-Voisine", "Port-Fictif"]
    unknown = page_of(client.get(URL, {"etat": "inconnu"}))
    assert names_in(unknown) == ["Landes-Fictives"]
    none = page_of(client.get(URL, {"q": "nulle-part"}))
    assert "Aucune commune ici" in text_of(none)


def test_means_of_the_department_and_of_the_region_stand_beside(client, watcher):
    stream = io.BytesIO(MEANS.encode())
    save(read_means(stream, filename="moyennes.csv", care=Care.GP), 2023)

    told = text_of(page_of(client.get(URL)).find("main"))

    assert "Loire-Atlantique 4,00" in told
    # (1 400 × 4 + 800 × 4 + 300 × 3 + 600 × 2,5 + 700 × 3) / 3 800
    assert "Région (départements 44, 49, 53, 72, 85) 3,50" in told


def test_a_profession_without_files_says_which_to_import(client, watcher):
    told = text_of(page_of(client.get(URL, {"profession": "midwife"})).find("main"))

    assert "Rien n’est encore importé pour cette profession" in told
    assert "classeur APL de la DREES" in told


def test_a_profession_without_threshold_has_no_invented_one(client, land):
    save_land(Care.DENTIST)
    client.force_login(TerritoryRoleFactory(territory=land).user)

    told = text_of(page_of(client.get(URL, {"profession": "dentist"})).find("main"))

    assert "nous ne connaissons aucun seuil publié" in told
    assert "Paramètres approchés" in told


def test_the_table_is_handed_over_with_its_sources(client, watcher):
    response = client.get(f"{URL}export.csv", {"tri": "nom"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Commune"] for row in rows] == [
        "Bourg-Fictif",
        "Landes-Fictives",
        "Port-Fictif",
        "Val-Fictif",
    ]
    assert rows[0]["APL publiée, 65 ans et moins"] == "2,4"
    assert "Source fictive (2023)" in rows[0]["Source"]
    drawing = client.get(f"{URL}carte.svg")
    assert drawing.headers["Content-Type"].startswith("image/svg+xml")


def test_a_commune_says_where_its_people_go_and_who_comes(client, watcher):
    page = page_of(client.get(f"{URL}communes/44902/"))

    assert text_of(page.find("h1")) == "Bourg-Fictif"
    goes, comes = page.select("table")
    assert text_of(goes.select("tbody tr")[0]).startswith("Bourg-Fictif 0")
    assert text_of(comes.select("tbody tr")[0]).startswith("Bourg-Fictif 0")
    around = page_of(client.get(f"{URL}communes/44951/"))
    assert "autour du territoire Pays fictif" in text_of(around)


def test_a_territory_of_others_is_not_found(client, watcher):
    other = TerritoryFactory(slug="ailleurs")

    assert client.get(URL, {"territoire": other.slug}).status_code == 404
    assert client.get(f"{URL}communes/44999/").status_code == 404


def test_without_a_territory_the_page_says_what_is_missing(client):
    client.force_login(UserFactory(is_platform_admin=True))

    assert "Aucun territoire n’est encore décrit" in text_of(page_of(client.get(URL)))


def test_the_page_asks_as_much_whatever_the_communes(client, watcher, django_assert_num_queries):
    client.get(URL)

    with django_assert_num_queries(11):
        client.get(URL)
    with django_assert_num_queries(11):
        client.get(URL, {"couronne": "on"})
