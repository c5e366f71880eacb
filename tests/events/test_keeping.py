"""An event from its preparation to its end."""

from datetime import timedelta

import pytest
from django.core import mail

from ancrage.events import services
from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Event, Meeting, Timetable
from ancrage.events.reference import TEMPLATES
from ancrage.kit.imports.models import StagedImport
from ancrage.kit.models import AuditLine
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.kit.outbox import run_due
from tests.factories import EventFactory, ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def move(event, after):
    services.move_event(event=event, after=after, by=None, now=NOW)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_new_event_has_its_sides_and_their_questions(template):
    like = EventFactory()
    event = Event(
        **{
            field.name: getattr(like, field.name)
            for field in Event._meta.concrete_fields
            if field.name not in {"id", "slug", "state", "created_by"}
        }
    )

    services.create_event(event=event, template=template, by=None, now=NOW)

    assert (event.slug, event.state) == ("docdating-fictif", EventState.DRAFT)
    sides = {side.role: side for side in event.sides.prefetch_related("questions")}
    assert set(sides) == set(SideRole)
    for asked in TEMPLATES[template].sides:
        side = sides[asked.role]
        assert side.name == str(asked.name)
        assert [question.label for question in side.questions.order_by("position")] == [
            str(question.label) for question in asked.questions
        ]


def test_two_events_of_one_title_have_two_addresses():
    territory = EventFactory(slug="docdating-fictif").territory
    first = Event.objects.get()
    first.pk, first.title, first.territory = None, "Doc’dating fictif", territory
    first._state.adding = True

    services.create_event(event=first, template="docdating", by=None, now=NOW)

    assert first.slug == "docdating-fictif-2"


def test_a_change_of_state_is_dated_and_audited(event, visitors, hosts):
    move(event, EventState.CLOSED)

    assert Event.objects.get().state == EventState.CLOSED
    line = AuditLine.objects.get(action="events.move")
    assert line.changes == {"state": ["open", "closed"]}


def test_an_event_does_not_jump(event):
    with pytest.raises(services.StateNotAllowed, match="Inscriptions ouvertes"):
        move(event, EventState.OVER)


def test_registrations_open_when_everything_is_there(visitors):
    event = visitors.event
    Event.objects.update(state=EventState.DRAFT)
    event.refresh_from_db()

    with pytest.raises(services.NotReadyToOpen, match="côtés"):
        move(event, EventState.OPEN)
    event.registration_closes_at = NOW
    with pytest.raises(services.NotReadyToOpen, match="repoussez"):
        move(event, EventState.OPEN)


def test_of_two_organisers_the_second_is_told(event):
    first, second = Event.objects.get(), Event.objects.get()
    move(first, EventState.CLOSED)

    with pytest.raises(services.EventChangedMeanwhile):
        move(second, EventState.CLOSED)


def test_an_evening_that_began_is_not_taken_back(event, visitors, hosts):
    Event.objects.update(state=EventState.RUNNING)
    event.refresh_from_db()
    timetable = Timetable.objects.create(event=event, version=1, made_at=NOW)
    Meeting.objects.create(
        timetable=timetable,
        round=0,
        host=PartyFactory(side=hosts),
        visitor=PartyFactory(side=visitors),
        held=True,
    )

    with pytest.raises(services.HeldAlready):
        move(event, EventState.CLOSED)


def called_off(event, at=NOW):
    services.move_event(
        event=event, after=EventState.CANCELLED, by=None, now=at, reason=" Salle inondée "
    )


def told():
    mail.outbox.clear()
    run_due(clock=lambda: NOW + UNDO_WINDOW, limit=None)
    return [one.subject.partition(" :")[0] for one in mail.outbox]


def test_an_event_called_off_says_why(event, visitors):
    ParticipantFactory(party=PartyFactory(side=visitors))

    called_off(event)

    kept = Event.objects.get()
    assert (kept.state, kept.cancelled_from, kept.cancelled_because, kept.cancelled_at) == (
        "cancelled",
        "open",
        "Salle inondée",
        NOW,
    )
    assert told() == ["Annulé"]
    assert "Salle inondée" in mail.outbox[0].body


def test_calling_off_is_taken_back_within_a_day_and_told(event, visitors):
    ParticipantFactory(party=PartyFactory(side=visitors))
    called_off(event)
    told()

    services.restore_event(event=event, by=None, now=NOW + UNDO_WINDOW)

    kept = Event.objects.get()
    assert (kept.state, kept.cancelled_at, kept.cancelled_from, kept.cancelled_because) == (
        "open",
        None,
        "",
        "",
    )
    assert told() == ["La rencontre a lieu"]


def test_taken_back_before_the_mails_leave_nobody_is_told_anything(event, visitors):
    ParticipantFactory(party=PartyFactory(side=visitors))
    called_off(event)

    services.restore_event(event=event, by=None, now=NOW)

    assert told() == []


def test_calling_off_is_not_taken_back_later(event):
    called_off(event)

    with pytest.raises(services.RestoredTooLate):
        services.restore_event(event=event, by=None, now=NOW + UNDO_WINDOW + timedelta(seconds=1))


def test_an_event_opened_again_after_it_was_called_off_is_told(event, visitors, hosts):
    ParticipantFactory(party=PartyFactory(side=visitors))
    called_off(event)
    told()
    move(event, EventState.DRAFT)
    assert told() == []

    move(event, EventState.OPEN)

    assert (told(), Event.objects.get().cancelled_at) == (["La rencontre a lieu"], None)


def test_a_draft_that_nobody_is_in_is_deleted(event, visitors):
    Event.objects.update(state=EventState.DRAFT)

    services.delete_event(event=event, revision=1, by=None, now=NOW)

    assert not Event.objects.exists()
    line = AuditLine.objects.get(action="events.delete")
    assert line.changes == {"title": ["Doc’dating fictif", ""]}


@pytest.mark.parametrize("held_by", ["state", "registration", "file"])
def test_an_event_something_depends_on_is_not_deleted(event, visitors, held_by):
    if held_by != "state":
        Event.objects.update(state=EventState.DRAFT)
    if held_by == "registration":
        ParticipantFactory(party=PartyFactory(side=visitors), state="cancelled", cancelled_at=NOW)
    if held_by == "file":
        StagedImport.objects.create(
            kind="registrations", owner_key=f"side:{visitors.pk}", created_at=NOW, size=0
        )

    with pytest.raises(services.EventInUse):
        services.delete_event(event=event, revision=1, by=None, now=NOW)

    assert Event.objects.exists()
