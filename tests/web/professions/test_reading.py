"""The nomenclature as everybody reads it."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from ancrage.needs.enums import Audience
from ancrage.professions.models import Profession, Specialty
from ancrage.professions.services import edit_profession, retire_profession, retire_specialty
from tests.factories import NeedFactory, UserFactory
from tests.factories.moments import NOW
from tests.web.partners.support import HTMX, region, signed_in, soup, words

pytestmark = pytest.mark.django_db

URL = "/metiers/"


def nurse() -> Profession:
    return Profession.objects.get(code="nurse")


def names(response) -> list[str]:
    return [cell.a.get_text(strip=True) for cell in soup(response).select("tbody th")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "KINE"}, ["Masseur-kinésithérapeute"]),
        ({"q": "431f"}, ["Infirmier en soins généraux (IDE)"]),
        ({"q": "R38:SM54"}, ["Médecin généraliste"]),
        ({"q": "brancardier"}, ["Brancardier"]),
        ({"q": "dompteur"}, []),
        ({"famille": "home", "q": "avs"}, ["Auxiliaire de vie (aide à domicile)"]),
        ({"etat": "retired"}, ["Brancardier"]),
        ({"famille": "unheard-of", "q": "431f"}, ["Infirmier en soins généraux (IDE)"]),
    ],
)
def test_list_finds(query, expected):
    if expected == ["Brancardier"] and "etat" in query:
        porter = Profession.objects.get(code="hospital_porter")
        retire_profession(profession=porter, by=None, now=NOW)

    assert names(Client().get(URL, query)) == expected


def test_list_has_pages_of_thirty():
    first, second = Client().get(URL), Client().get(URL, {"page": 2})

    total = Profession.objects.filter(valid_to=None).count()
    assert (len(names(first)), len(names(second))) == (30, total - 30)
    assert soup(first).select_one("nav.pagination") is not None


def test_list_that_finds_nothing_says_what_to_do():
    page = soup(Client().get(URL, {"q": "dompteur"}))

    assert page.select_one(".empty__title").get_text(strip=True) == "Aucun métier ne correspond"
    assert page.select_one(f'.empty a[href="{URL}"]') is not None


def test_list_says_how_the_words_would_be_read():
    assert "« IDE de nuit EHPAD » est compris" in words(
        Client().get(URL, {"q": "IDE de nuit EHPAD"})
    )
    asked = words(Client().get(URL, {"q": "ortho"}))
    assert "« ortho » serait à préciser" in asked
    assert "Orthophoniste" in asked
    assert "est compris" not in words(Client().get(URL))


def test_list_counts_the_offers_that_everybody_reads():
    NeedFactory(profession=nurse(), published=True)
    NeedFactory(profession=nurse(), published=True, audience=Audience.MEMBERS)
    NeedFactory(profession=nurse())

    page = soup(Client().get(URL, {"q": "431f"}))

    assert page.select_one("tbody td.number a")["href"] == "/offres/?metier=nurse"
    assert page.select_one("tbody td.number").get_text(" ", strip=True).startswith("1 ")


def test_fragment_is_the_region_of_the_page():
    query = {"q": "infirmier"}

    fragment = Client().get(URL, query, headers=HTMX)

    assert region(fragment, "results") == region(Client().get(URL, query), "results")
    assert soup(fragment).find("h1") is None


def test_list_costs_the_same_for_one_and_many(django_assert_num_queries):
    # The prepared reader of writings is found again at the second search.
    Client().get(URL, {"q": "infirmier"})

    with django_assert_num_queries(4):
        assert len(names(Client().get(URL, {"q": "431f"}))) == 1
    with django_assert_num_queries(4):
        assert len(names(Client().get(URL, {"q": "infirmier"}))) > 5


def test_sheet_costs_the_same_for_few_and_many_writings(django_assert_num_queries):
    for code in ("hospital_porter", "specialist_doctor"):
        with django_assert_num_queries(4):
            Client().get(f"{URL}{code}/")


def test_csv_holds_what_was_found():
    content = b"".join(Client().get(f"{URL}export.csv", {"q": "431f"}).streaming_content)

    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    line = dict(zip(header, row, strict=True))
    assert (line["Identifiant"], line["Codes ROME"], line["Codes ANS"], line["Code FAP"]) == (
        *("nurse", "J1506", "G15:60", "V1Z80"),
    )
    assert "IDEL" in line["Écritures reconnues"].split(", ")
    assert "ISP" not in line["Écritures reconnues"].split(", ")


def test_workbook_holds_what_was_found():
    content = Client().get(f"{URL}export.xlsx", {"q": "431f"}).content

    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Identifiant", "nurse"]


def test_sheet_shows_codes_and_writings_and_no_button():
    page = Client().get(f"{URL}nurse/")

    text = words(page)
    assert all(said in text for said in ("J1506", "G15:60", "431f", "V1Z80", "IDEL", "ISP"))
    assert soup(page).select("main form") == []
    assert soup(page).title.get_text() == "Infirmier en soins généraux (IDE) – Métier – Ancrage"


def test_sheet_of_an_unknown_profession_is_not_found():
    assert Client().get(f"{URL}dompteur/").status_code == 404


def test_sheet_of_a_retired_profession_says_so():
    retire_profession(profession=nurse(), by=None, now=NOW)

    assert "Ce métier n’est plus proposé" in words(Client().get(f"{URL}nurse/"))


def test_what_was_changed_here_is_marked_for_those_who_keep_it():
    edit_profession(profession=nurse(), label_en="Ward nurse", by=None, now=NOW)

    admin = signed_in(UserFactory(is_platform_admin=True))
    assert "Modifié ici" in words(admin.get(f"{URL}nurse/"))
    assert "Modifié ici" in words(admin.get(URL, {"q": "431f"}))
    assert "Modifié ici" not in words(Client().get(f"{URL}nurse/"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "SM04"}, ["Cardiologie et maladies vasculaires"]),
        ({"q": "cardiologie maladies"}, ["Cardiologie et maladies vasculaires"]),
        ({"groupe": "dental", "q": "orthop"}, ["Orthopédie dento-faciale"]),
        ({"metier": "advanced_practice_nurse", "q": "urgences"}, ["Pratique avancée : urgences"]),
        ({"q": "dressage"}, []),
        ({"etat": "retired"}, ["Gériatrie"]),
    ],
)
def test_specialties_found(query, expected):
    if "etat" in query:
        retire_specialty(specialty=Specialty.objects.get(code="SM18"), by=None, now=NOW)

    page = soup(Client().get(f"{URL}specialites/", query))

    found = [cell.find(string=True).strip() for cell in page.select("tbody th")]
    assert found == expected


def test_specialties_cost_the_same_for_one_and_many(django_assert_num_queries):
    for query in ({"q": "SM04"}, {}):
        with django_assert_num_queries(3):
            Client().get(f"{URL}specialites/", query)


def test_specialties_leave_with_their_parent():
    content = b"".join(
        Client().get(f"{URL}specialites/export.csv", {"q": "SM73"}).streaming_content
    )

    _header, row = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert (row[0], row[4]) == ("SM73", "SM04")
