import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from ancrage.candidates import services
from ancrage.candidates.enums import DocumentFormat
from ancrage.candidates.models import Document
from ancrage.candidates.validators import MAX_DOCUMENT_BYTES, document_format
from ancrage.kit.models import AuditLine
from tests.factories import CandidateFactory, ProofFactory, UserFactory
from tests.factories.moments import NOW

PDF = b"%PDF-1.7\nun document fictif"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


def archive(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, DocumentFormat.PDF),
        (b"\n\n%PDF-1.4", DocumentFormat.PDF),
        (b"\xff\xd8\xff\xe0fictif", DocumentFormat.JPEG),
        (b"\x89PNG\r\n\x1a\nfictif", DocumentFormat.PNG),
        (archive(**DOCX), DocumentFormat.DOCX),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), DocumentFormat.ODT),
    ],
)
def test_format_is_told_by_the_content(content, expected):
    assert document_format(content) == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"#!/bin/sh\nrm -rf /", "format"),
        (b"MZ\x90\x00", "format"),
        (b"<html><script>alert(1)</script>", "format"),
        (b"x" * 2000 + b"%PDF-1.7", "format"),
        (b"%PDF-1.7 /OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "active"),
        (b"%PDF-1.7 /Launch", "active"),
        (PDF + b"x" * MAX_DOCUMENT_BYTES, "too_large"),
        (archive(**{"a.exe": b"MZ"}), "format"),
        (archive(**DOCX, **{"word/vbaProject.bin": b"x"}), "active"),
        (archive(**DOCX, **{"word/embeddings/o.bin": b"x"}), "active"),
        (archive(**DOCX, **{"bomb": b"0" * 70_000_000}), "bomb"),
        (archive(**DOCX, **{f"n{rank}": b"" for rank in range(401)}), "bomb"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "format"),
        (b"PK\x03\x04 cut short", "format"),
    ],
)
def test_script_bomb_or_stranger_is_refused_with_its_reason(content, code):
    with pytest.raises(ValidationError) as refusal:
        document_format(content)

    assert refusal.value.code == code


def test_locked_archive_is_refused():
    packed = bytearray(archive(**DOCX))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        flags = 6 if mark == b"PK\x03\x04" else 8
        at = packed.find(mark)
        while at >= 0:
            packed[at + flags] |= 1
            at = packed.find(mark, at + 4)

    with pytest.raises(ValidationError) as refusal:
        document_format(bytes(packed))

    assert refusal.value.code == "locked"


def add(candidate, content=PDF, **facts):
    return services.add_document(
        candidate=candidate,
        kind=facts.pop("kind", "cv"),
        title=facts.pop("title", "CV 2026"),
        content=content,
        by=facts.pop("by", None),
        now=NOW,
    )


@pytest.mark.django_db
def test_file_is_kept_under_a_drawn_name_that_tells_nothing(files):
    candidate = CandidateFactory(user=UserFactory())

    document = add(candidate, title=" CV  de Alix ", by=candidate.subject.user)

    assert (document.title, document.format, document.size) == ("CV de Alix", "pdf", len(PDF))
    assert document.file.name == f"candidates/{document.key[:2]}/{document.key}.pdf"
    assert (files / document.file.name).read_bytes() == PDF
    assert AuditLine.objects.get().target_label == f"document cv {document.pk}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field"), [({"kind": "song"}, "kind"), ({"title": " "}, "title")]
)
def test_file_without_a_nature_or_a_title_is_refused(files, facts, field):
    with pytest.raises(ValidationError) as refusal:
        add(CandidateFactory(), **facts)

    assert list(refusal.value.message_dict) == [field]
    assert list(files.rglob("*.pdf")) == []


@pytest.mark.django_db
def test_same_file_and_too_many_are_refused():
    candidate = CandidateFactory()
    for rank in range(20):
        add(candidate, PDF + str(rank).encode())

    with pytest.raises(services.TooManyDocuments):
        add(candidate)
    Document.objects.order_by("pk").first().delete()
    with pytest.raises(services.DocumentTwice):
        add(candidate, PDF + b"19")


@pytest.mark.django_db
def test_file_goes_with_a_transaction_that_fails(files, monkeypatch):
    monkeypatch.setattr("ancrage.candidates.services.documents.record", _fail)

    with pytest.raises(RuntimeError):
        add(CandidateFactory())

    assert [path for path in files.rglob("*") if path.is_file()] == []
    assert Document.objects.count() == 0


def _fail(**_line):
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_withdrawn_file_is_gone_and_its_proof_stays():
    candidate = CandidateFactory()
    document = add(candidate)
    proof = ProofFactory(candidate=candidate, document=document)

    services.withdraw_document(document=document, by=UserFactory(), now=NOW)

    assert not default_storage.exists(document.file.name)
    proof.refresh_from_db()
    assert (proof.document, Document.objects.count()) == (None, 0)
