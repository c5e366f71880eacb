from datetime import timedelta

import pytest
from django.core.signing import Signer

from ancrage.kit.changes import ChangeSource
from ancrage.kit.links import LinkExpired, LinkForged, LinkNotYours
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.needs.queries import LinkUsed, answered_need, asked_need
from ancrage.needs.queries.links import ask_token
from ancrage.needs.services import (
    FreshnessAnswer,
    NothingToUndo,
    answer_freshness,
    confirm_need,
    edit_need,
    pause_need,
    publish_need,
    undo_freshness_answer,
    undo_last_change,
)
from ancrage.partners.recipients import Recipient
from tests.factories import MembershipFactory, NeedFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

CONFIRMED = NOW - timedelta(days=31)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def need():
    return NeedFactory(published=True, confirmed_at=CONFIRMED)


@pytest.fixture
def member(need):
    user = UserFactory(language="en")
    MembershipFactory(user=user, partner=need.partner)
    return user


def to_user(user):
    return Recipient(email=user.email, language=user.language, user=user, partner=None)


def to_mailbox(partner):
    return Recipient(email=partner.contact_email, language="fr", user=None, partner=partner)


@pytest.fixture
def token(need, member):
    return ask_token(need, to_user(member), now=NOW)


def state_of(need):
    row = Need.objects.get(pk=need.pk)
    return row.status, row.confirmed_at


def test_asked_need_is_the_one_of_the_mail(need, member, token):
    asked = asked_need(token, now=LATER)

    assert (asked.row, asked.user, asked.language, asked.confirmed_at) == (
        need,
        member,
        "en",
        CONFIRMED,
    )


def test_asked_need_by_the_mailbox_of_the_structure(need):
    asked = asked_need(ask_token(need, to_mailbox(need.partner), now=NOW), now=LATER)

    assert (asked.row, asked.user, asked.language) == (need, None, "fr")


def test_ask_token_of_a_draft():
    with pytest.raises(ValueError, match="never published"):
        ask_token(NeedFactory(), to_user(UserFactory()), now=NOW)


@pytest.mark.parametrize("text", ["", "n’importe quoi", "a:b", "eyJuZWVkIjoxfQ:faux"])
def test_asked_need_with_what_is_not_a_link(text):
    with pytest.raises(LinkForged):
        asked_need(text, now=NOW)


def test_asked_need_with_a_link_that_was_altered(token):
    body, _colon, signature = token.rpartition(":")
    other = "A" if body[0] != "A" else "B"

    with pytest.raises(LinkForged):
        asked_need(f"{other}{body[1:]}:{signature}", now=NOW)


def test_asked_need_with_a_link_signed_for_another_purpose(need, member):
    content = {
        "need": need.pk,
        "seen": CONFIRMED.isoformat(),
        "asked": "2026-11-16",
        "user": member.pk,
    }
    other_purpose = Signer(salt="ancrage.autre").sign_object(content)

    with pytest.raises(LinkForged):
        asked_need(other_purpose, now=NOW)


def test_asked_need_for_thirty_days(token):
    assert asked_need(token, now=NOW + timedelta(days=30)).row
    with pytest.raises(LinkExpired):
        asked_need(token, now=NOW + timedelta(days=31))


def test_asked_need_confirmed_meanwhile(need, member, token):
    confirm_need(need=need, by=member, now=LATER)

    with pytest.raises(LinkUsed):
        asked_need(token, now=LATER)


def test_asked_need_edited_meanwhile(need, member, token):
    edit_need(need=need, revision=1, by=member, now=LATER, positions=2)

    with pytest.raises(LinkUsed):
        asked_need(token, now=LATER)


def test_asked_need_deleted_meanwhile(need, token):
    Need.objects.all().delete()

    with pytest.raises(LinkUsed):
        asked_need(token, now=LATER)


def test_asked_need_by_who_left_the_structure(member, token):
    member.memberships.update(ended_at=NOW)

    with pytest.raises(LinkNotYours):
        asked_need(token, now=LATER)


def test_asked_need_by_whose_account_is_closed(member, token):
    member.is_active, member.closed_at = False, NOW
    member.save()

    with pytest.raises(LinkNotYours):
        asked_need(token, now=LATER)


def test_answer_freshness_still_open(need, member, token):
    undo = answer_freshness(token=token, answer=FreshnessAnswer.STILL_OPEN, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, LATER)
    answered = answered_need(undo, now=LATER)
    assert (answered.row, answered.user, answered.change) == (need, member, None)
    assert not answered.is_undone


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (FreshnessAnswer.FILLED, NeedStatus.FILLED),
        (FreshnessAnswer.WITHDRAWN, NeedStatus.WITHDRAWN),
    ],
)
def test_answer_freshness_closes_the_need(need, member, token, answer, status):
    answer_freshness(token=token, answer=answer, now=LATER)

    assert state_of(need)[0] == status
    assert list(NeedStatusChange.objects.values_list("by", "source", "after")) == [
        (member.pk, ChangeSource.FRESHNESS, status)
    ]


def test_answer_freshness_publishes_again_what_was_paused(need, member, token):
    pause_need(need=need, by=None, now=NOW, source=ChangeSource.AUTOMATIC)

    answer_freshness(token=token, answer=FreshnessAnswer.STILL_OPEN, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, LATER)


def test_answer_freshness_twice(need, token):
    answer_freshness(token=token, answer=FreshnessAnswer.STILL_OPEN, now=LATER)

    with pytest.raises(LinkUsed):
        answer_freshness(token=token, answer=FreshnessAnswer.WITHDRAWN, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, LATER)


def test_undo_freshness_answer_of_a_confirmation_asks_again(need, token):
    undo = answer_freshness(token=token, answer=FreshnessAnswer.STILL_OPEN, now=LATER)

    undo_freshness_answer(token=undo, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, CONFIRMED)
    assert answered_need(undo, now=LATER).is_undone
    assert asked_need(token, now=LATER).row == need
    with pytest.raises(NothingToUndo):
        undo_freshness_answer(token=undo, now=LATER)


def test_undo_freshness_answer_of_a_closing_opens_it_again(need, token):
    undo = answer_freshness(token=token, answer=FreshnessAnswer.FILLED, now=NOW)

    undo_freshness_answer(token=undo, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, LATER)
    assert answered_need(undo, now=LATER).is_undone


def test_undo_freshness_answer_overtaken_by_another_change(need, member, token):
    undo = answer_freshness(token=token, answer=FreshnessAnswer.FILLED, now=NOW)
    row = Need.objects.get()
    undo_last_change(need=row, by=member, now=NOW + timedelta(minutes=1))
    pause_need(need=row, by=member, now=NOW + timedelta(minutes=2))

    with pytest.raises(NothingToUndo):
        undo_freshness_answer(token=undo, now=LATER)

    assert state_of(need)[0] == NeedStatus.PAUSED


def test_undo_freshness_answer_when_a_later_change_stands(need, member, token):
    pause_need(need=need, by=None, now=NOW, source=ChangeSource.AUTOMATIC)
    undo = answer_freshness(token=token, answer=FreshnessAnswer.STILL_OPEN, now=NOW)
    row = Need.objects.get()
    pause_need(need=row, by=member, now=NOW + timedelta(minutes=1))
    publish_need(need=row, by=member, now=NOW + timedelta(minutes=2))

    with pytest.raises(NothingToUndo):
        undo_freshness_answer(token=undo, now=LATER)


def test_undo_freshness_answer_of_a_confirmation_after_the_need_was_closed(need, member, token):
    undo = answer_freshness(token=token, answer=FreshnessAnswer.STILL_OPEN, now=NOW)
    Need.objects.update(status=NeedStatus.FILLED)

    with pytest.raises(NothingToUndo):
        undo_freshness_answer(token=undo, now=LATER)


def test_answered_need_for_a_day(token):
    undo = answer_freshness(token=token, answer=FreshnessAnswer.FILLED, now=NOW)

    assert answered_need(undo, now=NOW + timedelta(hours=24)).row
    with pytest.raises(LinkExpired):
        answered_need(undo, now=NOW + timedelta(hours=25))


def test_answered_need_whose_change_is_no_longer_there(token):
    undo = answer_freshness(token=token, answer=FreshnessAnswer.FILLED, now=NOW)
    NeedStatusChange.objects.all().delete()

    with pytest.raises(LinkForged):
        answered_need(undo, now=LATER)


def test_answered_need_is_not_opened_by_the_link_that_asks(token):
    with pytest.raises(LinkForged):
        answered_need(token, now=NOW)
