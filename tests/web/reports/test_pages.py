"""The pages of reports, their files, the figures that everybody reads."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ancrage.roadmap import services
from ancrage.roadmap.enums import ReportSection
from ancrage.roadmap.models import PublicFigure, Report, ReportComment
from ancrage.territory.enums import Office
from tests.factories import (
    CandidateFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW
from tests.factories.reports import CONTENTS, ReportFactory
from tests.factories.roadmap import (
    ActionFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    RoadmapFactory,
)
from tests.papers import pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz")


@pytest.fixture
def coordinator(territory, client):
    client.force_login(TerritoryRoleFactory(territory=territory).user)
    return client


def published(territory, **facts):
    report = ReportFactory(territory=territory, status="published", **facts)
    report.editions.create(
        version=1,
        title=report.title,
        contents={**CONTENTS, "comments": {"needs": "Un commentaire."}},
        published_at=NOW,
    )
    return report


def test_coordinator_opens_comments_and_publishes(coordinator, territory):
    NeedFactory(partner=PartnerFactory(territory=territory), published=True)
    roadmap = RoadmapFactory(territory=territory)
    ActionFactory(axis__roadmap=roadmap)

    form = coordinator.get(reverse("reports:create"))
    assert form.context["form"].initial["starts_on"] == date(2025, 1, 1)
    made = coordinator.post(
        reverse("reports:create"),
        {
            "territory": territory.pk,
            "starts_on": "2026-01-01",
            "ends_on": "2026-10-31",
            "roadmap": roadmap.pk,
        },
    )
    report = Report.objects.get()
    assert made.url == reverse("reports:detail", args=[report.pk])
    comment = reverse("reports:comment", args=[report.pk, "needs"])
    sent = coordinator.post(comment, {"text": "Un été difficile.", "revision": 0})
    assert sent.url.endswith("#needs")
    page = coordinator.get(made.url)
    assert "Un été difficile." in page.content.decode()
    assert roadmap.title in page.content.decode()

    assert coordinator.get(reverse("reports:publish", args=[report.pk])).status_code == 200
    coordinator.post(reverse("reports:publish", args=[report.pk]))

    report.refresh_from_db()
    assert report.status == "published"
    assert report.editions.get().contents["comments"] == {"needs": "Un été difficile."}


def test_draft_of_months_under_way_says_where_it_stops_and_from_when_it_is_published(
    coordinator, territory
):
    report = ReportFactory(territory=territory, ends_on=date(2026, 11, 30))

    html = coordinator.get(reverse("reports:detail", args=[report.pk])).content.decode()
    refused = coordinator.post(reverse("reports:publish", args=[report.pk]), follow=True)

    assert "chiffres arrêtés au 10 janvier 2026" in html
    assert "se publie à partir du 1er décembre 2026" in html
    assert reverse("reports:publish", args=[report.pk]) not in html
    assert "se publie à partir du 1er décembre 2026" in refused.content.decode()
    report.refresh_from_db()
    assert report.status == "draft"


def test_months_that_are_not_whole_are_refused_and_the_form_kept(coordinator, territory):
    response = coordinator.post(
        reverse("reports:create"),
        {"territory": territory.pk, "starts_on": "2026-01-01", "ends_on": "2026-10-15"},
    )

    assert response.status_code == 422
    assert "des mois entiers" in str(response.context["form"].errors["ends_on"])
    assert not Report.objects.exists()


def test_comment_written_meanwhile_is_shown_beside_what_was_typed(coordinator, territory):
    report = ReportFactory(territory=territory)
    services.comment_on(
        report=report, section=ReportSection.NEEDS, text="Le leur.", revision=0, by=None, now=NOW
    )
    address = reverse("reports:comment", args=[report.pk, "needs"])

    response = coordinator.post(address, {"text": "Le mien.", "revision": 0})

    assert response.status_code == 409
    html = response.content.decode()
    assert "Le leur." in html
    assert "Le mien." in html
    again = {"text": "Le mien.", "revision": response.context["form"]["revision"].value()}
    assert coordinator.post(address, again).status_code == 302
    assert ReportComment.objects.get().text == "Le mien."


def test_comment_that_tells_of_a_person_is_pointed_at_once(coordinator, territory):
    report = ReportFactory(territory=territory)
    address = reverse("reports:comment", args=[report.pk, "needs"])
    told = {"text": "Elle est enceinte de six mois.", "revision": 0}

    first = coordinator.post(address, told)
    named = coordinator.post(address, {"text": "Merci à Mme Martin.", "revision": 0})

    assert (first.status_code, named.status_code) == (422, 422)
    assert "ce qu’un rapport ne fait pas" in first.content.decode()
    assert f'name="relu" value="{told["text"]}"' in first.content.decode()
    assert coordinator.post(address, {**told, "relu": told["text"]}).status_code == 302


def test_member_and_institution_read_the_published_version_not_the_draft(client, territory):
    report = published(territory)
    report.comments.create(section="needs", text="Pas encore dit.", written_at=NOW)
    services.reopen_report(report=report, by=None, now=NOW)
    hidden = ReportFactory(territory=territory, starts_on=date(2024, 1, 1))
    institution = TerritoryRoleFactory(territory=territory, office=Office.INSTITUTION).user
    member = MembershipFactory(partner=PartnerFactory(territory=territory)).user

    for reader in (institution, member):
        client.force_login(reader)
        page = client.get(reverse("reports:detail", args=[report.pk]))
        assert page.context["shown"].version == 1
        assert "Un commentaire." in page.content.decode()
        assert "Pas encore dit." not in page.content.decode()
        assert client.get(reverse("reports:detail", args=[hidden.pk])).status_code == 404
        assert [one.pk for one in client.get(reverse("reports:list")).context["page"]] == [
            report.pk
        ]
        assert client.get(f"{page.request['PATH_INFO']}?version=2").status_code == 404


def test_reports_are_searched_and_an_empty_list_says_what_to_do(coordinator, territory):
    assert "Faire le premier rapport" in coordinator.get(reverse("reports:list")).content.decode()
    report = published(territory, title="Bilan de la rentrée")
    ReportFactory(territory=territory, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))

    found = coordinator.get(reverse("reports:list"), {"q": "rentree", "annee": "2025"})

    assert [one.pk for one in found.context["page"]] == [report.pk]
    assert found.context["page"][0].last_version == 1


@pytest.mark.parametrize("number", [1, 4])
def test_pages_ask_as_many_queries_whatever_the_number(
    coordinator, territory, django_assert_num_queries, number
):
    for year in range(2025 - number, 2025):
        report = published(territory, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    coordinator.get(reverse("reports:list"))

    with django_assert_num_queries(6):
        coordinator.get(reverse("reports:list"))
    with django_assert_num_queries(9):
        coordinator.get(reverse("reports:detail", args=[report.pk]))


def test_paper_and_workbook_say_what_the_page_says(coordinator, territory):
    CandidateFactory.create_batch(2, territory=territory, created_at=NOW)
    roadmap = RoadmapFactory(territory=territory)
    action = ActionFactory(axis__roadmap=roadmap)
    aim = {"target": Decimal("240.5"), "target_on": date(2027, 12, 31), "unit": "jours"}
    value = IndicatorValueFactory(
        indicator=IndicatorFactory(axis=action.axis, **aim), value=Decimal("8120.5")
    )
    report = services.create_report(
        territory=territory,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        roadmap=roadmap,
        by=None,
        now=NOW,
    )

    paper = coordinator.get(reverse("reports:pdf", args=[report.pk]))
    workbook = coordinator.get(reverse("reports:xlsx", args=[report.pk]))

    told = " ".join(" ".join(pages_of(paper.content)).split())
    assert "Rapport d’activité 2026" in told
    for mark in (b"/Outlines", b"/Lang(fr)", b"/DisplayDocTitle true", b"/Marked true"):
        assert mark in paper.content
    assert action.title in told
    assert "masqué" in told
    book = load_workbook(BytesIO(workbook.content))
    assert book.sheetnames[:2] == ["En bref", "Besoins"]
    assert book.sheetnames[-1] == "Définitions"
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert "Conditions de travail, sécurité" in book.sheetnames
    row = [cell.value for cell in book["Indicateurs"][2]]
    assert row[1:5] == [value.indicator.title, 8120.5, 240.5, "jours"]
    assert row[5].date() == date(2027, 12, 31)
    assert book["Actions"]["D2"].value.date() == date(2026, 12, 31)
    people = {row[0].value: row[1].value for row in book["Personnes et mises en relation"]}
    assert people["Personnes connues"] == "masqué"
    assert people["Personnes embauchées"] == 0
    assert "rapport-pays-de-retz-2026-01-2026-12-brouillon.pdf" in paper["Content-Disposition"]


def test_paper_and_workbook_say_why_an_action_stopped_and_every_comment(coordinator, territory):
    action = ActionFactory(
        axis__roadmap__territory=territory, state="stopped", stop_reason="Faute de financeur."
    )
    report = services.create_report(
        territory=territory,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        roadmap=action.axis.roadmap,
        by=None,
        now=NOW,
    )
    for section in (ReportSection.SUMMARY, ReportSection.NEEDS, ReportSection.CHANGES):
        services.comment_on(
            report=report,
            section=section,
            text=f"Un mot sur {section.value}.",
            revision=0,
            by=None,
            now=NOW,
        )

    page = coordinator.get(reverse("reports:detail", args=[report.pk])).content.decode()
    paper = coordinator.get(reverse("reports:pdf", args=[report.pk]))
    book = load_workbook(
        BytesIO(coordinator.get(reverse("reports:xlsx", args=[report.pk])).content)
    )

    assert "Faute de financeur." in page
    assert "Commentaire de la coordination, sur ce qui a changé" in page
    told = " ".join(" ".join(pages_of(paper.content)).split())
    assert "Faute de financeur." in told
    assert "Un mot sur changes." in told
    assert book["Actions"]["H2"].value == "Faute de financeur."
    said = [row[:2] for row in book["En bref"].iter_rows(values_only=True)]
    assert [row for row in said if row[0].startswith("Commentaire")] == [
        ("Commentaire", "Un mot sur summary."),
        ("Commentaire, ce qui a changé", "Un mot sur changes."),
        ("Commentaire, besoins", "Un mot sur needs."),
    ]


def test_contents_lead_to_the_heading_of_each_part_and_axis(coordinator, territory):
    roadmap = RoadmapFactory(territory=territory)
    axis = ActionFactory(axis__roadmap=roadmap).axis
    report = services.create_report(
        territory=territory,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        roadmap=roadmap,
        by=None,
        now=NOW,
    )

    page = coordinator.get(reverse("reports:detail", args=[report.pk]))

    html = page.content.decode()
    lines = page.context["shown"].outline
    assert [one.title for one in lines[:4]] == [
        "À retenir",
        "Feuille de route",
        f"Axe {axis.rank}\xa0: {axis.title}",
        "Besoins",
    ]
    for one in lines:
        assert f'<a href="{one.href}">' in html
        assert html.count(f'id="{one.href[1:]}" tabindex="-1"') == 1


def test_draft_is_computed_again_given_up_and_a_version_reopened(coordinator, territory):
    report = ReportFactory(territory=territory)
    coordinator.post(reverse("reports:compute", args=[report.pk]))
    report.refresh_from_db()
    assert report.contents["territory"] == territory.name

    coordinator.post(reverse("reports:discard", args=[report.pk]))
    assert not Report.objects.exists()

    report = published(territory)
    coordinator.post(reverse("reports:reopen", args=[report.pk]))
    report.refresh_from_db()
    assert (report.status, report.version) == ("draft", 2)
    refused = coordinator.post(reverse("reports:reopen", args=[report.pk]), follow=True)
    assert "n’est plus possible" in refused.content.decode()


def test_visitor_reads_only_the_figures_that_were_opened(client, territory):
    published(territory)
    page = reverse("reports:public")
    assert "Aucun chiffre public" in client.get(page).content.decode()

    client.force_login(TerritoryRoleFactory(territory=territory).user)
    chosen = client.post(
        reverse("reports:public_choose"), {"needs": ["needs.filled"], "people": ["people.hired"]}
    )
    assert chosen.url == f"{page}?territoire=pays-de-retz"
    client.logout()

    shown = client.get(page)
    assert [one["key"] for one in shown.context["found"].figures] == [
        "needs.filled",
        "people.hired",
    ]
    assert "masqué" in shown.content.decode()
    assert "Personnes connues" not in shown.content.decode()
    lines = b"".join(client.get(reverse("reports:public_csv"))).decode("utf-8-sig").splitlines()
    assert [line.split(";")[:2] for line in lines[1:]] == [
        ["Besoins pourvus", "7"],
        ["Personnes embauchées", "masqué"],
    ]


def test_figure_nobody_knows_is_not_opened(coordinator, territory):
    response = coordinator.post(reverse("reports:public_choose"), {"needs": ["needs.invented"]})

    assert response.status_code == 422
    assert not PublicFigure.objects.exists()
