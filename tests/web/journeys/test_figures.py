import csv
import io
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from ancrage.journeys.enums import LeaveReason
from ancrage.territory.enums import Office
from tests.factories import (
    CandidateFactory,
    JourneyFactory,
    ProfessionFactory,
    StayFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def _hire(field, count, *, left=False):
    nurse = ProfessionFactory()
    for index in range(count):
        person = CandidateFactory(
            territory=field.territory,
            professions=[nurse],
            created_at=datetime(2025, 1, 10, tzinfo=UTC),
        )
        facts = (
            {"ended_on": date(2025, 9, 1 + index % 28), "leave_reason": LeaveReason.PAY}
            if left
            else {"known_on": date(2026, 5, 1)}
        )
        StayFactory(
            journey=JourneyFactory(candidate=person),
            partner=field.partner,
            started_on=date(2025, 3, 1),
            **facts,
        )


def _tables(response):
    page = BeautifulSoup(response.content, "html.parser")
    return {
        table.caption.get_text(strip=True): [
            [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
            for row in table.tbody.find_all("tr")
        ]
        for table in page.find_all("table")
        if table.caption is not None
    }


def test_coordination_reads_small_numbers_of_its_own_people(client, field):
    _hire(field, 2)

    tables = _tables(client.get(reverse("journeys:figures")))

    assert [row[2:] for row in tables["Personnes à chaque étape"]] == [
        ["3", "100 %"],
        *[["2", "67 %"]] * 6,
    ]


def test_institution_reads_none_of_them(client, field):
    _hire(field, 2)
    client.force_login(TerritoryRoleFactory(territory=field.territory, institution=True).user)

    response = client.get(reverse("journeys:figures"))

    tables = _tables(response)
    assert {tuple(row[2:]) for row in tables["Personnes à chaque étape"]} == {
        ("— masqué", "— masqué")
    }
    assert field.person.last_name not in response.content.decode()


def test_coordination_of_elsewhere_reads_its_own_territory_only(client, field):
    _hire(field, 6)
    client.force_login(TerritoryRoleFactory().user)

    tables = _tables(client.get(reverse("journeys:figures"), {"territoire": "pays-de-retz"}))

    assert {tuple(row[2:]) for row in tables["Personnes à chaque étape"]} == {("0", "—")}


def test_page_begins_with_what_to_remember(client, field):
    _hire(field, 6)

    page = BeautifulSoup(client.get(reverse("journeys:figures")).content, "html.parser")

    sentence = page.find(class_="panel__sentence").get_text()
    assert sentence == "86 % des personnes connues ont pris un poste : 6 sur 7."


def test_curve_is_drawn_with_its_table_from_five_people_on(client, field):
    _hire(field, 8)
    _hire(field, 4, left=True)

    page = BeautifulSoup(client.get(reverse("journeys:figures")).content, "html.parser")

    assert page.find(id="retention-title") is not None
    readings = page.find("caption", string="Part encore en poste").parent
    assert readings.tbody.find_all("tr")[2].get_text(" ", strip=True).startswith("6 mois")
    reasons = page.find("caption", string="Raisons des départs").parent
    assert reasons.tbody.get_text(" ", strip=True) == "Rémunération 4"


def test_figures_without_anybody_say_so(client, field):
    response = client.get(reverse("journeys:figures"), {"annee": "1999", "origine": "import"})

    page = response.content.decode()
    assert "Rien à compter pour ces critères." in page
    assert "Il faut au moins cinq personnes suivies en poste" in page


def test_fragment_is_the_figures_of_the_page(client, field):
    _hire(field, 6)
    asked = {"origine": "spontaneous"}

    page = client.get(reverse("journeys:figures"), asked)
    fragment = client.get(reverse("journeys:figures"), asked, headers=HTMX)

    whole = BeautifulSoup(page.content, "html.parser").find(id="results")
    swapped = BeautifulSoup(fragment.content, "html.parser").find(id="results")
    assert str(whole) == str(swapped)


@pytest.mark.parametrize("count", [1, 30])
def test_figures_ask_the_same_questions_whatever_the_number(
    client, field, count, django_assert_max_num_queries
):
    _hire(field, count)

    with django_assert_max_num_queries(22):
        assert client.get(reverse("journeys:figures")).status_code == 200


def test_files_of_the_figures_hide_small_numbers_even_from_the_coordination(client, field):
    _hire(field, 2)

    response = client.get(reverse("journeys:figures_csv"), {"origine": "spontaneous"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert 'filename="parcours-en-chiffres-' in response.headers["Content-Disposition"]
    assert lines[0] == ["Tableau", "Ligne", "Mesure", "Valeur"]
    assert ["Critères", "Origine", "Valeur", "Candidature spontanée"] in lines
    assert ["Entonnoir", "Connues", "Personnes", "masqué"] in lines
    by_group = {value for table, *_rest, value in lines[1:] if table.startswith("Par ")}
    # Nobody is not a small number.
    assert by_group == {"masqué", "0"}


def test_workbook_of_the_figures_holds_each_table_of_the_page(client, field):
    _hire(field, 6)

    response = client.get(reverse("journeys:figures_xlsx"))

    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == [
        "Critères",
        "Entonnoir",
        "Restées",
        "Délais",
        "Fidélisation",
        "Départs",
        "Par métier",
        "Par origine",
        "Par structure",
    ]
    funnel = [[cell.value for cell in row] for row in book["Entonnoir"].iter_rows(min_row=2)]
    assert funnel[0] == ["Connues", 7]
    assert [row[1] for row in funnel[3:]] == [6, 6, 6, 6]
    by_partner = [[cell.value for cell in row] for row in book["Par structure"].iter_rows()]
    assert by_partner[1][0] == str(field.partner)
    assert by_partner[1][1:] == [6, 6, 6, 6, 6]


def test_whoever_reads_no_small_number_does_not_narrow_the_figures(client, field):
    """All the people less those of one profession would be the few of the others."""
    _hire(field, 8)
    CandidateFactory(
        territory=field.territory,
        professions=[ProfessionFactory(code="midwife")],
        created_at=datetime(2025, 1, 10, tzinfo=UTC),
    )
    office = TerritoryRoleFactory(territory=field.territory, office=Office.INSTITUTION)
    client.force_login(office.user)
    url = reverse("journeys:figures")
    nurse = field.territory.candidates.first().professions.first().profession

    whole, narrowed = client.get(url), client.get(url, {"metier": nurse.pk})

    assert _tables(narrowed) == _tables(whole)
    assert b'name="metier"' not in whole.content
