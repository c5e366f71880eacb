"""Two registrations of one person become one; two people are left alone."""

import pytest

from ancrage.events.enums import EventState, RegistrationOrigin, WishKind
from ancrage.events.models import Answer, DistinctRegistrations, Participant, Question, Wish
from ancrage.events.queries.people import likenesses_in, told_apart_in
from ancrage.events.services import (
    CannotMerge,
    Person,
    compare_again,
    forget_participants,
    merge_registrations,
    register,
    tell_apart,
)
from ancrage.kit.models import AuditLine
from ancrage.privacy.services import SubjectFrozen, lift_limit, limit_subject
from tests.factories import ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def _person(side, **facts):
    return ParticipantFactory(party=PartyFactory(side=side), **facts)


def _merge(kept, absorbed):
    return merge_registrations(kept=kept, absorbed=absorbed, by=None, now=NOW)


def test_same_name_or_telephone_is_shown_but_not_that_of_a_team(event, visitors):
    one = _person(visitors, last_name="Fictif", first_name="Élo", phone="+33612345678")
    other = _person(visitors, last_name="FICTIF", first_name="Elo")
    third = _person(visitors, phone="+33612345678")
    ParticipantFactory(party=one.party, phone="+33612345678")
    _person(visitors, last_name="Fictif", first_name="Élo", state="cancelled", cancelled_at=NOW)

    found = likenesses_in(event)

    pairs = [(pair.one, pair.other, pair.same_phone, pair.same_name) for pair in found]
    assert pairs == [(one, other, False, True), (one, third, True, False)]


def test_person_of_both_sides_without_address_is_seen_by_the_organiser_alone(
    event, hosts, visitors
):
    known = _person(hosts, first_name="Élo", last_name="Fictif", phone="+33612345678", email="")

    party = register(
        side=visitors,
        people=[Person("Elo", "FICTIF", email="elo@exemple.test", phone="+33612345678")],
        origin=RegistrationOrigin.PUBLIC,
        by=None,
        now=NOW,
    )

    [pair] = likenesses_in(event)
    assert (pair.one, pair.other) == (known, party.members.get())
    assert (pair.same_name, pair.same_phone) == (True, True)


def test_two_people_who_look_alike_are_told_apart_once_and_for_all(event, visitors):
    one, two, three = (
        _person(visitors, last_name="Fictif", first_name="Élo") for _number in range(3)
    )

    def pairs():
        return [(pair.one, pair.other) for pair in likenesses_in(event)]

    assert pairs() == [(one, two), (one, three)]
    for pair in ((three, one), (one, two), (one, two)):
        tell_apart(one=pair[0], other=pair[1], by=None, now=NOW)
    # Of the two others nothing was said.
    assert pairs() == [(two, three)]
    assert told_apart_in(event) == [(one, three), (one, two)]
    assert AuditLine.objects.filter(action="events.tell_registrations_apart").count() == 2

    compare_again(one=two, other=one, by=None, now=NOW)
    assert pairs() == [(one, two), (two, three)]
    with pytest.raises(CannotMerge, match="deux inscriptions"):
        tell_apart(one=one, other=ParticipantFactory(), by=None, now=NOW)
    forget_participants(participants=Participant.objects.filter(pk=three.pk), now=NOW)
    assert not DistinctRegistrations.objects.exists()


def test_kept_registration_is_completed_and_takes_the_place(event, hosts, visitors):
    first, second = (
        Question.objects.create(
            side=visitors, position=rank, kind="text", label=f"Question {rank}"
        )
        for rank in (1, 2)
    )
    host = _person(hosts).party
    kept = _person(visitors, state="waiting", email="", email_key="")
    absorbed = _person(visitors, state="confirmed", confirmed_at=NOW, phone="+33612345678")
    email = absorbed.email
    Answer.objects.create(participant=kept, question=first, text="gardée")
    Answer.objects.create(participant=absorbed, question=first, text="perdue")
    Answer.objects.create(participant=absorbed, question=second, text="reprise")
    Wish.objects.create(
        event=event, by=absorbed.party, about=host, kind=WishKind.WANTED, rank=1, at=NOW
    )

    _merge(kept, absorbed)

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.state, kept.email, kept.phone) == ("confirmed", email, "+33612345678")
    texts = list(kept.answers.order_by("question__position").values_list("text", flat=True))
    assert texts == ["gardée", "reprise"]
    assert list(kept.party.wishes.values_list("about", "rank")) == [(host.pk, 1)]
    assert (absorbed.state, absorbed.full_name, absorbed.email) == ("cancelled", "", "")


def test_place_freed_on_the_other_side_is_given(hosts, visitors):
    kept, absorbed = _person(hosts), _person(visitors)
    _person(visitors)
    waiting = _person(visitors, state="waiting")

    _merge(kept, absorbed)

    waiting.refresh_from_db()
    assert waiting.state == "registered"


def test_registrations_that_cannot_be_one_are_left(event, visitors):
    one = _person(visitors)
    gone = _person(visitors, state="cancelled", cancelled_at=NOW)

    with pytest.raises(CannotMerge, match="deux inscriptions"):
        _merge(one, one)
    with pytest.raises(CannotMerge, match="déjà annulée"):
        _merge(one, gone)
    for frozen, other in ((one, _person(visitors)), (_person(visitors), one)):
        limit_subject(subject=one.subject, by=None, now=NOW)
        with pytest.raises(SubjectFrozen):
            _merge(frozen, other)
    lift_limit(subject=one.subject, by=None, now=NOW)
    event.state = EventState.RUNNING
    event.save()
    with pytest.raises(CannotMerge, match="La soirée a commencé"):
        _merge(one, _person(visitors))
