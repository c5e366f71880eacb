"""A structure answers on the page or with its workbook; nothing typed is lost."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancrage.kit.tabular import open_table
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, write_xlsx
from ancrage.needs import services as needs
from ancrage.needs.enums import AnswerStatus
from ancrage.needs.models import CampaignAnswer
from ancrage.needs.queries import Figures, figures_of
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

HEADERS = ("Métier", "Présents et payés (ETP)", "Vacants (ETP)", "Départs connus (personnes)")


def _url(answer, name="answer"):
    return reverse(f"campaigns:{name}", args=[answer.pk])


def _page(response):
    return BeautifulSoup(response.content, "html.parser")


def _file(rows, headers=HEADERS, name="reponse.xlsx"):
    stream = BytesIO()
    write_xlsx(
        stream, [SheetToWrite("Réponse", [ColumnToWrite(label) for label in headers], rows)]
    )
    return SimpleUploadedFile(name, stream.getvalue())


def test_page_is_filled_with_the_needs_published(client, member, answer, partner, nurse):
    NeedFactory(
        partner=partner,
        profession=nurse,
        published=True,
        fte_hundredths=80,
        starts_on=answer.campaign.reference_day,
    )

    page = _page(client.get(_url(answer)))

    assert page.find(id=f"id_vacant_fte_{nurse.pk}")["value"] == "0,8"
    assert "Les vacants viennent de vos besoins" in page.get_text()
    assert not page.find(id=f"id_present_fte_{nurse.pk}").has_attr("value")


def test_page_is_filled_with_the_last_campaign(client, member, answer, partner, territory, nurse):
    last = CampaignFactory(
        territory=territory, name="Recensement 2025", closed=True, reference_day="2025-11-01"
    )
    before = CampaignAnswerFactory(campaign=last, partner=partner, status=AnswerStatus.SUBMITTED)
    before.lines.create(profession=nurse, present_fte=1250)

    page = _page(client.get(_url(answer)))

    assert page.find(id=f"id_present_fte_{nurse.pk}")["value"] == "12,5"
    assert "repris de « Recensement 2025 »" in page.get_text()


def test_answer_is_kept_then_sent_then_corrected(client, member, answer, nurse, question):
    data = {
        "revision": 1,
        f"present_fte_{nurse.pk}": "12,5",
        f"vacant_fte_{nurse.pk}": "mi-temps",
        f"target_3y_fte_{nurse.pk}": "14.25",
        f"departures_{nurse.pk}": "2",
        f"question_{question.pk}": "Deux",
        "comment": "À lire",
    }

    kept = client.post(_url(answer), {**data, "acte": "enregistrer"}, follow=True)
    assert "La coordination ne compte votre réponse qu’une fois envoyée." in kept.text
    answer.refresh_from_db()
    assert (answer.status, figures_of(answer)) == (
        AnswerStatus.STARTED,
        {nurse.pk: Figures(present_fte=1250, vacant_fte=50, target_3y_fte=1425, departures=2)},
    )

    sent = client.post(_url(answer), {**data, "revision": 2, "acte": "envoyer"}, follow=True)
    assert sent.redirect_chain == [(_url(answer, "sheet"), 302)]
    text = _page(sent).get_text()
    assert "Réponse envoyée" in text
    assert "14,25" in text
    assert "À lire" in text
    answer.refresh_from_db()
    assert (answer.status, answer.submitted_by) == (AnswerStatus.SUBMITTED, member)

    page = _page(client.get(_url(answer)))
    assert "Envoyer la correction" in page.get_text()
    client.post(_url(answer), {"revision": 3, f"present_fte_{nurse.pk}": "1", "acte": "envoyer"})
    assert figures_of(answer) == {nurse.pk: Figures(present_fte=100)}
    corrected = client.get(f"{_url(answer)}?enregistree=1").text
    assert "Vos corrections sont enregistrées." in corrected


def test_figure_that_cannot_be_read_comes_back_as_typed(client, member, answer, nurse):
    response = client.post(
        _url(answer),
        {
            "revision": 1,
            f"present_fte_{nurse.pk}": "beaucoup",
            f"vacant_fte_{nurse.pk}": "temps partiel",
            f"departures_{nurse.pk}": "1,5",
            "acte": "envoyer",
        },
    )

    page = _page(response)
    assert response.status_code == 422
    assert page.find(id=f"id_present_fte_{nurse.pk}")["value"] == "beaucoup"
    assert len(page.select(".error-summary li")) == 3
    assert "présents et payés (etp)" in page.select_one(".error-summary").get_text()
    assert CampaignAnswer.objects.get(pk=answer.pk).status == AnswerStatus.WAITING


def test_empty_answer_is_kept_but_not_sent(client, member, answer):
    sent = client.post(_url(answer), {"revision": 1, "acte": "envoyer"})
    kept = client.post(_url(answer), {"revision": 1, "acte": "enregistrer"})

    assert sent.status_code == 422
    assert "Votre réponse est vide" in sent.text
    assert kept.status_code == 302


def test_of_two_people_the_second_sees_both_versions(client, member, answer, nurse):
    needs.save_answer(
        answer=answer,
        revision=1,
        figures={nurse: Figures(present_fte=900)},
        open_answers={},
        submit=False,
        by=None,
        now=NOW,
    )
    mine = {f"present_fte_{nurse.pk}": "12,5", "comment": "", "acte": "enregistrer"}

    response = client.post(_url(answer), {"revision": 1, **mine})

    page = _page(response)
    assert response.status_code == 422
    assert [cell.get_text() for cell in page.find("table").select("tbody td")] == ["9", "12,5"]
    assert page.find(id=f"id_present_fte_{nurse.pk}")["value"] == "12,5"
    revision = page.find("input", {"name": "revision"})["value"]
    client.post(_url(answer), {"revision": revision, **mine})
    assert figures_of(answer) == {nurse.pk: Figures(present_fte=1250)}


@pytest.mark.parametrize("revision", ["", "abc", "99999999999999999"])
def test_page_sent_without_its_revision_overwrites_nothing(client, member, answer, revision):
    response = client.post(_url(answer), {"revision": revision, "acte": "enregistrer"})

    assert response.status_code == 422
    assert CampaignAnswer.objects.get(pk=answer.pk).revision == 1


def test_answer_after_the_closing_is_refused_and_read_only(client, member, answer, nurse):
    needs.close_campaign(campaign=answer.campaign, by=None, now=NOW)

    late = client.post(
        _url(answer), {"revision": 1, f"present_fte_{nurse.pk}": "3", "acte": "envoyer"}
    )
    read = client.get(_url(answer), follow=True)

    assert late.status_code == 422
    assert "elle ne reçoit pas de réponse" in late.text
    assert _page(late).find(id=f"id_present_fte_{nurse.pk}")["value"] == "3"
    assert read.redirect_chain == [(_url(answer, "sheet"), 302)]
    assert "Réponse non envoyée" in read.text
    assert "Aucun chiffre n’est indiqué." in read.text
    assert "Continuer la réponse" not in read.text


def test_begun_answer_read_again_can_be_continued(client, member, answer, nurse, question):
    answer.status = AnswerStatus.STARTED
    answer.save()
    answer.open_answers.create(question=question, text="Deux")

    page = client.get(_url(answer, "sheet")).text

    assert "Continuer la réponse" in page
    assert "Qui part ?" in page


@pytest.mark.parametrize("name", ["answer", "workbook", "sheet"])
def test_answer_of_a_neighbour_is_not_found(client, member, territory, campaign, name):
    other = CampaignAnswerFactory(campaign=campaign, partner=PartnerFactory(territory=territory))

    assert client.get(_url(other, name)).status_code == 404


def test_answer_of_a_neighbour_is_not_changed(client, member, territory, campaign, nurse):
    other = CampaignAnswerFactory(campaign=campaign, partner=PartnerFactory(territory=territory))
    data = {"revision": 1, f"present_fte_{nurse.pk}": "3", "acte": "envoyer"}

    assert client.post(_url(other), data).status_code == 404
    assert figures_of(other) == {}


def test_coordination_answers_for_a_structure(client, coordinator, answer, nurse):
    client.post(_url(answer), {"revision": 1, f"present_fte_{nurse.pk}": "3", "acte": "envoyer"})

    answer.refresh_from_db()
    assert (answer.status, answer.submitted_by) == (AnswerStatus.SUBMITTED, coordinator)


def test_workbook_goes_out_filled_and_comes_back(client, member, answer, nurse, assistant):
    answer.lines.create(profession=nurse, present_fte=1250, departures=2)
    answer.status = AnswerStatus.STARTED
    answer.save()

    sent = client.get(_url(answer, "workbook"))
    assert sent["Content-Disposition"] == (
        'attachment; filename="recensement-2026-ehpad-fictif.xlsx"'
    )
    with open_table(BytesIO(sent.content), filename="classeur.xlsx") as table:
        rows = [row.cells for row in table.rows()]
    assert rows[1] == ("nurse", nurse.label_fr, 12.5, None, None, None, 2)
    assert rows[2] == ("care_assistant", assistant.label_fr)

    back = client.post(
        _url(answer),
        {"acte": "lire", "fichier": SimpleUploadedFile("classeur.xlsx", sent.content)},
    )
    page = _page(back)
    assert back.status_code == 200
    assert page.find(id=f"id_present_fte_{nurse.pk}")["value"] == "12,5"
    assert page.find(id=f"id_departures_{nurse.pk}")["value"] == "2"


def test_workbook_fills_the_page_and_saves_nothing(client, member, answer, nurse, assistant):
    file = _file(
        [
            [nurse.label_fr, 12.5, "2,5 ETP", 3],
            [assistant.plural_fr, "", "mi-temps", None],
            ["Total", 12.5, 3, 3],
        ]
    )

    response = client.post(
        _url(answer),
        {
            "revision": 1,
            "acte": "lire",
            "comment": "déjà écrit",
            f"present_fte_{assistant.pk}": "7",
            f"target_3y_fte_{nurse.pk}": "14",
            "fichier": file,
        },
    )

    page = _page(response)
    shown = {field["name"]: field.get("value", "") for field in page.select("input.input--figure")}
    assert response.status_code == 200
    assert "2 métiers sont reportés ci-dessous" in page.get_text()
    assert {name: value for name, value in shown.items() if value} == {
        f"present_fte_{nurse.pk}": "12,5",
        f"vacant_fte_{nurse.pk}": "2,5",
        f"target_3y_fte_{nurse.pk}": "14",
        f"departures_{nurse.pk}": "3",
        f"vacant_fte_{assistant.pk}": "0,5",
    }
    assert page.find(id="id_comment").get_text(strip=True) == "déjà écrit"
    assert CampaignAnswer.objects.get(pk=answer.pk).revision == 1


def test_workbook_with_mistakes_says_each_and_changes_nothing(client, member, answer, nurse):
    file = _file(
        [
            [nurse.label_fr, "beaucoup", 1, "1,5"],
            [nurse.label_fr, 1, 1, 1],
            ["Astronaute", 1, 1, 1],
            [None, 1, 1, 1],
        ]
    )

    response = client.post(
        _url(answer),
        {"revision": 1, "acte": "lire", f"present_fte_{nurse.pk}": "8", "fichier": file},
    )

    page = _page(response)
    said = [item.get_text() for item in page.select(".alert li")]
    assert response.status_code == 422
    assert [text.partition("\u00a0: ")[0] for text in said] == [
        "Ligne 2, colonne « Présents et payés (ETP) »",
        "Ligne 2, colonne « Départs connus (personnes) »",
        "Ligne 3, colonne « Métier »",
        "Ligne 4, colonne « Métier »",
        "Ligne 5, colonne « Métier »",
    ]
    assert "déjà à la ligne 2" in said[2]
    assert page.find(id=f"id_present_fte_{nurse.pk}")["value"] == "8"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choisissez d’abord le classeur rempli."),
        (lambda: SimpleUploadedFile("a.xlsx", b"nothing"), "XLSX"),
        (lambda: _file([["a", "b"]], headers=("Couleur", "Taille")), "Les colonnes attendues"),
        (lambda: _file([[1, 2]], headers=HEADERS[1:3]), "Les colonnes attendues"),
        (lambda: _file([["Total", 1, 1, 1]]), "aucune ligne de métier"),
    ],
)
def test_file_that_is_no_answer_is_said_so(client, member, answer, file, sentence):
    data = {"revision": 1, "acte": "lire"} | ({"fichier": file()} if file else {})

    response = client.post(_url(answer), data)

    assert response.status_code == 422
    assert sentence in _page(response).select_one(".alert").get_text()


def test_message_of_the_coordination_is_shown(client, member, answer):
    answer.campaign.message = "Dix minutes suffisent."
    answer.campaign.save()

    assert "Dix minutes suffisent." in client.get(_url(answer)).text


@pytest.mark.parametrize("count", [1, 12])
def test_page_takes_the_same_queries_whatever_the_professions(
    client, member, answer, count, django_assert_max_num_queries
):
    answer.campaign.professions.set(ProfessionFactory.create_batch(count))

    with django_assert_max_num_queries(14):
        assert client.get(_url(answer)).status_code == 200
