from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from ancrage.candidates import services
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import (
    Candidate,
    CandidateWord,
    Career,
    ContactRequest,
    Document,
    Proof,
    SearchEntry,
)
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import NotPending, expire_subjects
from tests.factories import CandidateFactory, ContactRequestFactory, ProofFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

MARK = "Zéphyrine"


@pytest.fixture
def candidate(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    candidate = CandidateFactory(
        user=UserFactory(),
        first_name=MARK,
        email="zephyrine@exemple.test",
        phone="+33612345678",
        note=MARK,
        pooled=True,
    )
    ProofFactory(candidate=candidate, note=MARK)
    ContactRequestFactory(candidate=candidate, message=MARK)
    services.tell_career(candidate=candidate, revision=0, sector="private", by=None, now=NOW)
    services.add_document(
        candidate=candidate, kind="cv", title=MARK, content=b"%PDF-1.7 cv", by=None, now=NOW
    )
    return candidate


def test_erased_profile_keeps_territory_profession_and_months_only(candidate):
    card, subject = candidate.card, candidate.subject

    services.erase_candidate(subject=subject, now=NOW)
    services.erase_candidate(subject=subject, now=NOW)

    left = Candidate.objects.get()
    month = datetime(2026, 11, 1, tzinfo=UTC)
    assert (left.status, left.in_pool, left.territory) == (
        CandidateStatus.ERASED,
        False,
        candidate.territory,
    )
    assert (left.created_at, left.updated_at) == (month, month)
    assert left.card != card
    told = {
        name: getattr(left, name)
        for name in ("first_name", "last_name", "email", "phone", "rpps", "note", "name_key")
    }
    assert set(told.values()) == {""}
    assert (left.commune, left.zone, left.latitude) == (None, None, None)
    assert left.professions.count() == 1
    gone = (Proof, Document, ContactRequest, SearchEntry, CandidateWord, Career)
    assert [model.objects.count() for model in gone] == [0] * 6


@pytest.mark.django_db(transaction=True)
def test_files_of_an_erased_profile_leave_the_disk(candidate, tmp_path):
    with transaction.atomic():
        services.erase_candidate(subject=candidate.subject, now=NOW)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_profile_never_confirmed_goes_entirely():
    candidate = CandidateFactory(pending=True)

    services.erase_candidate(subject=candidate.subject, now=NOW)

    assert Candidate.objects.count() == 0


def test_export_hands_over_every_row_and_file(candidate):
    CandidateFactory()

    export = services.export_candidate(subject=candidate.subject)

    assert {title: len(rows) for title, rows in export.tables.items()} == {
        "profil": 1,
        "autres_employeurs": 0,
        "metiers": 1,
        "justificatifs": 1,
        "passerelles": 1,
        "documents": 1,
        "prises_de_contact": 1,
    }
    profile = export.tables["profil"][0]
    assert (profile["first_name"], profile["email"]) == (MARK, "zephyrine@exemple.test")
    assert profile["commune"] == candidate.commune.name
    assert profile["created_at"] == NOW.isoformat()
    (file,) = export.files
    assert b"".join(file.blocks()) == b"%PDF-1.7 cv"


def test_export_of_a_person_without_profile_is_empty():
    subject = CandidateFactory(pending=True).subject
    services.erase_candidate(subject=subject, now=NOW)

    export = services.export_candidate(subject=subject)

    assert set(map(len, export.tables.values())) == {0}
    assert list(export.files) == []


def test_profile_that_nobody_answered_is_gone_after_a_month():
    waiting = CandidateFactory(pending=True)
    confirmed = CandidateFactory(pending=True)
    services.confirm_candidate(candidate=confirmed, user=None, by=None, now=NOW)

    expire_subjects(now=NOW + timedelta(days=29))
    assert Candidate.objects.count() == 2
    expire_subjects(now=NOW + timedelta(days=32))

    assert list(Candidate.objects.all()) == [confirmed]
    assert DataSubject.objects.get(pk=waiting.subject_id).anonymised_at is not None


def test_profile_without_account_is_written_to_at_its_own_address():
    person = CandidateFactory(user=None, email="alix@exemple.test")
    silent = CandidateFactory(user=None, email="", phone="+33612345678")

    address = services.address_of_candidate(subject=person.subject)

    assert (address.email, address.language) == ("alix@exemple.test", "fr")
    assert services.address_of_candidate(subject=silent.subject) is None


def test_refused_profile_is_erased_at_once_and_only_while_it_waits():
    waiting, active = CandidateFactory(pending=True), CandidateFactory()

    services.refuse_candidate(candidate=waiting, by=None, now=NOW)

    assert list(Candidate.objects.all()) == [active]
    with pytest.raises(NotPending):
        services.refuse_candidate(candidate=active, by=None, now=NOW)
