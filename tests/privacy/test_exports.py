"""The copy a person takes away: everything, readable by programs and by people."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from ancrage.kit.models import AuditLine
from ancrage.privacy.models import DataSubject, RightsRequest
from ancrage.privacy.rights import Export, ExportedFile, exports
from ancrage.privacy.services import export_subject
from tests.factories import (
    AccessTraceFactory,
    ConsentEntryFactory,
    DataSubjectFactory,
    RightsRequestFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def exported(subject: DataSubject, by: Any = None, **more: Any) -> zipfile.ZipFile:
    stream = io.BytesIO()
    export_subject(subject=subject, stream=stream, by=by, now=NOW, **more)
    return zipfile.ZipFile(stream)


def table(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_copy_holds_what_was_agreed_seen_and_asked() -> None:
    subject = DataSubjectFactory()
    ConsentEntryFactory(subject=subject)
    AccessTraceFactory(subject=subject, fields=["email", "last_name"])
    RightsRequestFactory(subject=subject, details="=1+1")
    ConsentEntryFactory(), AccessTraceFactory(), RightsRequestFactory()

    archive = exported(subject)

    assert sorted(archive.namelist()) == [
        "donnees.json",
        "tableaux/privacy-accords.csv",
        "tableaux/privacy-consultations.csv",
        "tableaux/privacy-demandes.csv",
        "tableaux/privacy-suivi.csv",
    ]
    data = json.loads(archive.read("donnees.json"))
    assert data["exported_at"] == NOW.isoformat()
    assert [len(rows) for rows in data["privacy"].values()] == [1, 1, 1, 1]
    assert data["privacy"]["consultations"] == [
        {
            "at": NOW.isoformat(),
            "scope": "partner:1",
            "purpose": "identity",
            "fields": "email, last_name",
        }
    ]
    requests = table(archive, "tableaux/privacy-demandes.csv")
    assert dict(zip(*requests, strict=True))["details"] == "'=1+1"


def test_what_is_limited_says_since_when_and_empty_tables_are_left_out() -> None:
    archive = exported(DataSubjectFactory(limited=True))

    assert sorted(archive.namelist()) == ["donnees.json", "tableaux/privacy-suivi.csv"]
    data = json.loads(archive.read("donnees.json"))["privacy"]
    assert data["suivi"][0]["limited_at"] == NOW.isoformat()
    assert data["accords"] == []


def test_parts_add_their_tables_and_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def files(*, subject: DataSubject) -> Export:
        return Export(
            tables={"profil": [{"name": "Ana"}, {"name": None, "wishes": ["CDI"]}]},
            files=[
                ExportedFile("../../cv.pdf", lambda: iter([b"un ", b"cv"])),
                ExportedFile("..\\cv.pdf", lambda: iter([b"deux"])),
                ExportedFile("..", lambda: iter([])),
                ExportedFile("", lambda: iter([])),
            ],
        )

    monkeypatch.setattr(exports, "functions", {"candidates": files})

    archive = exported(
        DataSubjectFactory(), also={"compte": Export(tables={"compte": [{"email": "x@y.z"}]})}
    )

    assert archive.namelist() == [
        "donnees.json",
        "tableaux/candidates-profil.csv",
        "tableaux/compte-compte.csv",
        "fichiers/candidates/01-cv.pdf",
        "fichiers/candidates/02-cv.pdf",
        "fichiers/candidates/03-fichier",
        "fichiers/candidates/04-fichier",
    ]
    assert archive.read("fichiers/candidates/01-cv.pdf") == b"un cv"
    assert table(archive, "tableaux/candidates-profil.csv") == [
        ["name", "wishes"],
        ["Ana", ""],
        ["", '["CDI"]'],
    ]


def test_a_copy_taken_by_the_person_is_a_request_satisfied() -> None:
    subject = DataSubjectFactory()

    exported(subject, by=subject.user)
    exported(subject, by=UserFactory())
    exported(subject)

    assert RightsRequest.objects.values_list("kind", "status").get() == ("portability", "done")
    assert AuditLine.objects.filter(action="subject.exported").count() == 3
