import io
import json
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from ancrage.kit.models import StagedImport
from ancrage.partners.services.declaring import owner_of
from tests.factories import PartnerFactory, TerritoryRoleFactory, UserFactory
from tests.web.imports.helpers import CREATED, deposit, page, send, upload

pytestmark = pytest.mark.django_db


def test_deposit_leads_to_the_columns_of_the_file(client, clerk, hospital):
    answer = send(client, hospital, upload(CREATED), publish="yes")

    staged = StagedImport.objects.get()
    assert (answer.status_code, answer.url) == (302, page("columns", staged))
    assert (staged.status, staged.owner_key, staged.created_by, staged.options) == (
        "staged", owner_of(hospital), clerk, {"complete_list": False, "publish": True},
    )  # fmt: skip


def test_same_header_settled_before_leads_to_the_lines(client, clerk, hospital):
    first = deposit(client, hospital, CREATED)
    client.post(page("columns", first), {"c0": "", "c1": "profession", "c2": "contract",
                                         "c3": "starts_on", "c4": "description"})  # fmt: skip

    answer = send(client, hospital, upload(CREATED))

    assert answer.url == page("detail", StagedImport.objects.latest("pk"))


def test_unreadable_file_comes_back_with_its_sentence(client, clerk, hospital):
    answer = send(client, hospital, SimpleUploadedFile("b.xlsx", b"PK\x03\x04 coupe"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert StagedImport.objects.count() == 0


def test_empty_and_missing_files_are_asked_for(client, clerk, hospital):
    empty = send(client, hospital, SimpleUploadedFile("b.csv", b""))
    missing = client.post(reverse("imports:create"), {"target": "needs|" + owner_of(hospital)})

    assert (empty.status_code, missing.status_code) == (422, 422)
    assert missing.context["form"].errors["file"] == ["Choisissez un fichier."]


def test_file_for_another_structure_is_refused(client, clerk, hospital):
    neighbour = PartnerFactory(territory=hospital.territory)

    answer = send(client, neighbour, upload(CREATED))

    assert answer.status_code == 422
    assert StagedImport.objects.count() == 0


def test_large_file_is_read_apart_and_its_progress_shown(client, clerk, hospital, monkeypatch):
    monkeypatch.setattr("ancrage.web.imports.views.deposit.READ_AT_ONCE", 10)
    staged = deposit(client, hospital, CREATED)
    assert staged.status == "pending"
    waiting = client.get(page("detail", staged))
    bar = client.get(page("progress", staged), headers={"HX-Request": "true"})

    assert page("progress", staged) in waiting.content.decode()
    assert "<progress" in bar.content.decode()
    call_command("run_outbox")
    over = client.get(page("progress", staged), headers={"HX-Request": "true"})
    assert over.headers["HX-Redirect"] == page("columns", staged)


def test_waiting_file_can_be_stopped(client, clerk, hospital, monkeypatch):
    monkeypatch.setattr("ancrage.web.imports.views.deposit.READ_AT_ONCE", 10)
    staged = deposit(client, hospital, CREATED)

    client.post(page("abandon", staged))

    staged.refresh_from_db()
    assert (staged.status, staged.chunks.count()) == ("cancelled", 0)
    assert "s’est arrêté là" in client.get(page("detail", staged)).content.decode()


def test_template_holds_instructions_columns_and_lists(client, clerk):
    answer = client.get(reverse("imports:template", kwargs={"kind": "needs"}))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    labels = [cell.value for cell in book["Besoins"][1]]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="besoins.xlsx"'
    assert book.sheetnames[:2] == ["Mode d’emploi", "Besoins"]
    assert labels[:2] == ["Référence interne", "Métier *"]
    assert book["Besoins"].data_validations.count > 0
    assert book["Besoins"]["A2"].number_format == "@"


def test_template_filled_in_is_read_without_a_question(client, clerk, hospital):
    template = client.get(reverse("imports:template", kwargs={"kind": "needs"})).content

    send(client, hospital, SimpleUploadedFile("besoins.xlsx", template))

    staged = StagedImport.objects.get()
    assert (staged.sheet, staged.counts["read"], staged.counts["created"]) == ("Besoins", 1, 1)


def test_every_template_offered_to_an_administrator_opens(client):
    client.force_login(UserFactory(is_platform_admin=True))
    offered = re.findall(
        r"/imports/modele/[\w-]+\.xlsx", client.get(reverse("imports:create")).text
    )

    books = [openpyxl.load_workbook(io.BytesIO(client.get(url).content)) for url in offered]

    assert len(books) >= 2
    assert {book.sheetnames[0] for book in books} == {"Mode d’emploi"}


def test_unknown_template_is_not_found(client, clerk):
    assert client.get(reverse("imports:template", args=["communes"])).status_code == 404


def test_coordinator_is_offered_every_structure_its_people_and_its_sites(client, hospital):
    other = PartnerFactory(territory=hospital.territory, name="Association fictive")
    PartnerFactory(name="D’un autre territoire")
    client.force_login(TerritoryRoleFactory(territory=hospital.territory).user)

    form = client.get(reverse("imports:create")).context["form"]

    assert [value for value, _label in form.fields["target"].choices] == [
        "",
        f"needs|{owner_of(other)}",
        f"needs|{owner_of(hospital)}",
        f"resources|{owner_of(other)}",
        f"resources|{owner_of(hospital)}",
        f"candidates|territory:{hospital.territory_id}",
        f"facilities|territory:{hospital.territory_id}",
        f"data_inclusion|territory:{hospital.territory_id}",
        "zonings|reference:zonings",
    ]


def test_coordinator_deposits_the_json_of_a_directory(client, hospital):
    client.force_login(TerritoryRoleFactory(territory=hospital.territory).user)
    target = f"data_inclusion|territory:{hospital.territory_id}"
    structure = {"source": "dora", "id": "dora--1", "nom": "Ailleurs", "date_maj": "2026-10-01"}

    def send_json(content):
        file = SimpleUploadedFile("annuaire.json", content)
        return client.post(reverse("imports:create"), {"target": target, "file": file})

    read = send_json(json.dumps({"structures": [structure], "services": []}).encode())
    refused = send_json(b"{}")

    staged = StagedImport.objects.get()
    assert (read.status_code, staged.kind, staged.filename) == (
        302,
        "data_inclusion",
        "annuaire.csv",
    )
    assert list(staged.rows.values_list("outcome", flat=True)) == ["ignored"]
    assert refused.status_code == 422
    assert "n’est pas un annuaire data·inclusion" in refused.content.decode()
