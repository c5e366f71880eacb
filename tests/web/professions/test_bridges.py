"""The page of the bridges of a profession."""

from datetime import date

import pytest
from django.urls import reverse

from ancrage.professions.models import ProfessionBridge, Qualification
from ancrage.web.bridge_words import condition_words, months_words

pytestmark = pytest.mark.django_db


def page_of(client, code):
    response = client.get(reverse("professions:bridges", args=[code]))
    assert response.status_code == 200
    return response


def codes(lines):
    return [line.bridge.code for line in lines]


def test_page_tells_how_to_come_and_where_to_go_with_the_service_owed(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        response = page_of(client, "nurse")

    arriving, leaving = response.context["arriving"], response.context["leaving"]
    assert codes(arriving) == [
        "nurse-apprentice-from-aide",
        "nurse-second-year-from-aide",
        "nurse-apprentice-from-second-year",
        "nurse-from-health-first-year",
        "nurse-by-continuing-education",
    ]
    second_year = arriving[1]
    assert (second_year.length, second_year.conditions) == (
        "27 mois",
        [
            "3 ans à temps plein sur les 5 ans qui précèdent, comme : Aide-soignant (AS)",
            "Admission à l’issue de la sélection",
            "L’employeur donne son accord",
            "AFGSU niveau 2 en cours de validité",
        ],
    )
    assert [(payer.label, payer.owed) for payer in second_year.payers] == [
        ("Étude promotionnelle (fonction publique hospitalière)", "puis 5 ans de service dus"),
        ("Plan de formation de l’employeur", ""),
    ]
    assert "advanced-practice" in codes(leaving)


def test_rule_over_is_not_shown_and_one_checked_long_ago_says_so(client):
    ProfessionBridge.objects.filter(code="advanced-practice").update(in_force_to=date(2020, 1, 1))
    ProfessionBridge.objects.filter(code="health-manager").update(checked_on=date(2020, 1, 1))

    leaving = page_of(client, "nurse").context["leaving"]

    assert "advanced-practice" not in codes(leaving)
    assert "health-manager" in [line.bridge.code for line in leaving if line.is_old]


def test_profession_without_bridges_says_so_and_is_linked_from_its_sheet(client):
    response = page_of(client, "psychologist")
    sheet = client.get(reverse("professions:sheet", args=["psychologist"]))

    assert "Aucune passerelle connue pour ce métier" in response.text
    assert reverse("professions:bridges", args=["psychologist"]) in sheet.text
    assert client.get(reverse("professions:bridges", args=["juggler"])).status_code == 404


def test_conditions_are_told_in_words():
    titles = {title.code: title.label for title in Qualification.objects.order_by("code")}

    assert [
        condition_words(one, titles)
        for one in (
            {"kind": "seniority", "months": 36},
            {"kind": "seniority", "months": 6, "professions": ["hospital_orderly"]},
            {"kind": "title", "any_of": ["baccalaureate", "care_baccalaureate"]},
        )
    ] == [
        "3 ans de travail à temps plein",
        "6 mois à temps plein comme : Agent de service hospitalier (ASH)",
        "Avoir l’un de ces titres : Baccalauréat, Bac professionnel ASSP ou SAPAT",
    ]
    assert [months_words(months) for months in (1, 12, 27, 60)] == [
        "1 mois",
        "1 an",
        "27 mois",
        "5 ans",
    ]
