"""Two partners' answers at once, as two real processes: the last room is given once."""

from datetime import date

import pytest

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent
from ancrage.welcome import services
from ancrage.welcome.models import TakenDay, WelcomeRequest
from tests.factories import (
    AvailabilityFactory,
    LifeProjectFactory,
    WelcomeRequestFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW
from tests.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shared(transactional_db, tmp_path):
    return Shared(tmp_path)


def together(shared, act, *arguments):
    """Run `act` in two processes that both have read what they change before either writes."""
    ready = FORK.Barrier(2)
    both = [shared.start(act, ready, number, *arguments) for number in range(2)]
    return sorted(running.end() for running in both)


def grant(ready, number, pks):
    row = WelcomeRequest.objects.select_related("partner", "resource").get(pk=pks[number])
    ready.wait(20)
    services.grant_request(request=row, by=None, now=NOW)
    return number


def asked(room):
    project = LifeProjectFactory()
    for scope in ("", f"partner:{room.resource.partner_id}"):
        give_consent(
            subject=project.subject,
            purpose="concierge",
            scope=scope,
            notice=current_notice("concierge"),
            channel=ConsentChannel.SELF,
            by=None,
            now=NOW,
        )
    request = WelcomeRequestFactory(
        project=project, partner=room.resource.partner, resource=room.resource
    )
    return request.pk


def two_requests_for_one_room():
    room = WelcomeTermsFactory()
    AvailabilityFactory(resource=room.resource)
    return [asked(room), asked(room)]


def one_request_for_two_rooms():
    house = WelcomeTermsFactory()
    AvailabilityFactory(resource=house.resource, places=2)
    return [asked(house)] * 2


def outcome():
    states = WelcomeRequest.objects.order_by("state").values_list("state", flat=True)
    return list(states), TakenDay.objects.filter(on=date(2027, 5, 3)).count()


@pytest.mark.parametrize(
    ("make", "refusal", "states"),
    [
        (two_requests_for_one_room, "NothingFree", ["granted", "sent"]),
        (one_request_for_two_rooms, "RequestStepNotAllowed", ["granted"]),
    ],
)
def test_place_is_given_once_when_granted_twice_in_the_same_second(shared, make, refusal, states):
    pks = shared.call(make)

    ends = together(shared, grant, pks)

    told = [sentence.split(":")[0] for outcome, sentence in ends if outcome == "raised"]
    assert told == [refusal]
    assert shared.call(outcome) == (states, 1)
