"""What participants are told, and what is no longer told when the mail leaves."""

import pytest
from django.core import mail

from ancrage.events import services
from ancrage.events.enums import EventState, RegistrationOrigin, RegistrationState
from ancrage.events.models import Participant
from ancrage.events.services import Person
from ancrage.kit.outbox import run_due
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.services import limit_subject, withdraw_consent
from tests.factories import ParticipantFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def register(side, *people, origin=RegistrationOrigin.PUBLIC):
    return services.register(side=side, people=people, origin=origin, by=None, now=NOW)


def subjects():
    mail.outbox.clear()
    run_due(clock=lambda: NOW, limit=None)
    return [(one.to[0].partition("@")[0], one.subject.partition(" :")[0]) for one in mail.outbox]


def person(name, **facts):
    return Person("Alix", name, email=f"{name}@exemple.test", **facts)


def test_a_place_given_before_the_mail_leaves_is_told_alone(visitors):
    ParticipantFactory.create_batch(2, party__side=visitors)
    register(visitors, person("sam"))
    services.cancel(participant=Participant.objects.order_by("pk")[0], by=None, now=NOW)

    told = subjects()

    assert ("sam", "Une place pour vous") in told
    assert ("sam", "Liste d’attente") not in told


def test_a_raised_capacity_tells_those_who_get_a_place(visitors):
    ParticipantFactory.create_batch(2, party__side=visitors)
    register(visitors, person("sam"))
    subjects()
    visitors.capacity = 3
    visitors.save()

    services.give_places(side=visitors, now=NOW)

    assert subjects() == [("sam", "Une place pour vous")]


def test_an_event_called_off_is_told_to_all_who_are_in_it(event, visitors):
    register(visitors, person("sam"))
    waiting = ParticipantFactory(
        party__side=visitors, state=RegistrationState.WAITING, email="w@exemple.test"
    )
    ParticipantFactory(party__side=visitors, state="cancelled", cancelled_at=NOW)
    subjects()

    services.move_event(event=event, after=EventState.CANCELLED, by=None, now=NOW)

    assert subjects() == [("sam", "Annulé"), ("w", "Annulé")]
    assert waiting.email == "w@exemple.test"


def test_the_mail_is_in_the_language_of_the_registration(visitors):
    register(visitors, person("sam", language="en"))

    assert subjects() == [("sam", "Your registration: Doc’dating fictif")]


def test_nobody_erased_is_written_to(visitors):
    register(visitors, person("sam"))
    services.forget_participants(participants=Participant.objects.all(), now=NOW)

    assert subjects() == []


def test_an_agreement_noted_for_somebody_keeps_its_proof(visitors):
    told = {"sharing_channel": ConsentChannel.PAPER, "sharing_proof": "Bulletin du 3 novembre"}
    register(visitors, person("sam", shares_sheet=True, **told), origin="organiser")

    participant = Participant.objects.get()
    assert participant.shares_sheet
    assert consent_holds(participant.subject, "events_sharing", f"event:{participant.event_id}")


@pytest.mark.parametrize("act", ["withdrawn elsewhere", "limited"])
def test_the_sheet_follows_the_ledger(visitors, act):
    register(visitors, person("sam", shares_sheet=True))
    participant = Participant.objects.get()
    common = {"subject": participant.subject, "by": None, "now": NOW}

    if act == "limited":
        limit_subject(**common)
    else:
        scope = f"event:{participant.event_id}"
        withdraw_consent(purpose="events_sharing", scope=scope, channel="self", **common)

    participant.refresh_from_db()
    assert not participant.shares_sheet


def test_a_lost_link_leaves_once_an_hour(event, visitors):
    ParticipantFactory(party__side=visitors, email="sam@exemple.test")

    for _time in range(3):
        services.send_lost_link(event=event, email="SAM@exemple.test", now=NOW)

    assert subjects() == [("sam", "Votre lien")]
