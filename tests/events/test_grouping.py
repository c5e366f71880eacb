"""Parties joined and split: the wishes, the refusals and the rules follow."""

import pytest
from django.core.exceptions import ValidationError

from ancrage.events.enums import EventState, PartyKind, RuleKind, WishKind
from ancrage.events.models import PairRule, Wish
from ancrage.events.services import CannotRegroup, edit_party, join_parties, leave_party
from tests.factories import NeedFactory, ParticipantFactory, PartyFactory
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


def _rule(host, visitor, kind):
    return PairRule.objects.create(event=host.event, host=host, visitor=visitor, kind=kind, at=NOW)


def _rules():
    return sorted(PairRule.objects.values_list("host", "visitor", "kind"))


@pytest.mark.parametrize("imposed_to_kept", [True, False])
def test_forbidden_pair_wins_over_an_imposed_one_and_the_organiser_is_told(
    hosts, visitors, imposed_to_kept
):
    host = _party(hosts, first_name="Camille", last_name="Fictive")
    other = _party(hosts)
    kept, joined = _party(visitors), _party(visitors)
    imposed, forbidden = (kept, joined) if imposed_to_kept else (joined, kept)
    _rule(host, imposed, RuleKind.LOCKED)
    _rule(host, forbidden, RuleKind.FORBIDDEN)
    _rule(other, joined, RuleKind.LOCKED)

    freed = _join(kept, joined)

    assert freed == ("Camille Fictive",)
    assert _rules() == sorted([(host.pk, kept.pk, "forbidden"), (other.pk, kept.pk, "locked")])


def test_refusal_of_one_lifts_what_was_imposed_to_the_other(hosts, visitors):
    first = _party(hosts, first_name="Camille", last_name="Fictive")
    second = _party(hosts, first_name="Dominique", last_name="Fictive")
    kept, joined = _party(visitors), _party(visitors)
    _rule(first, kept, RuleKind.LOCKED)
    _rule(second, kept, RuleKind.LOCKED)
    _wish(joined, first)
    _wish(second, joined)

    assert _join(kept, joined) == ("Camille Fictive", "Dominique Fictive")
    assert _rules() == []


def test_who_leaves_takes_along_what_the_group_refused_and_was_forbidden(hosts, visitors):
    first, second, third = (_party(hosts) for _number in range(3))
    group = _party(visitors)
    leaving = ParticipantFactory(party=group)
    _rule(first, group, RuleKind.FORBIDDEN)
    _rule(second, group, RuleKind.LOCKED)
    _wish(group, third, 1)
    _wish(group, second)
    _wish(third, group)

    own = leave_party(participant=leaving, by=None, now=NOW)

    assert _rules() == sorted(
        [
            (first.pk, group.pk, "forbidden"),
            (second.pk, group.pk, "locked"),
            (first.pk, own.pk, "forbidden"),
        ]
    )
    assert list(own.wishes.values_list("about", "kind")) == [(second.pk, "refused")]
    assert list(own.wished_by.values_list("by", "kind")) == [(third.pk, "refused")]
    assert group.wishes.count() == 2


def test_group_already_joined_to_another_is_not_joined_again(visitors):
    kept, joined, late = _party(visitors), _party(visitors), _party(visitors)
    _join(kept, joined)

    with pytest.raises(CannotRegroup, match="vient d’être réuni"):
        _join(late, joined)


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


def test_host_comes_only_for_a_post_that_its_structure_publishes(hosts):
    party, elsewhere = _party(hosts), NeedFactory(published=True)
    how = {"name": "", "kind": PartyKind.SINGLE, "seats": 1, "table": None, "by": None, "now": NOW}

    with pytest.raises(ValidationError, match="un poste que publie sa structure"):
        edit_party(party=party, need=elsewhere, **how)

    party.refresh_from_db()
    assert party.need is None
