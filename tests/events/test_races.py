"""Many people at the same door, as real processes."""

import pytest

from ancrage.events import services
from ancrage.events.enums import RegistrationOrigin, RegistrationState, SideRole
from ancrage.events.models import Participant, Party, Side
from ancrage.events.services import Person
from tests.factories import ParticipantFactory, SideFactory
from tests.factories.moments import NOW
from tests.kit.imports.processes import FORK, Shared

pytestmark = [pytest.mark.django_db(transaction=True)]

# Three hundred people in a minute for sixty places, by the service of the public page.
DOORS, EACH, PLACES = 3, 100, 60
# Wishes of two people for one another, at once.
TIMES = 20


def enter(ready, door, side):
    ready.wait(20)
    for number in range(EACH):
        name = f"p{door}-{number}"
        services.register(
            side=Side.objects.get(pk=side),
            people=[Person("Alix", name, email=f"{name}@exemple.test")],
            origin=RegistrationOrigin.PUBLIC,
            by=None,
            now=NOW,
        )
    return door


def wish(ready, own, other):
    ready.wait(20)
    party = Party.objects.get(pk=own)
    for _time in range(TIMES):
        services.wish(party=party, about=other, by=None, now=NOW)
        services.forget_wish(party=party, about=other, by=None, now=NOW)
    return own


def two_parties():
    visitor = ParticipantFactory()
    side = SideFactory(event=visitor.event, role=SideRole.HOST)
    return visitor.party_id, ParticipantFactory(party__side=side).party_id


def test_two_who_wish_for_one_another_never_wait_for_one_another(transactional_db, tmp_path):
    shared = Shared(tmp_path)
    one, other = shared.call(two_parties)
    ready = FORK.Barrier(2)

    running = [shared.start(wish, ready, one, other), shared.start(wish, ready, other, one)]

    assert [process.end() for process in running] == [("returned", one), ("returned", other)]


def one_side():
    return SideFactory(capacity=PLACES).pk


def placed():
    rows = Participant.objects.order_by("registered_at", "pk")
    return [row.state == RegistrationState.REGISTERED for row in rows]


def test_people_who_register_at_once_never_take_a_place_too_many(transactional_db, tmp_path):
    shared = Shared(tmp_path)
    side = shared.call(one_side)
    ready = FORK.Barrier(DOORS)

    running = [shared.start(enter, ready, door, side) for door in range(DOORS)]
    ends = [process.end()[0] for process in running]

    assert ends == ["returned"] * DOORS
    assert shared.call(placed) == [True] * PLACES + [False] * (DOORS * EACH - PLACES)
