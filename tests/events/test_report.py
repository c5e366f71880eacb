"""An event in figures: who came, what was held, what became of it."""

import pytest

from ancrage.events.enums import ContactOutcome, RegistrationState, SideRole
from ancrage.events.models import Contact, ContactFollowUp, Feedback
from ancrage.events.queries import Opinions, SideReport, report_of, reports_of
from tests.factories import EventFactory, ParticipantFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def contact_between(event, hosts, visitors):
    return Contact.objects.create(
        event=event,
        host=ParticipantFactory(party__side=hosts).party,
        visitor=ParticipantFactory(party__side=visitors).party,
        opened_at=NOW,
    )


def tell(contact, side, months, outcome=""):
    ContactFollowUp.objects.create(
        contact=contact,
        side=side,
        months=months,
        due_on=NOW.date(),
        outcome=outcome,
        answered_at=NOW if outcome else None,
    )


def test_people_are_counted_by_side(event, visitors, hosts):
    ParticipantFactory(party__side=visitors, arrived_at=NOW)
    ParticipantFactory(party__side=visitors)
    ParticipantFactory(party__side=visitors, state=RegistrationState.CANCELLED, cancelled_at=NOW)
    ParticipantFactory(party__side=hosts, state=RegistrationState.WAITING)

    report = report_of(event)

    assert report.sides == (
        SideReport(hosts.name, "host", registered=0, gave_up=0, came=0, waited=1),
        SideReport(visitors.name, "visitor", registered=2, gave_up=1, came=1, waited=0),
    )
    assert (report.registered, report.came, report.sides[1].missing) == (2, 1, 1)


def test_a_side_where_nobody_is_registered_counts_nobody(event, visitors, hosts):
    assert [(side.name, side.registered) for side in report_of(event).sides] == [
        (hosts.name, 0),
        (visitors.name, 0),
    ]


def test_a_contact_counts_once_for_the_most_lasting_of_its_two_sides(event, visitors, hosts):
    first, second = (contact_between(event, hosts, visitors) for _ in range(2))
    tell(first, SideRole.HOST, 12, ContactOutcome.ASSOCIATION)
    tell(first, SideRole.VISITOR, 12, ContactOutcome.LOCUM)
    tell(second, SideRole.HOST, 12, ContactOutcome.GAVE_UP)
    tell(second, SideRole.VISITOR, 12)
    tell(second, SideRole.VISITOR, 1, ContactOutcome.LOCUM)

    report = report_of(event)

    assert report.contacts == 2
    assert [(one.months, one.told, one.results, one.lasting) for one in report.horizons] == [
        (1, 1, 1, 0),
        (12, 2, 1, 1),
    ]
    assert report.latest.outcomes == {"association": 1, "gave_up": 1}


def test_opinions_wait_for_five_of_them(event, visitors):
    def give(rating, comment):
        Feedback.objects.create(
            participant=ParticipantFactory(party__side=visitors),
            rating=rating,
            comment=comment,
            at=NOW,
        )

    for rating in (5, 4, 4, 3):
        give(rating, "Un mot")
    assert report_of(event).opinions == Opinions(4, None, ())

    give(5, "Bien")
    assert report_of(event).opinions == Opinions(5, 4.2, ("Bien", *["Un mot"] * 4))


def test_reports_cost_the_same_for_one_event_and_for_many(django_assert_num_queries):
    events = [EventFactory() for _ in range(3)]

    with django_assert_num_queries(5):
        assert [one.event for one in reports_of(events)] == events
