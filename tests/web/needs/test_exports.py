import csv
import io

import pytest
from openpyxl import load_workbook

from tests.factories import CommuneFactory, FacilityFactory, NeedFactory, ProfessionFactory

pytestmark = pytest.mark.django_db


def lines_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def needs(partner, neighbour):
    pornic = CommuneFactory(insee="44131")
    NeedFactory(partner=neighbour, published=True)
    return [
        NeedFactory(
            partner=partner,
            published=True,
            reference="000123",
            facility=FacilityFactory(partner=partner, name="Site fictif", finess_et="440000016"),
            commune=pornic,
            profession=ProfessionFactory(code="nurse"),
            positions=2,
            fte_hundredths=80,
            pay_min_cents=215050,
            pay_period="month",
            description='=HYPERLINK("http://exemple.test")',
            works_nights=True,
        ),
        NeedFactory(partner=partner, reference="BROUILLON"),
    ]


def test_csv_holds_ones_own_needs_as_filtered(client, owner, needs):
    response = client.get("/besoins/export.csv", {"etat": "published"})

    (line,) = lines_of(response)
    assert 'filename="besoins-2026-11-16.csv"' in response.headers["Content-Disposition"]
    assert (line["Référence interne"], line["FINESS"], line["Code INSEE"]) == (
        "000123",
        "440000016",
        "44131",
    )
    assert (line["Métier"], line["Nombre de postes"], line["ETP par poste"]) == (
        str(needs[0].profession),
        "2",
        "0,8",
    )
    assert (line["Date de début"], line["État"], line["Travail de nuit"]) == (
        "04/01/2027",
        "Publié",
        "oui",
    )
    assert line["Salaire minimum (€)"] == "2150,5"
    assert line["Description"].startswith("'=HYPERLINK")


def test_csv_of_the_coordination_holds_the_territory(client, coordinator, needs):
    assert len(lines_of(client.get("/besoins/export.csv"))) == 3


def test_workbook_keeps_identifiers_as_text(client, owner, needs):
    response = client.get("/besoins/export.xlsx", {"tri": "-postes"})

    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    header = [cell.value for cell in sheet[1]]
    rows = [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    assert [row["Référence interne"] for row in rows] == ["000123", "BROUILLON"]
    assert rows[0]["FINESS"] == "440000016"
    assert not str(rows[0]["Description"]).startswith("=")
    assert 'filename="besoins-2026-11-16.xlsx"' in response.headers["Content-Disposition"]


@pytest.mark.parametrize("count", [1, 30])
def test_csv_costs_the_same_for_many_needs(
    client, partner, owner, count, django_assert_num_queries
):
    NeedFactory.create_batch(count, partner=partner)
    client.get("/besoins/")

    with django_assert_num_queries(4):
        assert len(lines_of(client.get("/besoins/export.csv"))) == count
