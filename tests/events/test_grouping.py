"""Parties joined and split: the wishes, the refusals and the rules follow."""

import pytest
from django.core.exceptions import ValidationError

from ancrage.events.enums import EventState, PartyKind, RuleKind, WishKind
from ancrage.events.models import PairRule, Wish
from ancrage.events.services import CannotRegroup, edit_party, join_parties, leave_party
from tests.factories import ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def _party(side, **facts):
    return ParticipantFactory(party=PartyFactory(side=side), **facts).party


def _wish(by, about, rank=None):
    kind = WishKind.REFUSED if rank is None else WishKind.WANTED
    return Wish.objects.create(event=by.event, by=by, about=about, kind=kind, rank=rank, at=NOW)


def _join(kept, joined, **changes):
    facts = {"kind": PartyKind.COUPLE, "name": "Les Fictif", **changes}
    return join_parties(kept=kept, joined=joined, by=None, now=NOW, **facts)


def test_joined_party_keeps_the_wishes_of_both_and_every_refusal(hosts, visitors):
    first, second, third = (_party(hosts) for _number in range(3))
    kept, joined = _party(visitors), _party(visitors)
    _wish(kept, first, 1)
    _wish(kept, second, 2)
    _wish(joined, third, 1)
    _wish(joined, second)
    _wish(first, joined, 1)
    _wish(second, kept, 1)
    _wish(second, joined)

    _join(kept, joined)

    said = sorted(kept.wishes.values_list("about", "kind", "rank"))
    assert said == sorted(
        [(first.pk, "wanted", 1), (second.pk, "refused", None), (third.pk, "wanted", 3)]
    )
    received = sorted(kept.wished_by.values_list("by", "kind", "rank"))
    assert received == sorted([(first.pk, "wanted", 1), (second.pk, "refused", None)])
    assert not Wish.objects.filter(by=joined).exists()
    assert kept.members.count() == 2


def test_joined_party_keeps_the_rules(hosts, visitors):
    first, second = _party(hosts), _party(hosts)
    kept, joined = _party(visitors), _party(visitors)
    rules = {"event": hosts.event, "kind": RuleKind.FORBIDDEN, "at": NOW}
    PairRule.objects.create(host=first, visitor=kept, **rules)
    PairRule.objects.create(host=first, visitor=joined, **rules)
    PairRule.objects.create(host=second, visitor=joined, **rules)

    _join(kept, joined)

    pairs = PairRule.objects.order_by("host").values_list("host", "visitor")
    assert list(pairs) == [(first.pk, kept.pk), (second.pk, kept.pk)]


def test_who_waits_does_not_enter_by_joining(visitors):
    kept, joined = _party(visitors), _party(visitors, state="waiting")

    with pytest.raises(CannotRegroup, match="l’autre attend"):
        _join(kept, joined)


def test_parties_of_two_sides_or_for_one_person_are_not_joined(hosts, visitors):
    kept = _party(visitors)

    with pytest.raises(CannotRegroup, match="même côté"):
        _join(kept, _party(hosts))
    with pytest.raises(CannotRegroup, match="équipe ou un couple"):
        _join(kept, _party(visitors), kind=PartyKind.SINGLE)


def test_nobody_regroups_once_the_evening_has_begun(visitors):
    kept, joined = _party(visitors), _party(visitors)
    visitors.event.state = EventState.RUNNING
    visitors.event.save()

    with pytest.raises(CannotRegroup, match="La soirée a commencé"):
        _join(kept, joined)


def test_who_is_alone_does_not_leave(visitors):
    party = _party(visitors)

    with pytest.raises(CannotRegroup):
        leave_party(participant=party.members.get(), by=None, now=NOW)


def test_three_stay_a_team_when_one_leaves(hosts):
    party = _party(hosts)
    others = [ParticipantFactory(party=party) for _number in range(2)]
    party.kind, party.name = PartyKind.TEAM, "Maison fictive"
    party.save()

    leave_party(participant=others[0], by=None, now=NOW)

    party.refresh_from_db()
    assert (party.kind, party.name, party.members.count()) == ("team", "Maison fictive", 2)


def test_party_is_described_within_what_it_is(hosts, visitors):
    moving, table = _party(visitors), hosts.event.tables.create(number=3)
    sitting = _party(hosts)
    how = {"name": "", "kind": PartyKind.SINGLE, "by": None, "now": NOW}

    edit_party(party=sitting, seats=2, table=table, **how)

    sitting.refresh_from_db()
    assert (sitting.seats, sitting.table) == (2, table)
    with pytest.raises(ValidationError, match="Seul un hôte"):
        edit_party(party=moving, seats=2, table=None, **how)
