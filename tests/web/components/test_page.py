import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db

SAMPLE = {
    "title": "Infirmier de nuit",
    "profession": "Infirmier",
    "contract": "cdi",
    "starts_on": "2027-01-04",
    "hours": "nuit",
}


def test_page_shows_every_component():
    page = Client().get("/composants/").content.decode()

    shown = [
        'class="button button--danger"',
        'class="alert alert--error"',
        'class="undo on-dark"',
        'class="tag tag--number tension-3"',
        'class="combobox"',
        'class="drop"',
        'class="filters no-print"',
        'class="table table--stack"',
        'class="pagination"',
        'class="empty"',
        'class="panel on-dark"',
        'class="heat"',
        'class="sparkline"',
        'class="steps"',
        'class="lifecycle"',
        'class="facts"',
        'class="timeline"',
        'class="code code--list"',
        "<progress",
        'class="board"',
        'class="contents"',
    ]
    assert [mark for mark in shown if mark not in page] == []


def test_page_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/composants/")


def test_played_form_is_taken():
    file = SimpleUploadedFile("besoins.csv", b"metier;postes")

    response = Client().post("/composants/", {**SAMPLE, "attachment": file})

    assert response.status_code == 302
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Le formulaire d’exemple est correct. Rien n’a été gardé."
    ]


def test_refused_form_comes_back_with_what_was_typed():
    response = Client().post("/composants/", {**SAMPLE, "contract": "", "starts_on": "hier"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Erreur – Composants – Ancrage</title>" in page
    assert "2 points sont à corriger" in page
    assert '<a href="#id_contract">Contrat\u00a0: Ce champ est obligatoire.</a>' in page
    assert 'value="Infirmier de nuit"' in page


@pytest.mark.parametrize(("done", "asks"), [(40, True), (80, True), (100, False)])
def test_progress_stops_asking_at_the_end(done: int, asks: bool):
    page = Client().get(f"/composants/avancement/{done}/").content.decode()

    assert ("data-hx-get" in page) is asks
    assert f'value="{done}" max="100"' in page


def test_confirmation_says_what_will_happen_and_how_to_leave():
    page = Client().get("/composants/confirmation/").content.decode()

    assert "<h1>Retirer le besoin « Infirmier de nuit » ?</h1>" in page
    assert page.count("<li>") >= 2
    assert 'class="button button--danger" type="submit"' in page
    assert "Garder et revenir" in page


def test_page_in_english_keeps_its_shape():
    client = Client()
    client.cookies["django_language"] = "en"

    page = client.get("/composants/").content.decode()

    assert '<html lang="en">' in page
    assert 'name="language" value="fr" lang="fr"' in page
