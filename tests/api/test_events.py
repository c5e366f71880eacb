import pytest

from ancrage.events.enums import EventKind, EventState
from tests.factories import EventFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


def test_events_need_no_token_and_name_nobody(client, settings):
    event = EventFactory(still_open=True, title="Soirée fictive")
    ParticipantFactory(party__side__event=event, first_name="Zélie")
    EventFactory(still_open=True, state=EventState.DRAFT)
    EventFactory(still_open=True, kind=EventKind.JOB_DATING)

    response = client.get("/api/v1/events", {"q": "soiree", "kind": "docdating"})

    (item,) = response.json()["items"]
    assert (item["title"], item["state"]) == ("Soirée fictive", "open")
    assert item["url"] == f"{settings.SITE_URL.rstrip('/')}/evenements/{event.slug}/"
    assert "Zélie" not in response.text
    assert client.get("/api/v1/events", {"past": True}).json()["count"] == 0
