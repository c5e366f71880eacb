"""A partner answers from its mail: one click to see, one to answer, nothing on a mere visit."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from ancrage.partners.models import Membership
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent, withdraw_consent
from ancrage.welcome import services
from ancrage.welcome.enums import RequestState, WelcomeKind
from ancrage.welcome.models import TakenDay, WelcomeRequest
from tests.factories import (
    CandidateFactory,
    LifeProjectFactory,
    MembershipFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW
from tests.web.partners.support import words

GRANT = {
    "acte": "accorder",
    "accord-starts_on": "2027-05-03",
    "accord-ends_on": "2027-05-05",
    "accord-answer": "Bienvenue",
}


@pytest.fixture
def person(room):
    """Somebody with a profile, who agrees to this partner."""
    candidate = CandidateFactory(first_name="Nora", email="nora@exemple.test")
    project = LifeProjectFactory(subject=candidate.subject)
    for scope in ("", f"partner:{room.resource.partner_id}"):
        agree(candidate.subject, scope)
    return project


def agree(subject, scope):
    give_consent(
        subject=subject,
        purpose="concierge",
        scope=scope,
        notice=current_notice("concierge"),
        channel=ConsentChannel.SELF,
        by=None,
        now=NOW,
    )


@pytest.fixture
def agent(body):
    return MembershipFactory(welcome=True, partner=body).user


def send(room, project):
    return services.send_request(
        project=project,
        partner=room.resource.partner,
        resource=room.resource,
        kind=WelcomeKind.HOUSING,
        starts_on=project.arrives_on,
        ends_on=project.leaves_on,
        message="Avec mon chat",
        by=None,
        now=NOW,
    )


def letters():
    """Send what waits; return the mails by who they are for."""
    mail.outbox.clear()
    call_command("run_outbox", verbosity=0)
    return {message.to[0]: message for message in mail.outbox}


def link_in(message):
    (address,) = {word for word in message.body.split() if "/conciergerie/reponse/" in word}
    return "/conciergerie/" + address.partition("/conciergerie/")[2]


def test_partner_grants_from_the_mail_without_signing_in(room, person, agent):
    request = send(room, person)
    message = letters()[agent.email]
    for secret in ("Nora", "nora@exemple.test", "chat"):
        assert secret not in message.body + message.subject
    browser, url = Client(), link_in(message)

    shown = words(browser.get(url))
    request.refresh_from_db()
    assert request.state == RequestState.SENT
    assert "Avec mon chat" in shown
    assert "Nora" not in shown

    sent = {**GRANT, "accord-resource": room.resource_id}
    done = browser.post(url, sent)

    request.refresh_from_db()
    assert (request.state, request.answer) == (RequestState.GRANTED, "Bienvenue")
    assert "nora@exemple.test" in words(browser.get(done["Location"]))
    # It served: a second answer finds it closed, the person is told.
    assert browser.get(url).status_code == 410
    assert "Accordé par Habitat fictif" in letters()["nora@exemple.test"].subject.replace(
        "\xa0", " "
    )

    browser.post(done["Location"])
    request.refresh_from_db()
    assert (request.state, TakenDay.objects.count()) == (RequestState.SEEN, 0)
    assert "revoit sa réponse" in letters()["nora@exemple.test"].subject


def test_partner_refuses_from_the_mail_with_its_reason(room, person, agent):
    request = send(room, person)
    url = link_in(letters()[agent.email])

    assert Client().post(url, {"acte": "refuser"}).status_code == 422
    Client().post(url, {"acte": "refuser", "refus-reason": "full"})

    request.refresh_from_db()
    assert (request.state, request.reason) == (RequestState.REFUSED, "full")


def test_link_serves_its_reader_its_time_and_its_purpose_only(
    room, person, agent, body, time_machine
):
    send(room, person)
    url = link_in(letters()[agent.email])
    browser = Client()

    assert browser.get(url[:-3] + "AA/").status_code == 403
    # The link that answers is not the one that undoes.
    assert browser.post(url.replace("reponse/", "reponse/faite/")).status_code == 403
    time_machine.move_to(NOW + timedelta(days=31), tick=False)
    assert browser.get(url).status_code == 410
    time_machine.move_to(NOW, tick=False)
    assert browser.get(url).status_code == 200
    Membership.objects.filter(user=agent).update(ended_at=NOW)
    assert browser.get(url).status_code == 403


@pytest.mark.parametrize("everything", [True, False])
def test_link_dies_with_the_agreement(room, person, agent, body, everything):
    send(room, person)
    url = link_in(letters()[agent.email])

    withdraw_consent(
        subject=person.subject,
        purpose="concierge",
        scope="" if everything else f"partner:{body.pk}",
        channel=ConsentChannel.SELF,
        by=None,
        now=NOW,
    )

    assert Client().get(url).status_code == 410
    assert Client().post(url, GRANT).status_code == 410
    told = letters()
    assert "vous n’avez rien à faire" in told[agent.email].body
    assert "nora@exemple.test" not in told


def test_mailbox_is_written_to_where_nobody_welcomes_and_never_that_of_recruiters(room, person):
    partner = room.resource.partner
    partner.contact_email = "accueil@habitat.test"
    partner.save()
    send(room, person)
    assert link_in(letters()["accueil@habitat.test"])

    partner.kind = "private"
    partner.save()
    WelcomeRequest.objects.all().delete()
    send(room, person)
    assert "accueil@habitat.test" not in letters()


def test_cancelled_place_is_told_to_the_person_and_the_coordination(room, person, agent, body):
    coordinator = TerritoryRoleFactory(territory=body.territory).user
    request = send(room, person)
    services.grant_request(request=request, by=agent, now=NOW)
    letters()

    services.cancel_place(request=request, by=agent, now=NOW)

    told = letters()
    assert set(told) == {"nora@exemple.test", coordinator.email}
    assert "le besoin de nouveau à pourvoir" in told["nora@exemple.test"].body
    assert "Nora" not in told[coordinator.email].body
    assert agent.email not in told


def test_silent_partner_is_reminded_at_three_days_and_at_seven(room, person, agent, time_machine):
    send(room, person)
    letters()

    reminded = [
        services.remind_partners(now=NOW + timedelta(days=day)) for day in (2, 3, 4, 7, 8, 30)
    ]

    assert reminded == [0, 1, 0, 1, 0, 0]
    time_machine.move_to(NOW + timedelta(days=30), tick=False)
    assert letters()[agent.email].subject.startswith("Rappel")


def test_day_missed_is_caught_up_by_one_reminder(room, person, agent):
    send(room, person)

    reminded = [services.remind_partners(now=NOW + timedelta(days=day)) for day in (9, 10)]

    assert reminded == [1, 0]
