"""The people lost from sight: found by a name, taken away with a reason."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace
from tests.factories import CandidateFactory

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2025, 1, 10, tzinfo=UTC)


@pytest.fixture
def lost(field):
    return [
        CandidateFactory(territory=field.territory, last_name=name, created_at=LONG_AGO)
        for name in ("Oubliée", "Égarée")
    ]


def test_lost_people_are_found_by_a_name(client, lost):
    response = client.get(reverse("journeys:lost"), {"q": "egaree", "raison": "never"})

    assert list(response.context["page"]) == [lost[1]]
    nobody = client.get(reverse("journeys:lost"), {"q": "personne-de-ce-nom"})
    assert "Personne n’est perdu de vue" in nobody.content.decode()


def test_lost_people_leave_in_a_file_with_a_reason_and_a_trace(client, field, lost):
    address = f"{reverse('journeys:lost_export')}?q=oubliee"

    asked = client.get(address)
    refused = client.post(address, {"reason": "court", "format": "csv"})
    file = client.post(address, {"reason": "Relances du mois de novembre", "format": "csv"})

    assert (asked.status_code, refused.status_code) == (200, 422)
    text = file.content.decode("utf-8-sig")
    assert "Oubliée" in text
    assert "Égarée" not in text
    assert "Relances du mois de novembre." in text
    assert [trace.subject for trace in AccessTrace.objects.all()] == [lost[0].subject]
    assert AuditLine.objects.filter(action="candidates.export").count() == 1
