"""Many people at the same door, as real processes."""

from contextlib import suppress

import pytest

from ancrage.events import services
from ancrage.events.enums import (
    PartyKind,
    RegistrationOrigin,
    RegistrationState,
    RuleKind,
    SideRole,
)
from ancrage.events.models import PairRule, Participant, Party, Side, Wish
from ancrage.events.services import Person
from tests.factories import ParticipantFactory, SideFactory
from tests.factories.moments import NOW
from tests.processes import FORK, Shared

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


def tie_all(ready, pairs):
    ready.wait(20)
    for kept, joined in pairs:
        services.join_parties(
            kept=Party.objects.get(pk=kept),
            joined=Party.objects.get(pk=joined),
            kind=PartyKind.COUPLE,
            name="",
            by=None,
            now=NOW,
        )
    return "tied"


def wish_for_all(ready, own, wanted):
    ready.wait(20)
    party, kept = Party.objects.get(pk=own), 0
    for about in wanted:
        # Groups that were joined in the meantime are refused: that is an answer too.
        with suppress(services.NobodyToWish):
            services.wish(party=party, about=about, by=None, now=NOW)
            kept += 1
    return kept


def rule_all(ready, host, ruled):
    ready.wait(20)
    own, kept = Party.objects.get(pk=host), 0
    for key in ruled:
        with suppress(services.GroupGone):
            visitor = Party.objects.get(pk=key)
            services.rule_pair(
                host=own, visitor=visitor, kind=RuleKind.FORBIDDEN, by=None, now=NOW
            )
            kept += 1
    return kept


def couples_to_come():
    host = ParticipantFactory()
    host.party.side.role = SideRole.HOST
    host.party.side.save()
    side = SideFactory(event=host.event)
    pairs = [
        tuple(ParticipantFactory(party__side=side).party_id for _one in range(2))
        for _pair in range(TIMES)
    ]
    return host.party_id, pairs


def said_of_groups():
    peopled = set(Participant.objects.values_list("party", flat=True))
    about = list(Wish.objects.values_list("about", flat=True))
    ruled = list(PairRule.objects.values_list("visitor", flat=True))
    return len(about), len(ruled), {*about, *ruled} <= peopled


def test_what_is_said_of_a_group_being_joined_is_never_lost(transactional_db, tmp_path):
    shared = Shared(tmp_path)
    host, pairs = shared.call(couples_to_come)
    ready = FORK.Barrier(3)
    joined = [after for _kept, after in pairs]

    tying = shared.start(tie_all, ready, pairs)
    wishing = shared.start(wish_for_all, ready, host, joined)
    ruling = shared.start(rule_all, ready, host, joined)
    kept = [running.result() for running in (tying, wishing, ruling)]

    assert ["tied", *shared.call(said_of_groups)] == [*kept, True]


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
