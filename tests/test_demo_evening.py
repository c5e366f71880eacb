"""The evening of the demo, played to its end by the button of its organiser."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from ancrage.demo import events as demo
from ancrage.demo.evening import Step, next_step
from ancrage.demo.guests import Scene
from ancrage.events.models import Contact, Event, Meeting, Participant
from ancrage.events.queries import report_of
from tests.factories import (
    CommuneFactory,
    ProfessionFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.fixture
def evening(client, settings, time_machine, monkeypatch):
    """Tomorrow's evening with fewer people, and its organiser signed in."""
    time_machine.move_to(NOW, tick=False)
    settings.DEMO = True
    monkeypatch.setattr(demo, "HOSTS", 16)
    monkeypatch.setattr(demo, "VISITORS", 10)
    monkeypatch.setattr(demo, "TABLES", 8)
    territory = TerritoryFactory(slug="pays-de-retz")
    organiser = TerritoryRoleFactory(territory=territory).user
    played = TerritoryRoleFactory(territory=territory).user
    pornic = CommuneFactory(insee="44131", name="Pornic", latitude=47.12, longitude=-2.05)
    scene = Scene(
        territory=territory,
        by=organiser,
        communes=[pornic, CommuneFactory(latitude=47.1, longitude=-1.9)],
        doctor=ProfessionFactory(code="general_practitioner"),
        draws=Random(1),
        now=NOW,
    )
    demo.load_tomorrow(scene, played, on=date(2026, 11, 23))
    client.force_login(organiser)
    return Event.objects.get()


def test_evening_of_the_demo_is_played_to_its_end_and_put_back(client, evening, time_machine):
    said = []
    for minutes, step in enumerate(Step):
        now = NOW + timedelta(minutes=8 * minutes)
        time_machine.move_to(now, tick=False)
        evening.refresh_from_db()
        assert next_step(evening, now=now) == step
        answer = client.post(reverse("demo:play", args=[evening.pk]), follow=True)
        assert answer.status_code == 200
        said += [str(one) for one in answer.context["messages"]]

    evening.refresh_from_db()
    report = report_of(evening)
    assert len(said) == len(Step)
    assert evening.state == "over"
    assert next_step(evening, now=now) is None
    assert evening.timetables.count() == 3
    assert Participant.objects.filter(left_at__isnull=False).count() == 2
    assert report.came == 23
    assert 0 < report.held <= report.planned
    assert report.contacts == Contact.objects.count() > 0
    assert report.opinions.count >= 5

    client.post(reverse("demo:replay", args=[evening.pk]))

    evening.refresh_from_db()
    assert next_step(evening, now=now) == Step.PLAN
    assert timezone.localdate(evening.starts_at) == date(2026, 11, 23)
    assert not Meeting.objects.exists()
    assert not evening.participants.exclude(state="registered", arrived_at=None).exists()


def test_another_event_of_the_demo_is_not_played(client, evening):
    Event.objects.filter(pk=evening.pk).update(slug="une-autre")

    page = client.get(reverse("demo:evening", args=[evening.pk]))

    assert page.context["is_played_here"] is False
    assert client.post(reverse("demo:play", args=[evening.pk])).status_code == 404
