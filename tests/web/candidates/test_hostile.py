"""Hostile or careless use of profiles: a giant file, and copies made before somebody leaves."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from ancrage.candidates.models import Document
from ancrage.privacy.services import withdraw_consent
from tests.factories import CandidateFactory

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


class Poured(io.RawIOBase):
    """The body of a request, poured as it is read: never whole in memory."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.left = [memoryview(head), size, memoryview(tail)]
        self.length = len(head) + size + len(tail)
        self.poured = 0

    def read(self, size: int = -1) -> bytes:
        size = MEGABYTE if size < 0 else min(size, MEGABYTE)
        while self.left:
            part = self.left[0]
            if isinstance(part, int):
                given, rest = b"x" * min(size, part), part - min(size, part)
            else:
                given, rest = bytes(part[:size]), part[size:]
            self.left[0] = rest
            if not rest:
                self.left.pop(0)
            if given:
                self.poured += len(given)
                return given
        return b""


def test_cv_of_200_megabytes_is_refused_and_leaves_nothing(
    client, person, territory, nurse, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    candidate = CandidateFactory(territory=territory, user=person, professions=[nurse])
    client.force_login(person)
    mark = uuid4().hex
    fields = {"kind": "cv", "title": "CV 2026"}
    head = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'
    body = Poured(f"{head}%PDF-1.7".encode(), 200 * MEGABYTE, f"\r\n--{mark}--\r\n".encode())

    response = client.generic(
        "POST",
        reverse("candidates:document_add", args=[candidate.pk]),
        **{
            "wsgi.input": body,
            "CONTENT_TYPE": f"multipart/form-data; boundary={mark}",
            "CONTENT_LENGTH": str(body.length),
        },
    )

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert "dépasse 8 Mo" in page.get_text().replace("\xa0", " ")
    assert page.find(id="id_title")["value"] == "CV 2026"
    assert Document.objects.count() == 0
    assert body.poured == body.length
    assert list(tmp_path.iterdir()) == []


def test_copy_made_before_somebody_withdrew_is_listed_to_them(
    client, coordination, coordinator, territory, person
):
    candidate = CandidateFactory(territory=territory, user=person, pooled=True)
    sent = {"reason": "Réunion du 20 novembre", "format": "csv"}
    exported = coordination.post(reverse("candidates:export"), sent)
    assert candidate.last_name in exported.content.decode("utf-8-sig")

    withdraw_consent(
        subject=candidate.subject,
        purpose="talent_pool",
        scope="",
        channel="self",
        by=person,
        now=timezone.now() + timedelta(minutes=1),
    )
    client.force_login(person)
    page = BeautifulSoup(client.get(reverse("privacy:mine")).content, "html.parser")

    looks = page.select("#consultations tbody tr")
    assert [coordinator.full_name in row.get_text() for row in looks] == [True]
    assert "une copie dans un fichier" in looks[0].get_text()
