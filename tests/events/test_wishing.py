"""Whom a party wishes to meet: in order, or not at all."""

import pytest

from ancrage.events.enums import EventState, RegistrationState, WishKind
from ancrage.events.models import Wish
from ancrage.events.services import (
    NobodyToWish,
    TooManyWishes,
    WishesClosed,
    forget_wish,
    move_wish,
    refuse,
    wish,
)
from ancrage.events.services.wishing import MOST_WISHES
from ancrage.kit.models import AuditLine
from tests.factories import ParticipantFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(visitors):
    return ParticipantFactory(party__side=visitors).party


@pytest.fixture
def three(hosts):
    return [ParticipantFactory(party__side=hosts).party.pk for _ in range(3)]


def said(party):
    rows = Wish.objects.filter(by=party).order_by("rank", "about_id")
    return [(row.about_id, row.kind, row.rank) for row in rows]


def wished(party, *abouts):
    for about in abouts:
        wish(party=party, about=about, by=None, now=NOW)


def test_wishes_are_ranked_in_the_order_said(visitor, three):
    wished(visitor, *three, three[0])

    assert said(visitor) == [
        (three[0], WishKind.WANTED, 1),
        (three[1], WishKind.WANTED, 2),
        (three[2], WishKind.WANTED, 3),
    ]


def test_a_wish_moves_no_further_than_the_ends(visitor, three):
    wished(visitor, *three)

    move_wish(party=visitor, about=three[2], places=-1, by=None, now=NOW)
    move_wish(party=visitor, about=three[0], places=9, by=None, now=NOW)

    assert [about for about, *_ in said(visitor)] == [three[2], three[1], three[0]]


def test_a_refusal_closes_the_gap_it_leaves_in_the_ranks(visitor, three):
    wished(visitor, *three)

    refuse(party=visitor, about=three[0], by=None, now=NOW)

    assert sorted(said(visitor), key=lambda one: one[2] or 0) == [
        (three[0], WishKind.REFUSED, None),
        (three[1], WishKind.WANTED, 1),
        (three[2], WishKind.WANTED, 2),
    ]


def test_a_refusal_becomes_a_wish_or_nothing(visitor, three):
    refuse(party=visitor, about=three[0], by=None, now=NOW)
    refuse(party=visitor, about=three[1], by=None, now=NOW)

    wish(party=visitor, about=three[0], by=None, now=NOW)
    forget_wish(party=visitor, about=three[1], by=None, now=NOW)
    forget_wish(party=visitor, about=three[2], by=None, now=NOW)

    assert said(visitor) == [(three[0], WishKind.WANTED, 1)]


def test_only_the_other_side_of_the_event_is_wished(visitor, visitors, hosts):
    beside = ParticipantFactory(party__side=visitors).party.pk
    gone = ParticipantFactory(
        party__side=hosts, state=RegistrationState.CANCELLED, cancelled_at=NOW
    ).party.pk
    elsewhere = ParticipantFactory().party.pk

    for about in (visitor.pk, beside, gone, elsewhere):
        with pytest.raises(NobodyToWish):
            wish(party=visitor, about=about, by=None, now=NOW)


def test_who_has_no_place_wishes_nothing(visitor, three):
    visitor.members.update(state=RegistrationState.WAITING)

    with pytest.raises(NobodyToWish):
        wish(party=visitor, about=three[0], by=None, now=NOW)


def test_wishes_end_at_their_term_and_with_the_preparation(event, visitor, three):
    with pytest.raises(WishesClosed):
        wish(party=visitor, about=three[0], by=None, now=event.wishes_close_at)

    event.state = EventState.RUNNING
    event.save()
    with pytest.raises(WishesClosed):
        refuse(party=visitor, about=three[0], by=None, now=NOW)


def test_a_list_of_wishes_has_an_end(visitor, hosts):
    many = [ParticipantFactory(party__side=hosts).party.pk for _ in range(MOST_WISHES + 1)]
    wished(visitor, *many[:-1])

    with pytest.raises(TooManyWishes):
        wish(party=visitor, about=many[-1], by=None, now=NOW)
    assert len(said(visitor)) == MOST_WISHES


def test_the_journal_says_that_wishes_changed_and_not_which(visitor, three):
    refuse(party=visitor, about=three[0], by=None, now=NOW)

    line = AuditLine.objects.get(action="events.wish")
    assert (line.target_id, line.changes) == (str(visitor.pk), {})
