"""What became of contacts: asked at 1, 3, 6 and 12 months, to each side, once."""

from datetime import date, timedelta

import pytest
from django.core import mail

from ancrage.events.enums import ContactOutcome, EventState, SideRole
from ancrage.events.models import Contact, ContactFollowUp, Feedback
from ancrage.events.queries import contacts_of
from ancrage.events.services import (
    NoFeedbackYet,
    NothingAsked,
    give_feedback,
    say_outcome,
    tend_contacts,
)
from ancrage.kit.outbox import run_due
from tests.factories import ParticipantFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

TODAY = date(NOW.year, NOW.month, NOW.day)


@pytest.fixture
def host(hosts):
    return ParticipantFactory(party__side=hosts)


@pytest.fixture
def visitor(visitors):
    return ParticipantFactory(party__side=visitors)


@pytest.fixture
def contact(event, host, visitor):
    return Contact.objects.create(
        event=event, host=host.party, visitor=visitor.party, opened_at=NOW
    )


def ask(contact, side=SideRole.VISITOR, months=1, due_on=TODAY, **more):
    return ContactFollowUp.objects.create(
        contact=contact, side=side, months=months, due_on=due_on, **more
    )


def sent():
    run_due(clock=lambda: NOW)
    return [one.to[0] for one in mail.outbox]


def test_what_is_due_is_asked_once(contact, host, visitor):
    ask(contact)
    ask(contact, SideRole.HOST, due_on=TODAY + timedelta(days=1))

    first, again = tend_contacts(now=NOW), tend_contacts(now=NOW)

    assert (first.asked, first.mails, again.mails) == (1, 1, 0)
    assert sent() == [visitor.email]


def test_two_contacts_of_one_person_make_one_mail(event, contact, visitor, hosts):
    other = Contact.objects.create(
        event=event,
        host=ParticipantFactory(party__side=hosts).party,
        visitor=visitor.party,
        opened_at=NOW,
    )
    ask(contact)
    ask(other)

    assert tend_contacts(now=NOW).mails == 1
    assert sent() == [visitor.email]


def test_silence_is_reminded_once_then_dropped(contact, visitor):
    ask(contact, sent_on=TODAY - timedelta(days=7))
    ask(contact, months=3, due_on=TODAY - timedelta(days=60))

    assert tend_contacts(now=NOW).reminded == 1
    assert tend_contacts(now=NOW).mails == 0
    assert sent() == [visitor.email]


def test_who_paused_is_not_asked(contact, visitor):
    visitor.subject.limited_at = NOW
    visitor.subject.save()
    ask(contact)

    assert tend_contacts(now=NOW).mails == 0


def test_one_side_answers_its_own_question_alone(contact, host, visitor):
    theirs, others = ask(contact), ask(contact, SideRole.HOST)

    def say(follow_up):
        say_outcome(
            participant=visitor,
            follow_up=follow_up.pk,
            outcome=ContactOutcome.LOCUM,
            comment=" Deux semaines en mai. ",
            now=NOW,
        )

    say(theirs)
    with pytest.raises(NothingAsked):
        say(others)
    theirs.refresh_from_db()
    assert (theirs.outcome, theirs.comment) == ("locum", "Deux semaines en mai.")
    [read] = contacts_of(visitor, on=TODAY)
    assert (read.asked, read.said.outcome) == (None, "locum")


def test_whoever_gave_their_place_up_says_nothing_of_the_contact(contact, visitor):
    theirs = ask(contact)
    visitor.state, visitor.cancelled_at = "cancelled", NOW
    visitor.save()

    with pytest.raises(NothingAsked):
        say_outcome(
            participant=visitor,
            follow_up=theirs.pk,
            outcome=ContactOutcome.LOCUM,
            comment="",
            now=NOW,
        )
    theirs.refresh_from_db()
    assert theirs.answered_at is None


def test_the_latest_question_due_is_the_one_asked(contact, visitor):
    ask(contact, months=1, due_on=TODAY - timedelta(days=60))
    third = ask(contact, months=3)
    ask(contact, months=6, due_on=TODAY + timedelta(days=90))

    assert contacts_of(visitor, on=TODAY)[0].asked == third


def test_feedback_opens_after_the_evening_and_replaces_itself(event, visitor):
    def give(rating):
        give_feedback(participant=visitor, rating=rating, comment=" Bien. ", now=NOW)

    with pytest.raises(NoFeedbackYet):
        give(4)
    event.state = EventState.OVER
    event.save()
    visitor.event.refresh_from_db()
    give(4)
    give(5)

    assert list(Feedback.objects.values_list("rating", "comment")) == [(5, "Bien.")]
