"""The map and the table of access, a commune's page, and what each says when data lack."""

import csv
import io
from datetime import date

import pytest

from ancrage.demography.enums import Care
from ancrage.demography.services import read_means
from ancrage.schemes.enums import Zone
from ancrage.schemes.services import ZoningLine, save_zonings
from tests.demography.land import NOW, save, save_land
from tests.factories import TerritoryFactory, TerritoryRoleFactory, UserFactory
from tests.reading import page_of, text_of

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
    assert "proche-2015, valeurs du 25 mai 2018" in rows[0]["Source"]
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


def test_ages_are_told_by_sector_and_never_around(client, watcher):
    # Six of eighteen, wherever they work: by commune it would be two of three, or one of one.
    page = page_of(client.get(URL, {"couronne": "on", "tri": "-ages"}))

    shares = [text_of(row.select("td")[-1]) for row in page.select("tbody tr[data-place]")]
    assert shares == ["33 %"] * 4
    assert names_in(page) == [
        "Bourg-Fictif",
        "Landes-Fictives",
        "Port-Fictif",
        "Val-Fictif",
        "Plaine-Voisine",
        "Ville-Voisine",
    ]
    assert text_of(page.select("tbody tr")[-1].select("td")[-1]) == "—"
    whole = text_of(page_of(client.get(f"{URL}communes/44902/")).find("main"))
    assert "60 ans et plus, dans le secteur 6 sur 18 (Tout le territoire)" in whole
    around = text_of(page_of(client.get(f"{URL}communes/44952/")).find("main"))
    assert "Pas dit : trop peu de professionnels, ou hors du territoire" in around


def test_a_territory_of_others_is_not_found(client, watcher):
    other = TerritoryFactory(slug="ailleurs")

    assert client.get(URL, {"territoire": other.slug}).status_code == 404
    assert client.get(f"{URL}communes/44999/").status_code == 404


def test_without_a_territory_the_page_says_what_is_missing(client):
    client.force_login(UserFactory(is_platform_admin=True))

    assert "Aucun territoire n’est encore décrit" in text_of(page_of(client.get(URL)))


def test_the_page_asks_as_much_whatever_the_communes(client, watcher, django_assert_num_queries):
    client.get(URL)

    with django_assert_num_queries(14):
        client.get(URL)
    with django_assert_num_queries(14):
        client.get(URL, {"couronne": "on"})


ZONES = {"44901": Zone.ZIP, "44902": Zone.ZAC}


@pytest.fixture
def zoned(watcher):
    """Two communes in official zones, the list of the département whole for each zone."""
    save_zonings(
        lines=[
            ZoningLine(number, insee, zone, date(2026, 1, 1), None)
            for number, (insee, zone) in enumerate(ZONES.items(), start=2)
        ],
        source="ARS fictive, arrêté 2026",
        licence="Licence Ouverte 2.0",
        by=None,
        now=NOW,
    )


def test_the_official_zone_stands_beside_as_imported(client, zoned):
    page = page_of(client.get(URL, {"tri": "zone"}))

    rows = [
        (text_of(row.find("a")), text_of(row.find_all("td")[3]))
        for row in page.select("tbody tr[data-place]")
    ]
    assert rows == [
        ("Bourg-Fictif", "ZAC"),
        ("Port-Fictif", "ZIP"),
        ("Landes-Fictives", "—"),
        ("Val-Fictif", "—"),
    ]
    told = text_of(page.find("main"))
    assert "Zonage des médecins, en vigueur depuis le 01/01/2026" in told
    assert "ARS fictive, arrêté 2026 (Licence Ouverte 2.0)" in told
    assert "La zone officielle est importée, jamais calculée." in told
    assert names_in(page_of(client.get(URL, {"zone": "ZIP"}))) == ["Port-Fictif"]
    drawn = page_of(client.get(URL, {"carte": "zones"}))
    tinted = {one["data-place"]: one["class"] for one in drawn.select("svg.map path[data-place]")}
    assert "map__commune--balance-0" in tinted["44901"]
    assert tinted["44903"] == ["map__commune"]
    assert "Carte du zonage officiel, Pays fictif" in drawn.find("svg", class_="map").text
    assert "Zone officielle ZIP" in text_of(page_of(client.get(f"{URL}communes/44901/")))
    midwives = page_of(client.get(URL, {"profession": "midwife"}))
    assert midwives.find("select", {"name": "zone"}) is None


def test_a_whole_list_says_who_is_outside_and_the_file_says_since_when(client, zoned):
    save_zonings(
        lines=[
            ZoningLine(2, "44904", zone, date(2026, 6, day), None)
            for day, zone in enumerate((Zone.ZIP, Zone.ZAC), start=1)
        ],
        source="ARS fictive, arrêté de juin",
        by=None,
        now=NOW,
        whole_departments=frozenset({"44"}),
    )

    response = client.get(f"{URL}export.csv", {"tri": "nom"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    assert {row["Commune"]: (row["Zone officielle"], row["Source du zonage"]) for row in rows} == {
        "Bourg-Fictif": ("ZAC", "ARS fictive, arrêté 2026, depuis le 01/01/2026"),
        "Landes-Fictives": ("ZAC", "ARS fictive, arrêté de juin, depuis le 02/06/2026"),
        "Port-Fictif": ("ZIP", "ARS fictive, arrêté 2026, depuis le 01/01/2026"),
        "Val-Fictif": ("hors zone", "ARS fictive, arrêté de juin, depuis le 02/06/2026"),
    }
