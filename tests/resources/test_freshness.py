import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from ancrage.kit.links import LinkExpired, LinkForged, LinkNotYours
from ancrage.kit.models import OutboxTask
from ancrage.partners.models import Membership
from ancrage.partners.recipients import Recipient
from ancrage.resources import services
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.queries import (
    LinkUsed,
    ask_token,
    asked_resource,
    freshness_of,
    with_freshness,
)
from ancrage.resources.services import FreshnessAnswer
from tests.factories import MembershipFactory, PartnerFactory, ResourceFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def days(number):
    return NOW - timedelta(days=number)


@pytest.fixture
def member():
    return MembershipFactory(partner=PartnerFactory(name="EHPAD fictif")).user


@pytest.fixture
def partner(member):
    return Membership.objects.get(user=member).partner


def token_for(resource, user):
    recipient = Recipient(email=user.email, language="fr", user=user, partner=None)
    return ask_token(resource, recipient, now=NOW)


@pytest.mark.parametrize(
    ("age", "expected"), [(29, "fresh"), (30, "to_confirm"), (44, "to_confirm"), (45, "stale")]
)
def test_freshness_says_the_same_of_a_row_and_of_rows(age, expected):
    resource = ResourceFactory(published=True, confirmed_at=days(age))

    assert freshness_of(resource, now=NOW) == expected
    assert with_freshness(Resource.objects.all(), now=NOW).get().freshness == expected


def test_one_mail_asks_about_all_the_resources_of_a_person(member, partner):
    due = ResourceFactory.create_batch(2, partner=partner, published=True, confirmed_at=days(31))
    ResourceFactory(partner=partner, published=True, confirmed_at=days(29))

    first = services.ask_freshness(now=NOW)
    second = services.ask_freshness(now=NOW)

    assert first == services.Written(resources=2, mails=1)
    assert second == services.Written(resources=0, mails=0)
    mail = OutboxTask.objects.get().payload
    assert mail["to"] == member.email
    assert mail["subject"] == "2 ressources à confirmer : toujours disponibles ?"
    assert all(resource.title in mail["text"] for resource in due)
    assert mail["text"].count("/ressources/actualite/") == 2


def test_a_welcome_body_is_asked_too():
    membership = MembershipFactory(welcome=True)
    ResourceFactory(partner=membership.partner, published=True, confirmed_at=days(31))

    services.ask_freshness(now=NOW)

    assert OutboxTask.objects.get().payload["to"] == membership.user.email


def test_silence_pauses_and_says_so(member, partner):
    resource = ResourceFactory(partner=partner, published=True, confirmed_at=days(60))

    assert services.pause_stale(now=NOW) == services.Written(resources=1, mails=1)

    resource.refresh_from_db()
    assert resource.status == ResourceStatus.PAUSED
    assert OutboxTask.objects.get().payload["subject"] == (
        "Une ressource mise en pause, faute de nouvelles"
    )


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (FreshnessAnswer.STILL_AVAILABLE, ResourceStatus.PUBLISHED),
        (FreshnessAnswer.GIVEN, ResourceStatus.GIVEN),
        (FreshnessAnswer.WITHDRAWN, ResourceStatus.WITHDRAWN),
    ],
)
def test_answer_acts_once_and_is_undone(member, partner, answer, status):
    resource = ResourceFactory(partner=partner, published=True, confirmed_at=days(31))
    token = token_for(resource, member)

    undo = services.answer_freshness(token=token, answer=answer, now=NOW)

    resource.refresh_from_db()
    assert resource.status == status
    with pytest.raises(LinkUsed):
        services.answer_freshness(token=token, answer=answer, now=NOW)
    services.undo_freshness_answer(token=undo, now=NOW + timedelta(minutes=1))
    resource.refresh_from_db()
    assert resource.status == ResourceStatus.PUBLISHED
    with pytest.raises(services.NothingToUndo):
        services.undo_freshness_answer(token=undo, now=NOW + timedelta(minutes=2))


def test_answer_shares_again_what_silence_paused(member, partner):
    resource = ResourceFactory(partner=partner, paused=True, confirmed_at=days(61))

    services.answer_freshness(
        token=token_for(resource, member), answer=FreshnessAnswer.STILL_AVAILABLE, now=NOW
    )

    resource.refresh_from_db()
    assert (resource.status, resource.confirmed_at) == (ResourceStatus.PUBLISHED, NOW)


def test_link_is_refused_when_forged_old_or_no_longer_theirs(member, partner):
    resource = ResourceFactory(partner=partner, published=True, confirmed_at=days(31))
    token = token_for(resource, member)

    with pytest.raises(LinkForged):
        asked_resource(f"{token}x", now=NOW)
    with pytest.raises(LinkExpired):
        asked_resource(token, now=NOW + timedelta(days=31))
    Membership.objects.update(ended_at=NOW)
    with pytest.raises(LinkNotYours):
        asked_resource(token, now=NOW)


def test_tend_resources_does_the_round_and_says_what_it_did(partner, time_machine):
    time_machine.move_to(NOW, tick=False)
    asked = ResourceFactory(partner=partner, published=True, confirmed_at=days(31))
    paused = ResourceFactory(partner=partner, published=True, confirmed_at=days(90))
    expired = ResourceFactory(
        partner=partner,
        published=True,
        available_from=date(2026, 1, 1),
        available_to=NOW.date() - timedelta(days=1),
    )

    first, second = tend(), tend()

    assert first == {"expired": 1, "paused": 1, "asked": 1, "mails": 2, "search_mended": 3}
    assert second == {"expired": 0, "paused": 0, "asked": 0, "mails": 0, "search_mended": 0}
    assert dict(Resource.objects.values_list("pk", "status")) == {
        asked.pk: ResourceStatus.PUBLISHED,
        paused.pk: ResourceStatus.PAUSED,
        expired.pk: ResourceStatus.EXPIRED,
    }


def tend():
    out = StringIO()
    call_command("tend_resources", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])
