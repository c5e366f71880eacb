"""Departures: curves with their table, masked communes, hypotheses kept in the address."""

import csv
import io

import pytest

from tests.demography.land import professionals, save
from tests.reading import page_of, text_of

pytestmark = pytest.mark.django_db

URL = "/demographie/departs/"
AT_65 = {
    "avant_55": "0",
    "de_55": "0",
    "de_60": "0",
    "de_65": "100",
    "remplaces": "0",
    "patients": "1000",
}


def test_three_hypotheses_stand_on_a_curve_and_in_a_table(client, watcher):
    page = page_of(client.get(URL, AT_65))

    assert len(page.select(".chart path.chart__line")) == 3
    table = page.find("caption", string="Professionnels, selon trois hypothèses").parent
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows[0] == ["aujourd’hui", "18,0", "18,0", "18,0"]
    assert rows[5] == ["dans 5 ans", "12,6", "12,6", "18,0"]
    assert "Sur 18 professionnels, 13 seraient encore là" in text_of(page)
    assert "simulation, non opposable" in text_of(page)


def test_communes_of_too_few_on_a_side_of_sixty_are_told_together(client, watcher):
    page = page_of(client.get(URL, AT_65))

    table = page.find("caption", string="Départs par secteur").parent
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [["Tout le territoire", "18", "6", "12,6", "5 400"]]


def test_what_is_known_moves_the_last_curve_and_stays_in_the_address(client, watcher):
    known = {"commune_1": "44903", "annee_1": "2", "postes_1": "1,5"}

    page = page_of(client.get(URL, AT_65 | known))

    table = page.find("caption", string="Professionnels, selon trois hypothèses").parent
    last = [text_of(row.select("td")[-1]) for row in table.select("tbody tr")]
    assert last == ["18,0", "18,0", "19,5", "19,5", "19,5", "19,5"]
    assert page.find("option", selected=True, value="44903")
    assert page.find("input", {"name": "de_65"})["value"] == "100"


def test_what_makes_no_sense_is_said_and_left_as_at_first(client, watcher):
    page = page_of(client.get(URL, AT_65 | {"de_60": "250"}))

    assert "inférieure ou égale à 100" in text_of(page)
    assert len(page.select(".chart path.chart__line")) == 3


def test_the_file_holds_what_is_supposed_and_what_follows(client, watcher):
    response = client.get(f"{URL}export.csv", AT_65 | {"commune_1": "44903", "postes_1": "-1"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    kinds = [row[0] for row in rows]
    assert (kinds.count("Hypothèse"), kinds.count("Courbe"), kinds.count("Fichier")) == (7, 18, 2)
    assert [row[1] for row in rows if row[0] == "Mouvement connu"] == ["Val-Fictif"]
    bands = {row[1]: row[2] for row in rows if row[0] == "Âge"}
    assert bands == {"Moins de 60 ans": "12", "60 ans et plus": "6"}


def test_without_ages_the_page_says_what_to_import(client, watcher):
    page = page_of(client.get(URL, {"profession": "nurse"}))

    assert "Aucun âge n’est connu pour cette profession" in text_of(page)
    assert client.get(f"{URL}export.csv", {"profession": "nurse"}).status_code == 404


def test_sectors_have_a_line_and_neighbours_a_share(client, watcher):
    save(professionals("44901;10;45\n44901;5;64\n44902;6;64\n44903;7;40\n"), replace=True)

    page = page_of(client.get(URL, AT_65))

    table = page.find("caption", string="Départs par secteur").parent
    names = [text_of(cell) for cell in table.select("tbody th")]
    assert names == ["Val-Fictif, Bourg-Fictif et 1 autre", "Port-Fictif"]
    form = page.select_one('form[action="/demographie/scenarios/nouveau/"]')
    assert [one["value"] for one in form.select("select[name=depart] option")] == [
        "44902",
        "44901",
        "44903",
    ]
    assert page.find("caption", string="Listes qui grandiraient")


def test_fewer_than_five_on_a_side_of_sixty_are_not_shown(client, watcher):
    save(professionals("44901;40;45\n44902;4;61\n"), replace=True)

    page = page_of(client.get(URL, AT_65))

    assert "Trop peu de professionnels" in text_of(page)
    assert client.get(f"{URL}export.csv", AT_65).status_code == 404


def test_the_page_asks_few_queries(client, watcher, django_assert_num_queries):
    client.get(URL)

    with django_assert_num_queries(10):
        client.get(URL)
