"""One's contacts behind the personal link: how to reach them, what they became."""

from datetime import date

import pytest
from django.urls import reverse

from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Contact, ContactFollowUp, Feedback
from ancrage.events.queries import personal_token
from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event():
    return EventFactory(
        state=EventState.OVER,
        doors_at=NOW,
        starts_at=NOW,
        registration_closes_at=NOW,
        wishes_close_at=NOW,
        marks_close_at=NOW,
    )


@pytest.fixture
def visitor(event):
    return ParticipantFactory(party__side=SideFactory(event=event))


@pytest.fixture
def host(event):
    return ParticipantFactory(
        party__side=SideFactory(event=event, role=SideRole.HOST),
        first_name="Camille",
        last_name="Fictive",
        phone="+33231000000",
    )


@pytest.fixture
def contact(event, host, visitor):
    return Contact.objects.create(
        event=event, host=host.party, visitor=visitor.party, opened_at=NOW
    )


def link(participant, name="own", **more):
    return reverse(f"outcomes:{name}", kwargs={"token": personal_token(participant), **more})


def ask(contact, side=SideRole.VISITOR):
    return ContactFollowUp.objects.create(
        contact=contact, side=side, months=1, due_on=date(NOW.year, NOW.month, NOW.day)
    )


def test_a_contact_says_how_to_reach_the_other(client, visitor, host, contact):
    page = client.get(link(visitor)).text

    assert "Camille Fictive" in page
    assert host.email in page
    assert "02 31 00 00 00" in page


def test_without_a_contact_the_page_says_when_they_open(client, visitor):
    assert "Pas de contact ouvert" in client.get(link(visitor)).text


def test_an_outcome_is_said_in_a_click(client, visitor, contact):
    question = ask(contact)

    response = client.post(link(visitor, "answer", pk=question.pk), {"outcome": "locum"})

    assert response["Location"] == link(visitor)
    assert "Vous avez répondu : Remplacement fait ou prévu." in client.get(link(visitor)).text


def test_the_question_of_the_other_side_is_not_theirs(client, visitor, contact):
    question = ask(contact, SideRole.HOST)

    response = client.post(link(visitor, "answer", pk=question.pk), {"outcome": "locum"})

    assert response.status_code == 422
    assert ContactFollowUp.objects.get().outcome == ""


def test_the_other_side_reads_nothing_of_the_answer(client, visitor, host, contact):
    question = ask(contact)
    said = {"outcome": "gave_up", "comment": "Trop loin finalement"}
    client.post(link(visitor, "answer", pk=question.pk), said)

    page = client.get(link(host)).text

    assert "Trop loin" not in page
    assert "Sans suite" not in page


def test_an_opinion_is_kept_and_comes_back_to_be_changed(client, visitor):
    client.post(link(visitor, "feedback"), {"rating": "4", "comment": "Plus de temps"})

    assert Feedback.objects.get().rating == 4
    assert "Plus de temps" in client.get(link(visitor)).text
