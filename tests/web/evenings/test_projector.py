"""The screen of the room: what it says comes from rows and from the server's clock."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from ancrage.events import services
from ancrage.events.enums import EventState
from ancrage.events.models import Event, EventBreak
from tests.factories.evenings import STARTS

pytestmark = pytest.mark.django_db

MINUTE = 60_000


@pytest.fixture
def shown(client, clock, evening):
    """What the screen says so many minutes after the first round was due."""

    def ask(minutes):
        clock.move_to(STARTS + timedelta(minutes=minutes), tick=False)
        stage = client.get(reverse("evenings:stage", args=[evening.event.pk])).context["stage"]
        return stage.phase.value, stage.number, stage.following, stage.left

    return ask


def test_the_screen_follows_the_rounds(evening, shown):
    def at(minutes):
        return {"event": evening.event, "by": None, "now": STARTS + timedelta(minutes=minutes)}

    EventBreak.objects.create(event=evening.event, after_round=1, minutes=10)
    assert shown(-10) == ("before", None, 1, 10 * MINUTE)
    services.start_round(number=0, **at(5))
    assert shown(6) == ("running", 1, 2, 6 * MINUTE)
    assert shown(13) == ("overtime", 1, 2, -1 * MINUTE)
    services.end_round(number=0, **at(13))
    assert shown(14) == ("changeover", 1, 2, 1 * MINUTE)
    # Late: the next round should have begun.
    assert shown(17) == ("changeover", 1, 2, -2 * MINUTE)
    services.start_round(number=1, **at(17))
    services.end_round(number=1, **at(24))
    assert shown(30) == ("pause", 2, 3, 6 * MINUTE)
    services.start_round(number=2, **at(36))
    assert shown(37) == ("running", 3, None, 6 * MINUTE)
    services.end_round(number=2, **at(43))
    assert shown(44)[:3] == ("finished", 3, None)


def test_the_screen_before_the_doors_and_after(evening, shown):
    Event.objects.update(state=EventState.CLOSED)
    assert shown(0)[0] == "closed"
    Event.objects.update(state=EventState.OVER)

    assert shown(0)[0] == "finished"


def test_the_screen_needs_no_script_and_is_never_kept(client, started):
    response = client.get(reverse("evenings:projector", args=[started.event.pk]))

    page = response.content.decode()
    assert "Tour 1 sur 3" in page
    assert page.count('name="geste" value="terminer"') == 1
    assert "no-store" in response["Cache-Control"]
    pressed = client.post(
        reverse("evenings:round", args=[started.event.pk]),
        {"geste": "terminer", "numero": "1", "muet": "1"},
        follow=True,
    )
    assert list(pressed.context["messages"]) == []


def test_the_screen_asks_few_questions(client, started, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(reverse("evenings:stage", args=[started.event.pk]))


def test_hours_away_the_screen_says_when_and_counts_no_minutes(client, clock, evening, shown):
    far = shown(-24 * 60)
    page = client.get(reverse("evenings:stage", args=[evening.event.pk])).text

    assert far == ("before", None, 1, 24 * 60 * MINUTE)
    assert "data-time" not in page
    assert f"{localtime(STARTS):%H:%M}" in page
