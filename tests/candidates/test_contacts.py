from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.candidates import services
from ancrage.candidates.enums import ContactRequestStatus
from ancrage.candidates.models import ContactRequest
from ancrage.candidates.queries import contact_requests_to_answer
from ancrage.kit.models import AuditLine, OutboxTask
from tests.factories import (
    CommuneFactory,
    ContactRequestFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_sent_request_is_kept_and_tells_coordination_without_naming_anyone():
    territory = TerritoryFactory(name="Pays de Retz")
    coordinator = TerritoryRoleFactory(territory=territory).user
    TerritoryRoleFactory(territory=territory, institution=True)
    TerritoryRoleFactory()

    request = services.send_contact_request(
        territory=territory,
        contact=services.Contact(name="Alix Fictive", email="alix@exemple.test"),
        language="fr",
        now=NOW,
    )

    assert request.status == ContactRequestStatus.NEW
    assert request.notice_version == services.NOTICE_VERSION
    mails = {task.payload["to"]: task.payload for task in OutboxTask.objects.order_by("pk")}
    assert set(mails) == {coordinator.email, "alix@exemple.test"}
    to_coordinator = mails[coordinator.email]
    assert "Alix" not in str(to_coordinator)
    assert "alix@exemple.test" not in str(to_coordinator)
    assert "Alix Fictive" in mails["alix@exemple.test"]["text"]
    line = AuditLine.objects.get()
    assert (line.action, line.scope) == ("contact_requests.send", f"territory:{territory.pk}")


def test_request_without_any_way_to_answer_is_refused():
    with pytest.raises(ValidationError):
        services.send_contact_request(
            territory=TerritoryFactory(),
            contact=services.Contact(name="Alix Fictive"),
            language="fr",
            now=NOW,
        )

    assert ContactRequest.objects.count() == 0


def test_request_is_answered_once():
    request, by = ContactRequestFactory(), UserFactory()

    services.close_contact_request(request=request, answered=True, by=by, now=NOW)

    request.refresh_from_db()
    assert (request.status, request.answered_by, request.answered_at) == (
        ContactRequestStatus.ANSWERED,
        by,
        NOW,
    )
    with pytest.raises(services.AlreadyAnswered):
        services.close_contact_request(request=request, answered=False, by=by, now=NOW)


def test_reopened_request_waits_again():
    request, by = ContactRequestFactory(), UserFactory()
    services.close_contact_request(request=request, answered=False, by=by, now=NOW)

    services.reopen_contact_request(request=request, by=by, now=NOW)

    request.refresh_from_db()
    assert (request.status, request.answered_at) == (ContactRequestStatus.NEW, None)


def test_reopening_a_waiting_request_changes_nothing():
    request = ContactRequestFactory()

    services.reopen_contact_request(request=request, by=UserFactory(), now=NOW)

    assert AuditLine.objects.count() == 0


def test_purge_erases_what_the_register_no_longer_allows():
    ContactRequestFactory(created_at=NOW - timedelta(days=366))
    ContactRequestFactory(
        created_at=NOW - timedelta(days=100),
        answered_at=NOW - timedelta(days=92),
        status=ContactRequestStatus.ANSWERED,
    )
    waiting = ContactRequestFactory(created_at=NOW - timedelta(days=364))
    answered = ContactRequestFactory(
        answered_at=NOW - timedelta(days=90), status=ContactRequestStatus.ANSWERED
    )

    assert services.purge_contact_requests(now=NOW) == 2

    assert set(ContactRequest.objects.all()) == {waiting, answered}


def test_requests_that_wait_come_first_oldest_first():
    answered = ContactRequestFactory(status=ContactRequestStatus.ANSWERED)
    recent = ContactRequestFactory()
    older = ContactRequestFactory(created_at=NOW - timedelta(days=3))

    found = contact_requests_to_answer(ContactRequest.objects.all())

    assert list(found) == [older, recent, answered]
    assert list(contact_requests_to_answer(found, status="answered")) == [answered]
    assert list(contact_requests_to_answer(found, text=older.name)) == [older]


def test_request_is_found_without_accents_by_its_name_profession_or_commune():
    territory = TerritoryFactory()
    nurse = ProfessionFactory(label_fr="Infirmière", label_en="Nurse")
    asked = services.Contact(
        name="Zoé Fictive",
        email="zoe@exemple.test",
        profession=nurse,
        commune=CommuneFactory(name="Saint-Père-en-Retz"),
    )
    found = services.send_contact_request(
        territory=territory, contact=asked, language="fr", now=NOW
    )
    ContactRequestFactory(territory=territory, name="Autre Personne")

    for text in ("ZOE", "zoé fic", "infirmiere", "saint pere", "zoe@exemple.test"):
        requests = contact_requests_to_answer(ContactRequest.objects.all(), text=text)
        assert list(requests) == [found]
