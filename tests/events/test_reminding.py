"""The reminders: noted by the daily round, sent at their hour, once."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from ancrage.events import services
from ancrage.events.enums import EventState, RegistrationState
from ancrage.events.models import Event, Participant
from ancrage.events.services import Reminded
from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import run_due
from tests.factories import EventFactory, ParticipantFactory, SideFactory

pytestmark = pytest.mark.django_db

# An evening in Paris: 19:30 on a Thursday of December.
STARTS = datetime(2026, 12, 10, 18, 30, tzinfo=UTC)
TWO_DAYS_BEFORE = datetime(2026, 12, 8, 3, 0, tzinfo=UTC)
EVE = datetime(2026, 12, 9, 17, 0, tzinfo=UTC)
MORNING = datetime(2026, 12, 10, 6, 30, tzinfo=UTC)


@pytest.fixture
def evening():
    early = STARTS - timedelta(days=5)
    event = EventFactory(
        title="Soirée fictive",
        doors_at=STARTS - timedelta(minutes=30),
        starts_at=STARTS,
        registration_closes_at=early,
        wishes_close_at=early,
        marks_close_at=STARTS + timedelta(days=2),
    )
    return SideFactory(event=event)


def sent_at(moment):
    mail.outbox.clear()
    run_due(clock=lambda: moment, limit=None)
    return [(one.to[0], one.subject) for one in mail.outbox]


def test_each_is_reminded_in_the_evening_and_in_the_morning_once(evening):
    ParticipantFactory(party__side=evening, email="alix@exemple.test")
    ParticipantFactory(party__side=evening, state=RegistrationState.WAITING)
    ParticipantFactory(party__side=evening, email="")

    first = services.note_reminders(now=TWO_DAYS_BEFORE)
    again = services.note_reminders(now=TWO_DAYS_BEFORE + timedelta(hours=1))

    assert (first, again) == (Reminded(eve=1, same_day=1), Reminded(eve=0, same_day=0))
    assert sent_at(EVE - timedelta(minutes=1)) == []
    assert sent_at(EVE) == [("alix@exemple.test", "Demain : Soirée fictive")]
    assert sent_at(EVE) == []
    assert sent_at(MORNING) == [("alix@exemple.test", "Aujourd’hui : Soirée fictive")]


def test_a_worker_killed_after_writing_the_mail_writes_it_once(evening):
    ParticipantFactory(party__side=evening)
    services.note_reminders(now=TWO_DAYS_BEFORE)
    sent_at(EVE)
    OutboxTask.objects.filter(key__startswith="event-news:eve:", key__endswith="-10").update(
        done_at=None,
        payload={
            "participant": Participant.objects.get().pk,
            "news": "eve",
            "key": OutboxTask.objects.get(key__endswith=":mail").key,
        },
    )

    assert sent_at(EVE + timedelta(minutes=20)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda: Participant.objects.update(state="cancelled", cancelled_at=TWO_DAYS_BEFORE),
        lambda: Event.objects.update(state=EventState.CANCELLED),
        lambda: Event.objects.update(
            starts_at=STARTS + timedelta(days=7), marks_close_at=STARTS + timedelta(days=9)
        ),
    ],
    ids=["gave the place back", "called off", "moved"],
)
def test_what_changed_since_is_not_reminded_of(evening, change):
    ParticipantFactory(party__side=evening)
    services.note_reminders(now=TWO_DAYS_BEFORE)

    change()

    assert sent_at(EVE) == []


def test_a_reminder_that_is_late_does_not_say_tomorrow_on_the_day(evening):
    ParticipantFactory(party__side=evening)
    services.note_reminders(now=TWO_DAYS_BEFORE)

    assert [subject for _to, subject in sent_at(MORNING + timedelta(hours=2))] == [
        "Aujourd’hui : Soirée fictive"
    ]


def test_a_round_that_ran_late_reminds_at_once(evening):
    ParticipantFactory(party__side=evening, email="alix@exemple.test")

    services.note_reminders(now=EVE + timedelta(hours=3))

    assert sent_at(EVE + timedelta(hours=3)) == [("alix@exemple.test", "Demain : Soirée fictive")]


def test_the_daily_round_says_how_many(time_machine, evening):
    ParticipantFactory(party__side=evening)
    time_machine.move_to(TWO_DAYS_BEFORE, tick=False)
    out = StringIO()

    call_command("tend_events", stdout=out)

    assert json.loads(out.getvalue()) == {
        "eve": 1,
        "same_day": 1,
        "opened": 0,
        "asked": 0,
        "reminded": 0,
        "mails": 0,
    }
