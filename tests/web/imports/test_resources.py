"""Resources brought by the same pages as needs."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancrage.kit.models import StagedImport
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from tests.factories import MembershipFactory, PartnerFactory, ResourceFactory
from tests.web.imports.helpers import CREATED, deposit, page, send, upload

pytestmark = pytest.mark.django_db

HEADER = "Réf;Nature;Intitulé;Nombre;Au"
STUDIO, TUTOR = "L1;Logement;Studio meublé;2;", "T1;Tuteur;Tutrice IDE;;"
UNKNOWN = "X1;Bateau;Voilier;;"


def bring(client, partner, *lines: str, **data) -> StagedImport:
    file = upload(*lines, header=HEADER, name="ressources.csv")
    answer = send(client, partner, file, kind="resources", **data)
    assert answer.status_code == 302, answer.context["form"].errors
    return StagedImport.objects.latest("pk")


def test_resources_are_tried_then_shared(client, clerk, hospital):
    staged = bring(client, hospital, STUDIO, TUTOR, UNKNOWN, publish="yes")
    tried = client.get(page("detail", staged))
    assert tried.context["summary"] == ["2 ressources sont créées."]
    assert Resource.objects.count() == 0

    done = client.post(page("apply", staged), follow=True)

    studio, tutor = Resource.objects.order_by("reference")
    assert (done.context["sentence"], done.context["left_out"]) == (
        "2 ressources créées", "1 ligne refusée",
    )  # fmt: skip
    assert (studio.status, studio.created_by, tutor.title) == (
        ResourceStatus.PUBLISHED, clerk, "Tutrice IDE",
    )  # fmt: skip
    assert reverse("resources:detail", args=[studio.pk]) in done.text
    assert "Les ressources créées sont partagées" in done.text


def test_drafts_are_chosen_after_the_dry_run(client, clerk, hospital):
    staged = bring(client, hospital, STUDIO, publish="yes")
    client.post(page("options", staged), {"publish": "no"})
    client.post(page("apply", staged))

    assert Resource.objects.get().status == ResourceStatus.DRAFT


def test_missing_line_withdraws_only_when_the_list_is_said_complete(client, clerk, hospital):
    old = ResourceFactory(partner=hospital, published=True, title="Vélo", reference="V1")
    neighbours = ResourceFactory(
        partner=PartnerFactory(territory=hospital.territory), published=True
    )
    partial = bring(client, hospital, STUDIO)
    client.post(page("apply", partial))
    old.refresh_from_db()
    assert old.status == ResourceStatus.PUBLISHED

    complete = bring(client, hospital, STUDIO, complete_list="on")
    shown = client.get(page("detail", complete))
    client.post(page("apply", complete))

    assert "1 ressource absente du fichier est retirée." in shown.context["summary"]
    assert [row.key for row in complete.rows.filter(line__isnull=True)] == ["V1"]
    for row in (old, neighbours):
        row.refresh_from_db()
    assert (old.status, neighbours.status) == (
        ResourceStatus.WITHDRAWN, ResourceStatus.PUBLISHED,
    )  # fmt: skip


def test_what_a_complete_list_withdrew_is_put_back(client, clerk, hospital):
    old = ResourceFactory(partner=hospital, published=True, title="Vélo")
    staged = bring(client, hospital, STUDIO, complete_list="on")
    done = client.post(page("apply", staged), follow=True)
    assert "Rétablir 1 fiche" in done.text

    again = client.post(page("put_back", staged), follow=True)

    old.refresh_from_db()
    assert old.status == ResourceStatus.PUBLISHED
    assert [str(message) for message in again.context["messages"]] == ["1 fiche rétablie."]
    twice = client.post(page("put_back", staged), follow=True)
    assert "plus rien à rétablir" in twice.text


def test_report_of_resources_keeps_the_cells_and_the_reasons(client, clerk, hospital):
    staged = bring(client, hospital, STUDIO, UNKNOWN)

    book = openpyxl.load_workbook(io.BytesIO(client.get(page("report", staged)).content))

    refused = [cell.value for cell in book.worksheets[0][3]]
    assert refused[:3] == ["X1", "Bateau", "Voilier"]
    assert any("Bateau" in str(value) for value in refused[5:])


def test_template_of_resources_filled_in_is_read_without_a_question(client, clerk, hospital):
    template = client.get(reverse("imports:template", args=["resources"])).content

    send(client, hospital, SimpleUploadedFile("r.xlsx", template), kind="resources")

    staged = StagedImport.objects.get()
    assert (staged.kind, staged.missing_columns()) == ("resources", [])


def test_welcome_body_imports_what_it_shares_and_no_need(client, hospital):
    body = PartnerFactory(territory=hospital.territory, welcome=True, commune=hospital.commune)
    client.force_login(MembershipFactory(welcome=True, partner=body).user)

    staged = bring(client, body, STUDIO)
    needs = send(client, body, upload(CREATED))

    assert (staged.counts["created"], needs.status_code) == (1, 422)


def test_import_of_needs_and_of_resources_of_one_structure_do_not_meet(client, clerk, hospital):
    needs = deposit(client, hospital, CREATED)
    resources = bring(client, hospital, STUDIO)

    client.post(page("apply", needs))
    client.post(page("apply", resources))

    assert [one.status for one in StagedImport.objects.order_by("pk")] == ["applied", "applied"]


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("detail", "get"), ("columns", "get"), ("report", "get"), ("progress", "get"),
        ("apply", "post"), ("options", "post"), ("abandon", "post"), ("put_back", "post"),
    ],
)  # fmt: skip
def test_member_of_another_structure_finds_no_import_of_resources(
    client, clerk, hospital, name, method
):
    staged = bring(client, hospital, STUDIO)
    neighbour = PartnerFactory(territory=hospital.territory)
    client.force_login(MembershipFactory(partner=neighbour).user)

    assert getattr(client, method)(page(name, staged)).status_code == 404
    staged.refresh_from_db()
    assert (staged.status, Resource.objects.count()) == ("staged", 0)


def test_member_of_another_structure_cannot_bring_resources_for_it(client, clerk, hospital):
    client.force_login(MembershipFactory(partner=PartnerFactory()).user)
    file = upload(STUDIO, header=HEADER)

    assert send(client, hospital, file, kind="resources").status_code == 422
    assert StagedImport.objects.count() == 0
