import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from ancrage.candidates import services
from ancrage.candidates.models import Document
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
