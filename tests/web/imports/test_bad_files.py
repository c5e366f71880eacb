"""Files that are wrong as a whole, by the page: a sentence beside the field, nothing kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ancrage.kit.models import OutboxTask, StagedChunk, StagedImport
from ancrage.needs.models import Need
from tests.kit.tabular.builders import compound_file, xlsx
from tests.web.imports.helpers import CREATED, HEADER, deposit, page, send, upload

pytestmark = pytest.mark.django_db


ENCRYPTED = compound_file({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": b"x" * 600})


def zeros() -> bytes:
    """A workbook of half a megabyte whose sheet unpacks to five hundred."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(["Métier"]))) as sound,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            if not name.startswith("xl/worksheets/"):
                archive.writestr(name, sound.read(name))
                continue
            with archive.open(name, "w", force_zip64=True) as part:
                for _ in range(500):
                    part.write(bytes(1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["needs", "resources"])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("besoins.csv", b"", "vide"),
        ("besoins.xlsx", b"", "vide"),
        ("besoins.csv", b"%PDF-1.7 besoins", "PDF"),
        ("besoins.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "abîmé"),
        ("besoins.xlsx", b"PK\x03\x04 coupe", "abîmé"),
        ("besoins.xlsx", ENCRYPTED, "mot de passe"),
        ("besoins.csv", "Métier;ETP\nIDE".encode("utf-16")[:-1], "abîmé"),
    ],
    ids=[
        "empty",
        "empty workbook",
        "wrong extension",
        "broken container",
        "cut",
        "encrypted",
        "half a letter",
    ],
)
def test_unreadable_file_is_told_beside_the_field(
    client, clerk, hospital, kind, name, content, told
):
    answer = send(client, hospital, SimpleUploadedFile(name, content), kind=kind)

    assert answer.status_code == 422
    assert told in " ".join(answer.context["form"].errors["file"])
    assert (StagedImport.objects.count(), StagedChunk.objects.count()) == (0, 0)


def test_five_hundred_megabytes_of_zeros_are_refused_beside_the_field(client, clerk, hospital):
    content = zeros()
    assert len(content) < 1024 * 1024

    answer = send(client, hospital, SimpleUploadedFile("besoins.xlsx", content))

    assert answer.status_code == 422
    assert "Mo" in answer.context["form"].errors["file"][0]
    assert StagedImport.objects.count() == 0


def test_file_of_more_than_twenty_megabytes_is_refused_unread(
    client, clerk, hospital, monkeypatch
):
    monkeypatch.setattr("ancrage.web.imports.forms.LARGEST", 10)

    answer = send(client, hospital, upload(CREATED))

    assert answer.status_code == 422
    assert "plus de 20 Mo" in answer.context["form"].errors["file"][0]
    assert StagedImport.objects.count() == 0


def test_header_alone_is_told_on_its_page(client, clerk, hospital):
    send(client, hospital, upload())

    staged = StagedImport.objects.get()
    answer = client.get(page("detail", staged))
    assert staged.status == "failed"
    assert staged.failure in answer.text
    assert client.post(page("apply", staged)).status_code == 302
    assert Need.objects.count() == 0


def test_formula_in_a_file_leaves_as_text_in_every_export(client, clerk, hospital):
    staged = deposit(client, hospital, "A1;1;IDE;CDI;01/02/2027;=1+1", publish="yes")
    client.post(page("apply", staged))

    csv = b"".join(client.get("/besoins/export.csv").streaming_content).decode("utf-8-sig")

    assert Need.objects.get().description == "=1+1"
    assert "'=1+1" in csv
    assert ";=1+1" not in csv


def test_reading_that_was_killed_waits_and_is_taken_up_again(
    client, clerk, hospital, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("ancrage.web.imports.views.deposit.READ_AT_ONCE", 10)
    staged = deposit(client, hospital, CREATED)
    # The process died in the middle of its reading: the line says so, the task is still there.
    StagedImport.objects.filter(pk=staged.pk).update(status="staging", attempt=1, progress=40)
    assert "Lecture en cours" in client.get(page("detail", staged)).text
    assert OutboxTask.objects.filter(key=f"import:{staged.pk}:0", done_at=None).exists()

    client.post(page("abandon", staged))

    staged.refresh_from_db()
    assert (staged.status, staged.rows.count(), Need.objects.count()) == ("cancelled", 0, 0)


def test_utf_16_and_no_header_are_read_by_the_page(client, clerk, hospital):
    text = "\r\n".join((HEADER, CREATED))
    send(client, hospital, SimpleUploadedFile("b.csv", text.encode("utf-16")))
    without = send(client, hospital, SimpleUploadedFile("c.csv", CREATED.encode()))

    utf_16, headless = StagedImport.objects.order_by("pk")
    assert utf_16.counts["created"] == 1
    assert without.url == page("columns", headless)
    assert "Aucune ligne d’en-tête reconnue" in client.get(without.url).text
