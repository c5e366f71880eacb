"""The inventory of aids as anybody reads it."""

import csv
import io

import pytest
import time_machine
from django.test import Client

from ancrage.schemes.models import Scheme
from tests.web.partners.support import HTMX, region, soup, words

pytestmark = pytest.mark.django_db

URL = "/aides/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T10:00:00+00:00", tick=False):
        yield


def told(element) -> str:
    """The words of an element, every space a plain one."""
    return " ".join(element.get_text(" ").split())


def names(response) -> list[str]:
    return [cell.a.get_text(strip=True) for cell in soup(response).select("tbody th")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "visale"}, ["Visale, 18 à 30 ans", "Visale, plus de 30 ans"]),
        ({"sujet": "childcare", "payeur": "hospital"}, ["Crèche hospitalière"]),
        ({"q": "caim"}, ["Contrat d’aide à l’installation des médecins (CAIM)"]),
        ({"q": "caim", "etat": "ouvertes"}, []),
        ({"pour": "commune", "q": "cfe"}, ["Exonération de cotisation foncière (CFE)"]),
        ({"sujet": "unheard-of", "q": "mobili-jeune"}, ["Mobili-Jeune"]),
    ],
)
def test_list_finds(query, expected):
    assert names(Client().get(URL, query)) == expected


def test_list_marks_what_is_closed_doubtful_or_overdue():
    rows = {
        query: told(soup(Client().get(URL, {"q": query})).select_one("tbody tr"))
        for query in ("CAIM", "licence", "PECH")
    }

    assert "Close" in rows["CAIM"]
    assert "Sources en désaccord" in rows["licence"]
    assert "À relire" in rows["PECH"]


def test_list_has_pages_and_a_fragment_that_is_the_page(django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        first = Client().get(URL)
    last = Client().get(URL, {"page": 3})
    swapped = Client().get(URL, {"q": "bourse"}, headers=HTMX)

    assert (len(names(first)), len(names(last))) == (20, 8)
    assert region(swapped, "results") == region(Client().get(URL, {"q": "bourse"}), "results")


def test_list_that_finds_nothing_says_what_to_do():
    page = soup(Client().get(URL, {"q": "dompteur"}))

    assert page.select_one(".empty") is not None


def test_export_holds_what_was_found():
    response = Client().get(f"{URL}export.csv", {"q": "mobili-pass"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    header, line = list(csv.reader(io.StringIO(text), delimiter=";"))

    found = dict(zip(header, line, strict=True))
    assert found["Identifiant"] == "mobili-pass"
    assert found["Montants"].replace("\xa0", " ") == "de 3 000 à 3 500 € une fois"
    assert found["Adresse"].startswith("https://formasup-paris.com/")


def test_sheet_tells_conditions_amounts_dates_and_source():
    response = Client().get(f"{URL}mobili-pass/")

    page = soup(response)
    conditions = told(page.select_one("#conditions"))
    assert "Salariés de l’employeur : au moins 10 salariés" in conditions
    assert "L’une au moins de ces conditions : Distance du domicile au travail" in conditions
    assert "de 3 000 à 3 500 € une fois" in words(response)
    assert page.select_one('a[href="https://formasup-paris.com/pages/aide-mobili-pass"]')


def test_sheet_of_a_closed_aid_says_so():
    page = words(Client().get(f"{URL}caim/"))

    assert "Cette aide est close" in page
    assert "31 décembre 2025" in page
    assert "Remboursement à vérifier" in page


def test_sheet_tells_what_it_excludes():
    page = soup(Client().get(f"{URL}docteur-junior-zip/"))

    assert {link["href"] for link in page.select('main a[href^="/aides/"]')} >= {
        "/aides/hebergement-interne/",
        "/aides/transport-interne/",
    }


def test_aid_out_of_the_inventory_is_not_found():
    Scheme.objects.filter(code="caim").update(valid_to="2026-01-01")

    assert Client().get(f"{URL}caim/").status_code == 404
