"""« Mes aides »: answers to what the address tells, and the questions that come next."""

import pytest
import time_machine
from django.test import Client

from tests.web.partners.support import soup

pytestmark = pytest.mark.django_db

URL = "/aides/mes-aides/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T10:00:00+00:00", tick=False):
        yield


def aids(page, part: str) -> set[str]:
    return {link["href"].split("/")[2] for link in page.select(f"#{part} a")}


def asked(page) -> set[str]:
    return {field["name"] for field in page.select("main form [name]")}


def test_first_visit_asks_little_and_answers_nothing():
    response = Client().get(URL)

    page = soup(response)
    assert asked(page) == {"pour", "commune", "metier", "situations", "age", "secteur_employeur"}
    assert page.select_one("#oui") is None
    assert "no-store" in response["Cache-Control"]


def test_answers_are_sorted_and_further_questions_come():
    page = soup(Client().get(URL, {"age": "25", "secteur_employeur": "fph"}))

    assert aids(page, "oui") == {"visale-30-ans"}
    assert "mobili-pass" in aids(page, "non")
    assert "etude-promotionnelle" in aids(page, "a-verifier")
    assert len(asked(page)) == 12
    assert page.select_one("#id_age")["value"] == "25"


def test_flags_days_and_sets_are_read():
    told = {
        "situations": ["fonctionnaire"],
        "secteur_employeur": "fph",
        "admis_en_formation": "oui",
        "accord_employeur": "oui",
        "embauche_le": "2026-09-01",
    }

    page = soup(Client().get(URL, told))
    refused = soup(Client().get(URL, {**told, "accord_employeur": "non"}))
    nobody = soup(Client().get(URL, {**told, "situations": ["aucun"]}))

    assert "etude-promotionnelle" in aids(page, "oui")
    assert "etude-promotionnelle" in aids(refused, "non")
    assert "etude-promotionnelle" in aids(nobody, "non")


def test_commune_answers_for_itself():
    page = soup(Client().get(URL, {"commune": "Pornic", "pour": "commune"}))

    assert "voitures-service-autres" in aids(page, "non")
    assert "exoneration-cfe" in aids(page, "a-verifier")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"age": "beaucoup"}, "age"),
        ({"commune": "Atlantide"}, "commune"),
        ({"commune": "Saint"}, "commune"),
    ],
)
def test_answer_in_error_is_told_and_left_aside(told, field):
    response = Client().get(URL, {**told, "secteur_employeur": "fph"})

    page = soup(response)
    assert response.status_code == 200
    assert page.select_one(f".field--error #id_{field}") is not None
    assert "mobili-pass" in aids(page, "non")


def test_what_excludes_what_is_told():
    told = {
        "situations": ["interne", "docteur_junior"],
        "zones": ["ZIP"],
        "distance_chu_km": "40",
        "distance_domicile_km": "25",
        "autre_aide_transport": "non",
    }

    page = soup(Client().get(URL, told))

    assert {"docteur-junior-zip", "transport-interne"} <= aids(page, "oui")
    assert "Celles qui rapportent le plus" in page.select_one("#oui").get_text()
