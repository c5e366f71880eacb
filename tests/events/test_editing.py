"""What organisers change: the facts, the sides, the breaks; two at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.events.enums import EventState, RuleKind, SideRole
from ancrage.events.models import Event, EventBreak, PairRule
from ancrage.events.services import (
    EventChangedMeanwhile,
    edit_event,
    edit_sides,
    set_breaks,
    usual_dates,
)
from ancrage.kit.models import AuditLine, OutboxTask
from tests.factories import ParticipantFactory, PartyFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_usual_dates_stand_before_the_first_round():
    start = NOW + timedelta(days=10)

    assert usual_dates(starts_at=start, now=NOW) == {
        "doors_at": start - timedelta(minutes=30),
        "registration_closes_at": start - timedelta(days=2),
        "wishes_close_at": start - timedelta(days=1),
        "marks_close_at": start + timedelta(days=2),
    }


def test_usual_dates_of_this_evening_are_still_to_come():
    start = NOW + timedelta(hours=9)

    dates = usual_dates(starts_at=start, now=NOW)

    assert (dates["registration_closes_at"], dates["wishes_close_at"]) == (start, start)


def test_edit_changes_the_facts_and_is_told(event):
    user = UserFactory()

    edit_event(event=event, revision=1, by=user, now=NOW, title="Autre soirée", minutes=10)

    saved = Event.objects.get(pk=event.pk)
    assert (saved.title, saved.minutes, saved.revision) == ("Autre soirée", 10, 2)
    line = AuditLine.objects.get()
    assert (line.action, line.actor, line.changes) == (
        "events.change",
        user,
        {"title": ["Doc’dating fictif", "Autre soirée"], "minutes": [7, 10]},
    )


def test_edit_without_a_change_tells_nothing(event):
    edit_event(event=event, revision=1, by=None, now=NOW, title=event.title)

    assert Event.objects.get(pk=event.pk).revision == 1
    assert not AuditLine.objects.exists()


def test_edit_of_an_older_reading_is_refused_with_the_row_as_it_is(event):
    edit_event(event=event, revision=1, by=None, now=NOW, title="La première")

    with pytest.raises(EventChangedMeanwhile) as refused:
        edit_event(event=event, revision=1, by=None, now=NOW, title="La seconde")

    assert refused.value.current.title == "La première"


def test_edit_refuses_dates_that_contradict_one_another(event):
    late = event.starts_at + timedelta(hours=1)

    with pytest.raises(ValidationError):
        edit_event(event=event, revision=1, by=None, now=NOW, wishes_close_at=late)


def test_fewer_rounds_drop_the_breaks_and_free_the_pairs_of_those_gone(event, hosts, visitors):
    for after_round in (2, 9):
        EventBreak.objects.create(event=event, after_round=after_round, minutes=15)
    host, visitor = PartyFactory(side=hosts), PartyFactory(side=visitors)
    rule = PairRule.objects.create(
        event=event, host=host, visitor=visitor, kind=RuleKind.LOCKED, round=11, at=NOW
    )

    edit_event(event=event, revision=1, by=None, now=NOW, rounds=10)

    rule.refresh_from_db()
    assert (list(event.breaks.values_list("after_round", flat=True)), rule.round) == ([2], None)


def test_raised_capacity_gives_the_places(event, visitors, hosts):
    for number in range(4):
        ParticipantFactory(
            party=PartyFactory(side=visitors),
            state="registered" if number < 2 else "waiting",
            registered_at=NOW + timedelta(minutes=number),
        )

    given = edit_sides(
        event=event,
        revision=1,
        sides={SideRole.VISITOR: {"capacity": 3}, SideRole.HOST: {"wish_weight": 4}},
        by=None,
        now=NOW,
    )

    assert [one.registered_at for one in given] == [NOW + timedelta(minutes=2)]
    visitors.refresh_from_db()
    hosts.refresh_from_db()
    event.refresh_from_db()
    assert (visitors.capacity, hosts.wish_weight, event.revision) == (3, 4, 2)


def test_breaks_are_replaced(event):
    EventBreak.objects.create(event=event, after_round=2, minutes=15)

    set_breaks(event=event, revision=1, breaks={5: 20}, by=None, now=NOW)

    assert list(event.breaks.values_list("after_round", "minutes")) == [(5, 20)]
    assert AuditLine.objects.get().changes == {"breaks": ["3: 15", "6: 20"]}


def test_same_breaks_leave_the_revision(event):
    set_breaks(event=event, revision=1, breaks={}, by=None, now=NOW)

    assert Event.objects.get(pk=event.pk).revision == 1


@pytest.mark.parametrize(
    ("field", "hours"), [("starts_at", 1), ("doors_at", -1), ("wishes_close_at", -1)]
)
def test_hours_no_longer_change_once_the_evening_has_begun(event, field, hours):
    Event.objects.update(state=EventState.RUNNING)
    later = getattr(event, field) + timedelta(hours=hours)

    with pytest.raises(ValidationError) as refused:
        edit_event(event=event, revision=event.revision, by=None, now=NOW, **{field: later})

    assert refused.value.message_dict == {
        field: ["La soirée a commencé : ceci ne change plus ici."]
    }


def test_the_term_of_the_answers_moves_until_it_has_passed(event):
    Event.objects.update(state=EventState.OVER)
    later = event.marks_close_at + timedelta(days=1)

    moved = edit_event(
        event=event, revision=event.revision, by=None, now=NOW, marks_close_at=later
    )

    assert OutboxTask.objects.get(kind="events.opening").run_at == later
    with pytest.raises(ValidationError) as refused:
        edit_event(
            event=event,
            revision=moved.revision,
            by=None,
            now=later,
            marks_close_at=later + timedelta(days=1),
        )
    assert list(refused.value.message_dict) == ["marks_close_at"]
