"""What a campaign adds up to, and who reads what of it."""

import csv
import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.kit.tabular import open_table
from ancrage.needs.enums import AnswerStatus, CampaignStatus
from ancrage.needs.models import Campaign
from tests.factories import CampaignAnswerFactory, CampaignFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def _url(campaign, name="results"):
    return reverse(f"campaigns:{name}", args=[campaign.pk])


def _page(response):
    return BeautifulSoup(response.content, "html.parser")


def _lines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def _said(campaign, partner, profession, **figures):
    answer = CampaignAnswerFactory(
        campaign=campaign, partner=partner, status=AnswerStatus.SUBMITTED
    )
    answer.lines.create(profession=profession, **figures)
    return answer


@pytest.fixture
def answered(campaign, territory, nurse, assistant, partner):
    """Three structures say how many nurses they have; one of them was there last year."""
    last = CampaignFactory(
        territory=territory, name="Recensement 2025", closed=True, reference_day=date(2025, 11, 1)
    )
    _said(last, partner, nurse, present_fte=1000, vacant_fte=250, departures=3)
    _said(campaign, partner, nurse, present_fte=1250, vacant_fte=200, departures=3)
    for other in PartnerFactory.create_batch(2, territory=territory):
        _said(campaign, other, nurse, present_fte=100, vacant_fte=50)
    CampaignAnswerFactory(campaign=campaign, status=AnswerStatus.STARTED)
    _said(campaign, PartnerFactory(territory=territory), assistant, vacant_fte=100)
    return campaign


def test_results_say_figures_and_changes_in_words(client, coordinator, answered, nurse):
    page = _page(client.get(_url(answered)))

    first = page.select("tbody tr")[0]
    assert first.find("small").get_text() == "3 structures"
    assert [cell.get_text(" ", strip=True) for cell in first.select("td")] == [
        "14,5 2,5 de plus",
        "3 0,5 de moins",
        "—",
        "—",
        "3 inchangé",
    ]
    assert "3 ETP sur 4 vacants" in page.select_one(".panel").get_text()
    assert "« Recensement 2025 »" in page.get_text()


def test_results_without_answers_say_so(client, coordinator, campaign):
    assert "Aucun chiffre n’a encore été envoyé." in client.get(_url(campaign)).text
    structures = client.get(_url(campaign), {"vue": "structures"}).text
    assert "Personne n’a encore répondu" in structures
    questions = client.get(_url(campaign), {"vue": "questions"}).text
    assert "ne posait pas de question ouverte" in questions


def test_results_without_vacancies_say_so(client, coordinator, campaign, partner, nurse):
    _said(campaign, partner, nurse, present_fte=100, vacant_fte=0)

    assert "ne déclarent aucun poste vacant" in client.get(_url(campaign)).text


def test_coordination_reads_each_structure_and_its_words(
    client, coordinator, campaign, partner, nurse, question
):
    answer = _said(campaign, partner, nurse, present_fte=1250, departures=2)
    answer.open_answers.create(question=question, text="Deux infirmières")
    CampaignAnswerFactory(
        campaign=campaign, status=AnswerStatus.SUBMITTED, comment="Depuis la fusion"
    )

    structures = client.get(_url(campaign), {"vue": "structures"}).text
    questions = client.get(_url(campaign), {"vue": "questions"}).text

    assert "12,5" in structures
    assert "Depuis la fusion" in structures
    assert "Aucun chiffre : voir le commentaire." in structures
    assert "Deux infirmières" in questions
    assert question.text in questions


def test_results_after_a_swap_are_those_after_a_reload(client, coordinator, answered):
    whole = _page(client.get(_url(answered))).find(id="results")
    part = client.get(_url(answered), headers={"HX-Request": "true"})

    assert str(_page(part).find(id="results")) == str(whole)
    assert "<html" not in part.text


def test_draft_has_no_results(client, coordinator, territory):
    assert client.get(_url(CampaignFactory(territory=territory))).status_code == 404


def test_institution_reads_closed_totals_and_nothing_by_structure(
    client, institution, answered, partner, nurse, assistant
):
    assert client.get(_url(answered)).status_code == 404
    Campaign.objects.filter(pk=answered.pk).update(status=CampaignStatus.CLOSED)

    page = client.get(_url(answered)).text
    listed = client.get(reverse("campaigns:list")).text

    assert nurse.label_fr in page
    assert assistant.label_fr not in page
    assert "1 métier n’est pas montré : moins de 3 structures l’ont renseigné." in page
    assert partner.name not in page
    assert _url(answered) in listed
    for view in ("structures", "questions", "tout"):
        assert client.get(_url(answered), {"vue": view}).status_code == 404
        assert client.get(_url(answered, "results_csv"), {"vue": view}).status_code == 404
    workbook = io.BytesIO(client.get(_url(answered, "results_xlsx")).content)
    with open_table(workbook, filename="r.xlsx") as table:
        assert [sheet.name for sheet in table.sheets] == ["Par métier"]
        assert partner.name not in str([row.cells for row in table.rows()])


def test_institution_without_a_closed_campaign_is_told(client, institution, campaign):
    page = client.get(reverse("campaigns:list")).text

    assert "Aucune campagne close pour l’instant" in page
    assert campaign.name not in page


def test_csv_holds_the_table_shown(client, coordinator, answered, partner, nurse):
    lines = _lines(client.get(_url(answered, "results_csv")))
    by_structure = _lines(client.get(_url(answered, "results_csv"), {"vue": "structures"}))

    figures = ["14,5", "3", "", "", "3"]
    changes = ["2,5", "-0,5", "", "", "0"]
    assert lines[0][:4] == [
        "Identifiant du métier",
        "Métier",
        "Structures",
        "Présents et payés (ETP)",
    ]
    assert lines[1] == ["nurse", nurse.label_fr, "3", *figures, *changes]
    assert [partner.name, nurse.label_fr, "12,5", "2", "", "", "3"] in by_structure


def test_workbook_holds_all_the_coordination_may_read(
    client, coordinator, campaign, partner, nurse, question
):
    answer = _said(campaign, partner, nurse, present_fte=1250)
    answer.open_answers.create(question=question, text="Deux")
    answer.comment = "À lire"
    answer.save()

    response = client.get(_url(campaign, "results_xlsx"))

    with open_table(io.BytesIO(response.content), filename="r.xlsx") as table:
        assert [sheet.name for sheet in table.sheets] == [
            "Par métier",
            "Par structure",
            "Réponses ouvertes",
        ]
        assert [row.cells for row in table.rows("Réponses ouvertes")] == [
            ("Structure", "Question", "Réponse"),
            (partner.name, question.text, "Deux"),
            (partner.name, "Commentaire", "À lire"),
        ]


@pytest.mark.parametrize("count", [1, 8])
@pytest.mark.parametrize("view", ["metiers", "structures", "questions"])
def test_results_take_the_same_queries_whatever_the_answers(
    client, coordinator, campaign, nurse, count, view, django_assert_max_num_queries
):
    for partner in PartnerFactory.create_batch(count, territory=campaign.territory):
        _said(campaign, partner, nurse, vacant_fte=100)

    with django_assert_max_num_queries(15):
        assert client.get(_url(campaign), {"vue": view}).status_code == 200
