"""An event from its preparation to its end."""

import pytest

from ancrage.events import services
from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Event, Meeting, Timetable
from ancrage.events.reference import TEMPLATES
from ancrage.kit.models import AuditLine
from tests.factories import EventFactory, PartyFactory
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
