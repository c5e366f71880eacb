"""Lists of official zones: brought as any table, shown side by side, withdrawn when asked."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancrage.kit.models import AuditLine, StagedImport
from ancrage.schemes.models import Zoning, ZoningList
from tests.factories import (
    CommuneFactory,
    DepartmentFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db

URL = "/aides/zonages/"
TARGET = "zonings|reference:zonings"
OLD = "code insee;zonage\n44901;ZIP\n44902;Zone d’action complémentaire\n44903;ZIP\n"
NEW = "code insee;zonage\n44901;ZIP\n44902;ZIP\n44904;hors zone\n44905;ZAC\n"
ASKED = {
    "source": "ARS fictive",
    "vintage": "2022",
    "licence": "Licence Ouverte 2.0",
    "since": "2022-01-01",
    "departments": "",
}


@pytest.fixture
def coordinator(client):
    department = DepartmentFactory(code="44")
    communes = [
        CommuneFactory(insee=f"4490{rank}", name=f"Commune {rank}", department=department)
        for rank in range(1, 6)
    ]
    user = TerritoryRoleFactory(territory=TerritoryFactory(communes=communes)).user
    client.force_login(user)
    return user


def bring(client, text: str, **changed) -> StagedImport:
    """Try a list."""
    file = SimpleUploadedFile("zonage.csv", text.encode())
    answer = client.post(
        reverse("imports:create"), {"target": TARGET, "file": file, **ASKED, **changed}
    )
    assert answer.status_code == 302, answer.content
    return StagedImport.objects.latest("pk")


def apply(client, staged: StagedImport) -> None:
    assert client.post(reverse("imports:apply", args=[staged.pk])).status_code == 302
    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.APPLIED


def periods() -> set[tuple[str, str, str, str]]:
    rows = Zoning.objects.values_list("commune__insee", "zone", "starts_on", "ends_on")
    return {(insee, zone, str(first), str(last or "")) for insee, zone, first, last in rows}


def text_of(response) -> str:
    page = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(page.get_text(" ").split()).replace("\u202f", " ").replace("\xa0", " ")


def test_a_list_is_tried_then_written_with_its_source(client, coordinator):
    staged = bring(client, OLD)
    assert staged.counts["created"] == 3
    assert not Zoning.objects.exists()

    apply(client, staged)

    assert periods() == {
        ("44901", "ZIP", "2022-01-01", ""),
        ("44902", "ZAC", "2022-01-01", ""),
        ("44903", "ZIP", "2022-01-01", ""),
    }
    said = text_of(client.get(URL))
    assert "ARS fictive, 2022" in said
    assert "Licence Ouverte 2.0" in said
    assert "Importer une liste" in said
    again = bring(client, OLD)
    assert (again.counts["unchanged"], again.counts["created"]) == (3, 0)


def test_a_later_whole_list_ends_the_former_which_stays_and_comes_back(client, coordinator):
    apply(client, bring(client, OLD))
    before = periods()
    told = {"vintage": "2026", "since": "2026-01-01", "departments": "44"}
    staged = bring(client, NEW, **told)
    counts = {name: count for name, count in staged.counts.items() if count}
    assert counts == {"read": 4, "created": 2, "changed": 1, "ignored": 1, "closed": 2}

    apply(client, staged)

    assert periods() == {
        ("44901", "ZIP", "2022-01-01", "2025-12-31"),
        ("44901", "ZIP", "2026-01-01", ""),
        ("44902", "ZAC", "2022-01-01", "2025-12-31"),
        ("44902", "ZIP", "2026-01-01", ""),
        ("44903", "ZIP", "2022-01-01", "2025-12-31"),
        ("44905", "ZAC", "2026-01-01", ""),
    }
    assert set(ZoningList.objects.values_list("zone", "starts_on")) == {
        ("ZIP", date(2026, 1, 1)),
        ("ZAC", date(2026, 1, 1)),
    }
    # The former cannot go first: the later one leans on it.
    client.post(f"{URL}retirer/?source=ARS+fictive,+2022")
    assert len(periods()) == 6
    assert "retirez d’abord" in client.get(URL).content.decode()
    asked = client.get(f"{URL}retirer/?source=ARS+fictive,+2026")
    assert "Retirer cette liste de zonages" in text_of(asked)
    assert client.post(f"{URL}retirer/?source=ARS+fictive,+2026").url == URL
    assert periods() == before
    assert not ZoningList.objects.exists()
    line = AuditLine.objects.get(action="zonings.withdrawn")
    assert line.changes["created"] == [3, 0]


def test_a_commune_in_two_zones_of_doctors_is_asked_about(client, coordinator):
    apply(client, bring(client, OLD))

    staged = bring(client, "insee;zone\n44902;ZIP\n", vintage="2026", since="2026-01-01")

    row = staged.rows.get()
    assert row.outcome == "to_check"
    assert row.problems[0]["code"] == "other_zone"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Pornic;ZIP;", "insee"),
        ("29001;ZIP;", "unknown_commune"),
        ("44901;zone bleue;", "zone"),
        ("44901;ZIP;01/01/2020", "disorder"),
    ],
)
def test_lines_that_cannot_be_are_named(client, coordinator, line, code):
    staged = bring(client, f"insee;zone;fin\n{line}\n44902;ZAC;\n")

    row = staged.rows.get(line=2)
    assert (row.outcome, row.problems[0]["code"]) == ("rejected", code)


def test_periods_that_meet_and_lines_without_a_day_are_refused(client, coordinator):
    apply(client, bring(client, OLD))

    meeting = bring(client, "insee;zone;depuis\n44901;ZIP;01/01/2020\n", since="")
    dateless = bring(client, "insee;zone\n44905;ZIP\n", since="")

    assert meeting.rows.get().problems[0]["code"] == "overlap"
    assert dateless.rows.get().problems[0]["code"] == "no_start"


def test_a_departement_that_is_none_is_refused(client, coordinator):
    file = SimpleUploadedFile("zonage.csv", OLD.encode())
    answer = client.post(
        reverse("imports:create"),
        {"target": TARGET, "file": file, **ASKED, "departments": "44, 999"},
    )

    assert answer.status_code == 422
    assert "Département inconnu" in text_of(answer)


def test_everybody_reads_the_lists_and_none_is_said(client):
    said = text_of(client.get(URL))

    assert "Aucun zonage n’est importé" in said
    assert "Importer une liste" not in said


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_one_list_as_for_three(
    client, coordinator, django_assert_num_queries, count
):
    for year in range(2020, 2020 + count):
        apply(client, bring(client, OLD, vintage=str(year), since=f"{year}-01-01"))

    with django_assert_num_queries(5):
        client.get(URL)
