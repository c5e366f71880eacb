"""How close we come is told in plain words, with what would bring us closer."""

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.django_db

URL = "/demographie/qualite/"


def text_of(response) -> str:
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(page.get_text(" ").split()).replace("\u202f", " ").replace("\xa0", " ")


def test_marks_stand_beside_those_of_the_country(client, watcher):
    said = text_of(client.get(URL))

    assert "Trop peu de communes pour comparer un classement." in said
    assert "Communes comparées 3" in said
    assert "La France, par commune (2015) 33 396 0,63" in said
    assert "De vraies minutes de route" in said
    assert "1 de vos communes n’est comparée à rien" in said
    assert "Val-Fictif 1,70" in said


def test_without_files_it_says_which_ones_are_missing(client, watcher):
    said = text_of(client.get(URL, {"profession": "midwife"}))

    assert "Rien à comparer" in said
    assert "L’accessibilité publiée (classeur APL de la DREES), pour comparer." in said
    assert "Un fichier de professionnels par commune, pour calculer." in said
    assert "La France" not in said


def test_the_page_asks_few_queries(client, watcher, django_assert_num_queries):
    client.get(URL)

    with django_assert_num_queries(14):
        client.get(URL)
