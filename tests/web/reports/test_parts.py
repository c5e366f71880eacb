"""Reports on a part of a territory, and retention, as they are printed."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ancrage.roadmap.models import Report
from tests.factories import (
    CommuneFactory,
    EpciFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW
from tests.factories.reports import CONTENTS, RETENTION, ReportFactory
from tests.factories.roadmap import RoadmapFactory
from tests.papers import pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def territory():
    west = CommuneFactory(epci=EpciFactory(siren="200000001", name="Ouest"), name="Port-Fictif")
    east = CommuneFactory(epci=EpciFactory(siren="200000002", name="Est"))
    territory = TerritoryFactory(slug="pays-de-retz", communes=[west, east])
    NeedFactory(partner=PartnerFactory(territory=territory), commune=west, published=True)
    return territory


@pytest.fixture
def coordinator(territory, client):
    client.force_login(TerritoryRoleFactory(territory=territory).user)
    return client


def test_report_of_an_intercommunality_says_what_it_leaves_out(coordinator, territory):
    roadmap = RoadmapFactory(territory=territory)
    page = coordinator.get(reverse("reports:create"))
    assert page.context["form"].fields["perimeter"].choices == [
        ("", "Territoire entier"),
        ("Intercommunalités", [("epci:200000002", "Est"), ("epci:200000001", "Ouest")]),
    ]

    made = coordinator.post(
        reverse("reports:create"),
        {
            "territory": territory.pk,
            "perimeter": "epci:200000001",
            "starts_on": "2026-01-01",
            "ends_on": "2026-10-31",
            "roadmap": roadmap.pk,
        },
    )

    report = Report.objects.get()
    assert (report.perimeter, report.roadmap) == ("epci:200000001", None)
    shown = coordinator.get(made.url)
    assert "personnes connues" in shown.context["shown"].missing
    assert "Port-Fictif" in shown.content.decode()
    told = " ".join(" ".join(pages_of(_file(coordinator, "pdf", report))).split())
    assert "Ce que ce rapport ne dit pas" in told
    assert "une partie du territoire : Ouest" in told.replace("\xa0", " ")
    book = load_workbook(BytesIO(_file(coordinator, "xlsx", report)))
    brief = {row[0].value: row[1].value for row in book["En bref"]}
    assert (brief["Périmètre"], brief["Commune"]) == ("Ouest", "Port-Fictif")
    assert "Personnes et mises en relation" not in book.sheetnames


def test_part_of_another_territory_is_refused_and_the_form_kept(coordinator, territory):
    response = coordinator.post(
        reverse("reports:create"),
        {
            "territory": territory.pk,
            "perimeter": "epci:200000009",
            "starts_on": "2026-01-01",
            "ends_on": "2026-10-31",
        },
    )

    assert response.status_code == 422
    assert "perimeter" in response.context["form"].errors


def test_retention_is_drawn_told_month_by_month_and_by_structure(coordinator, territory):
    journeys = {**CONTENTS["parts"][0], "section": "journeys", "title": "Parcours"}
    contents = {**CONTENTS, "parts": [journeys], "retention": RETENTION}
    report = ReportFactory(territory=territory, contents=contents)

    kept = coordinator.get(reverse("reports:detail", args=[report.pk])).context["kept"]

    assert kept.sentence == "40\xa0prises de poste sont suivies, toutes années réunies."
    assert [(line.label, *line.cells) for line in kept.months] == [
        ("6\xa0mois", "90\xa0%", "80\xa0–\xa095\xa0%", "29"),
        ("12\xa0mois", "90\xa0%", "80\xa0–\xa095\xa0%", "14"),
        ("24\xa0mois", "masqué", "masqué", "masqué"),
    ]
    assert [group.title for group in kept.groups] == ["Par structure"]
    told = " ".join(" ".join(pages_of(_file(coordinator, "pdf", report))).split())
    assert "95 %, sur 20 suivies" in told.replace("\xa0", " ")
    book = load_workbook(BytesIO(_file(coordinator, "xlsx", report)))
    rows = [tuple(cell.value for cell in row) for row in book["Fidélisation"]]
    assert rows[1] == ("Lecture", 6, 90, 80, 95, 29)
    assert rows[3] == ("Lecture", 24, *["masqué"] * 4)
    assert rows[4] == ("Courbe", 0, 100, 100, 100, 40)
    groups = [tuple(cell.value for cell in row) for row in book["Fidélisation par groupe"]]
    assert groups[1] == ("Structure", "Hôpital fictif", 6, 95, 85, 100, 20)


def _file(client, kind, report):
    return client.get(reverse(f"reports:{kind}", args=[report.pk])).content
