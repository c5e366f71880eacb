"""Beside the timetable: figures, reasons, trials, versions compared, weights."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.events import services
from ancrage.events.enums import RuleKind, WishKind
from ancrage.events.models import Event, Meeting, Timetable, Wish
from ancrage.events.queries import (
    SideFigures,
    changes_between,
    figures_of,
    meetings_in,
    named_parties,
    versions_of,
    wishes_in,
)
from ancrage.events.services import Change, Why, WhyNot
from ancrage.kit.outbox import run_due
from tests.events.crowd import fill
from tests.events.test_planning import build, first_of, rule
from tests.factories import EventFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(rounds=4, guarantee=2)


def test_figures_count_parties_and_wishes():
    roles = {1: "host", 2: "host", 3: "visitor"}

    figures = figures_of(
        [(0, 1, 3), (2, 2, 3)], roles, [(3, 1, 1), (3, 2, 2), (1, 3, 1), (2, 9, 1)], guarantee=2
    )

    assert (figures.parties, figures.meetings, figures.without, figures.busiest) == (3, 2, 0, 1)
    assert figures.levels == ((1, 3), (2, 1), (3, 0))
    assert figures.sides == (
        SideFigures("host", 2, 1, 1.0, 1, 1, 1, 1),
        SideFigures("visitor", 1, 2, 2.0, 2, 2, 1, 1),
    )
    assert figures_of([], {}, [], guarantee=0).sides[0] == SideFigures(
        "host", 0, 0, 0.0, 0, 0, 0, 0
    )


def test_versions_come_last_first_with_their_meetings(event):
    fill(event, 2, 1, tables=2)
    build(event)
    Timetable.objects.create(event=event, version=2, made_at=NOW)

    assert [(one.version, one.meeting_count) for one in versions_of(event)] == [(1, 2)]


def test_what_changes_between_two_versions_is_told_party_by_party(event):
    fill(event, 3, 1, tables=3)
    hosts = [first_of(event, "host", place) for place in range(3)]
    visitor = first_of(event, "visitor")
    before = [Meeting(round=r, host=hosts[i], visitor=visitor) for r, i in ((0, 0), (1, 1))]
    after = [Meeting(round=r, host=hosts[i], visitor=visitor) for r, i in ((2, 0), (1, 2))]
    names = named_parties(event)

    found = changes_between(before, after, names)

    own, first, second, third = (names[one.pk] for one in (visitor, *hosts))
    assert [(one.party, one.lost, one.gained, one.moved) for one in found] == [
        (first, (), (), ((0, 2, own),)),
        (second, ((1, own),), (), ()),
        (third, (), ((1, own),), ()),
        (own, ((1, second),), ((1, third),), ((0, 2, first),)),
    ]


def test_a_pair_is_explained_part_by_part(event):
    fill(event, 1, 1, tables=1)
    host, visitor = first_of(event, "host"), first_of(event, "visitor")
    Wish.objects.create(event=event, by=visitor, about=host, kind=WishKind.WANTED, rank=2, at=NOW)

    found = services.explain_pair(event, host, visitor)

    assert (found.host_rank, found.visitor_rank, found.barrier) == (None, 2, "")
    assert (found.host_weight, found.visitor_weight) == (5, 5)
    assert [(one.name, one.weight) for one in found.parts] == [
        ("mode", 10),
        ("distance", 8),
        ("start", 4),
        ("days", 3),
        ("specialty", 3),
        ("together", 2),
    ]
    # Half compatibility, a quarter for the second wish of the visitor.
    assert found.score == round(1000 * (10 * found.value / 100 + 5 * 7 / 8) / 20)
    assert round(found.distance_km) == 51


def test_a_wish_that_is_not_met_has_its_reason(event):
    event.rounds, event.guarantee = 1, 1
    event.save()
    fill(event, 3, 2, tables=3)
    event.sides.filter(role="host").update(most_meetings=1)
    rule(event, RuleKind.LOCKED, 0, 0, 0)
    rule(event, RuleKind.LOCKED, 1, 1, 0)
    rule(event, RuleKind.FORBIDDEN, 2, 0)
    timetable = build(event)
    hosts = [first_of(event, "host", place).pk for place in range(3)]
    visitors = [first_of(event, "visitor", place).pk for place in range(2)]

    found = services.why_unmet(
        timetable,
        meetings_in(timetable),
        [(hosts[0], visitors[1]), (hosts[2], visitors[0]), (hosts[2], 10**6)],
    )

    assert found == {
        (hosts[0], visitors[1]): WhyNot(Why.HAS_ENOUGH, (hosts[0], visitors[1])),
        (hosts[2], visitors[0]): WhyNot(Why.NOT_A_PAIR),
        (hosts[2], 10**6): WhyNot(None),
    }


def test_trials_are_compared_and_kept_nowhere(event):
    fill(event, 8, 2, wishes=2, tables=2)

    found = services.what_if(
        event=event,
        changes=[
            Change(),
            Change(rounds=1),
            Change(tables=-1),
            Change(hosts=2, visitors=1),
            Change(minutes=-2),
            Change(guarantee=1),
            Change(tables=-2),
        ],
    )

    assert [(one.rounds, one.minutes, one.tables, one.guarantee) for one in found] == [
        (4, 7, 2, 2),
        (5, 7, 2, 2),
        (4, 7, 1, 2),
        (4, 7, 4, 2),
        (5, 5, 2, 2),
        (4, 7, 2, 1),
    ]
    assert [one.figures.meetings for one in found] == [8, 10, 4, 12, 10, 8]
    assert [one.figures.parties for one in found] == [10, 10, 10, 13, 10, 10]
    assert all(one.fair for one in found)
    # Four rounds of 7 minutes with 2 between them; five of 5.
    assert found[0].ends_at == event.starts_at + timedelta(minutes=34)
    assert found[4].ends_at == event.starts_at + timedelta(minutes=33)
    assert Timetable.objects.count() == 0


def test_weights_are_kept_for_both_sides_unless_the_event_changed(event):
    fill(event, 1, 1)
    other = Event.objects.get()

    def keep(of, mode, visitor):
        services.set_weights(
            event=of,
            weights={"mode": mode, "distance": 0},
            wish_weights={"visitor": visitor},
            by=None,
            now=NOW,
        )

    keep(event, 7, 9)

    event.refresh_from_db()
    assert event.weights == {"mode": 7, "distance": 0}
    assert event.sides.get(role="visitor").wish_weight == 9
    with pytest.raises(services.EventChangedMeanwhile):
        keep(other, 5, 5)
    for mode, visitor in ((0, 5), (11, 5), (5, 11)):
        with pytest.raises(services.NoWeight):
            keep(event, mode, visitor)


def test_a_rule_is_made_changed_and_undone(event):
    fill(event, 1, 1, tables=1)
    rule(event, RuleKind.LOCKED, 0, 0, 2)
    rule(event, RuleKind.FORBIDDEN)

    (kept,) = event.rules.all()
    assert (kept.kind, kept.round, kept.reason) == ("forbidden", None, "Pour la mesure")
    rule(event, None)
    assert event.rules.count() == 0
    with pytest.raises(ValueError, match="not a host"):
        services.rule_pair(
            host=first_of(event, "visitor"),
            visitor=first_of(event, "host"),
            kind=None,
            by=None,
            now=NOW,
        )


def test_wishes_are_read_the_dearest_first(event):
    fill(event, 2, 1, wishes=2)

    assert [one.rank for one in wishes_in(event)] == [1, 1, 1, 2]


def publish(timetable, minute, **options):
    services.publish_timetable(
        timetable=timetable, by=None, now=NOW + timedelta(minutes=minute), **options
    )
    run_due(clock=lambda: NOW + timedelta(minutes=minute), limit=None)


def test_people_are_told_once_then_only_those_whose_evening_changes(event, mailoutbox):
    event.rounds, event.guarantee = 1, 1
    event.save()
    fill(event, 3, 2, tables=3)
    first = build(event)
    publish(first, 1, tell=True)
    names = [message.to[0] for message in mailoutbox]
    assert sorted(names) == sorted(event.participants.values_list("email", flat=True))
    assert not any("Fictif" in message.body for message in mailoutbox)

    second = build(event)
    publish(second, 2, tell=True)
    assert len(mailoutbox) == 5
    met = {key for row in meetings_in(second) for key in (row.host_id, row.visitor_id)}
    (idle,) = event.parties.exclude(pk__in=met)
    services.rule_pair(
        host=idle, visitor=first_of(event, "visitor"), kind=RuleKind.LOCKED, by=None, now=NOW
    )
    third = build(event)
    publish(third, 3, tell=True)

    changed = changes_between(meetings_in(second), meetings_in(third), named_parties(event))
    assert len(mailoutbox) == 5 + len(changed)
    assert "a changé" in mailoutbox[-1].body
    publish(first, 4)
    assert len(mailoutbox) == 5 + len(changed)


def test_a_meeting_refused_since_is_not_published(event):
    fill(event, 1, 1)
    timetable = build(event)
    (meeting,) = meetings_in(timetable)
    services.refuse(party=meeting.visitor, about=meeting.host_id, by=None, now=NOW)

    with pytest.raises(ValidationError) as refusal:
        services.publish_timetable(timetable=timetable, by=None, now=NOW)

    assert refusal.value.code == "meeting_refused"


def test_nobody_whose_data_are_limited_is_told(event, mailoutbox):
    fill(event, 1, 1)
    limited, other = event.participants.order_by("pk")
    limited.subject.limited_at = NOW
    limited.subject.save()

    publish(build(event), 1, tell=True)

    assert [message.to for message in mailoutbox] == [[other.email]]


def test_nothing_is_told_of_a_version_replaced_or_of_an_evening_begun(event, mailoutbox):
    fill(event, 1, 1)
    first, second = build(event), build(event)
    services.publish_timetable(timetable=first, by=None, now=NOW, tell=True)
    services.publish_timetable(timetable=second, by=None, now=NOW, tell=True)
    Event.objects.update(state="running")

    run_due(clock=lambda: NOW, limit=None)

    assert mailoutbox == []
    with pytest.raises(services.EveningBegun):
        services.publish_timetable(timetable=first, by=None, now=NOW)
