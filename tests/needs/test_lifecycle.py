from datetime import date, timedelta

import pytest

from ancrage.kit.changes import ChangeSource
from ancrage.kit.models import AuditLine
from ancrage.needs.enums import NeedStatus, WithdrawReason
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.needs.services import (
    NeedChangedMeanwhile,
    NeedClosed,
    NeedGone,
    NeedIsOver,
    NeedNotClosed,
    NeedNotPublished,
    NothingToUndo,
    TooManyFilled,
    TransitionNotAllowed,
    UndoTooLate,
    act_on_many,
    confirm_need,
    create_need,
    expire_past_needs,
    fill_need,
    pause_need,
    publish_need,
    reopen_need,
    undo_last_change,
    withdraw_need,
)
from tests.factories import CommuneFactory, NeedFactory, ProfessionFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def by():
    return UserFactory()


def state_of(need):
    row = Need.objects.get(pk=need.pk)
    return row.status, row.published_at, row.confirmed_at, row.status_since, row.revision


def moves_of(need):
    return list(
        NeedStatusChange.objects.filter(need=need)
        .order_by("at", "pk")
        .values_list("before", "after", "by", "source", "reason", "note")
    )


def actions():
    return list(AuditLine.objects.order_by("at", "pk").values_list("action", flat=True))


def test_publish_need_opens_a_draft(by):
    need = NeedFactory()

    returned = publish_need(need=need, by=by, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, LATER, LATER, LATER, 2)
    assert moves_of(need) == [("draft", "published", by.pk, "page", "", "")]
    assert actions() == ["need.published"]
    assert (returned.status, returned.revision) == (NeedStatus.PUBLISHED, 2)


def test_publish_need_after_a_pause_keeps_its_age(by):
    need = NeedFactory(paused=True)

    publish_need(need=need, by=by, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, NOW, LATER, LATER, 2)


def test_publish_need_already_published(by):
    need = NeedFactory(published=True)

    with pytest.raises(TransitionNotAllowed) as raised:
        publish_need(need=need, by=by, now=LATER)

    assert raised.value.messages == ["Ce besoin est déjà dans l’état « Publié »."]


def test_publish_need_that_is_closed(by):
    need = NeedFactory(closed=True)

    with pytest.raises(NeedClosed):
        publish_need(need=need, by=by, now=LATER)


def test_publish_need_whose_end_is_past(by):
    need = NeedFactory(starts_on=date(2026, 7, 1), ends_on=date(2026, 11, 15))

    with pytest.raises(NeedIsOver):
        publish_need(need=need, by=by, now=NOW)

    assert state_of(need)[0] == NeedStatus.DRAFT


def test_publish_need_on_its_last_day(by):
    need = NeedFactory(starts_on=date(2026, 7, 1), ends_on=date(2026, 11, 16))

    publish_need(need=need, by=by, now=NOW)

    assert state_of(need)[0] == NeedStatus.PUBLISHED


def test_publish_need_that_somebody_published_meanwhile(by):
    need = NeedFactory()
    publish_need(need=Need.objects.get(), by=by, now=NOW)

    with pytest.raises(NeedChangedMeanwhile) as raised:
        publish_need(need=need, by=by, now=LATER)

    assert (raised.value.current.status, raised.value.changed_by) == (NeedStatus.PUBLISHED, by)
    assert actions() == ["need.published"]


def test_publish_need_that_somebody_deleted_meanwhile(by):
    need = NeedFactory()
    Need.objects.all().delete()

    with pytest.raises(NeedGone):
        publish_need(need=need, by=by, now=NOW)


def test_pause_need_hides_it(by):
    need = NeedFactory(published=True)

    pause_need(need=need, by=by, now=LATER, note="  en attente du budget ")

    assert state_of(need) == (NeedStatus.PAUSED, NOW, NOW, LATER, 2)
    assert moves_of(need) == [("published", "paused", by.pk, "page", "", "en attente du budget")]


def test_pause_need_that_is_a_draft(by):
    need = NeedFactory()

    with pytest.raises(TransitionNotAllowed) as raised:
        pause_need(need=need, by=by, now=NOW)

    assert raised.value.messages == ["Un besoin « Brouillon » ne peut pas devenir « En pause »."]


@pytest.mark.parametrize("filled", [None, 3])
def test_fill_need_closes_it(by, filled):
    need = NeedFactory(published=True, positions=3)

    fill_need(need=need, by=by, now=LATER, filled=filled)

    assert state_of(need)[0] == NeedStatus.FILLED
    assert Need.objects.get().positions == 3
    assert actions() == ["need.filled"]


def test_fill_need_in_part_goes_on_with_fewer_posts(by):
    need = NeedFactory(published=True, positions=3)

    fill_need(need=need, by=by, now=LATER, filled=2)

    assert state_of(need) == (NeedStatus.PUBLISHED, NOW, LATER, NOW, 2)
    assert Need.objects.get().positions == 1
    assert [(line.action, line.changes) for line in AuditLine.objects.all()] == [
        ("need.partly_filled", {"positions": [3, 1]})
    ]


def test_fill_need_in_part_while_paused_does_not_confirm_it(by):
    need = NeedFactory(paused=True, positions=2)

    fill_need(need=need, by=by, now=LATER, filled=1)

    assert state_of(need) == (NeedStatus.PAUSED, NOW, NOW, NOW, 2)


@pytest.mark.parametrize("filled", [0, 4, -1])
def test_fill_need_with_more_than_there_are(by, filled):
    need = NeedFactory(published=True, positions=3)

    with pytest.raises(TooManyFilled):
        fill_need(need=need, by=by, now=LATER, filled=filled)


def test_fill_need_in_part_of_a_draft(by):
    need = NeedFactory(positions=3)

    with pytest.raises(TransitionNotAllowed):
        fill_need(need=need, by=by, now=LATER, filled=1)


def test_fill_need_in_part_when_a_colleague_did_it_meanwhile(by):
    need = NeedFactory(published=True, positions=3)
    fill_need(need=Need.objects.get(), by=by, now=NOW, filled=1)

    with pytest.raises(NeedChangedMeanwhile):
        fill_need(need=need, by=by, now=LATER, filled=1)

    assert Need.objects.get().positions == 2


@pytest.mark.parametrize("trait", [{}, {"published": True}, {"paused": True}])
def test_withdraw_need_keeps_why(by, trait):
    need = NeedFactory(**trait)

    withdraw_need(need=need, reason=WithdrawReason.UNFUNDED, by=by, now=LATER, note="refusé")

    assert state_of(need)[0] == NeedStatus.WITHDRAWN
    assert [move[4:] for move in moves_of(need)] == [("unfunded", "refusé")]


@pytest.mark.parametrize("status", [NeedStatus.FILLED, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED])
def test_reopen_need_keeps_its_age(by, status):
    need = NeedFactory(closed=True, status=status)

    reopen_need(need=need, by=by, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, NOW, LATER, LATER, 2)
    assert actions() == ["need.reopened"]


def test_reopen_need_that_was_never_published(by):
    need = NeedFactory(status=NeedStatus.WITHDRAWN)

    reopen_need(need=need, by=by, now=LATER)

    assert state_of(need) == (NeedStatus.PUBLISHED, LATER, LATER, LATER, 2)


@pytest.mark.parametrize("trait", [{}, {"published": True}, {"paused": True}])
def test_reopen_need_that_is_not_closed(by, trait):
    need = NeedFactory(**trait)

    with pytest.raises(NeedNotClosed):
        reopen_need(need=need, by=by, now=LATER)


def test_reopen_need_whose_end_is_past(by):
    need = NeedFactory(closed=True, starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 31))

    with pytest.raises(NeedIsOver):
        reopen_need(need=need, by=by, now=NOW)


def test_confirm_need_leaves_the_revision_alone(by):
    need = NeedFactory(published=True)

    confirm_need(need=need, by=by, now=LATER, source=ChangeSource.API)

    assert state_of(need) == (NeedStatus.PUBLISHED, NOW, LATER, NOW, 1)
    assert [(line.action, line.changes) for line in AuditLine.objects.all()] == [
        ("need.confirmed", {"source": ["", "api"]})
    ]


@pytest.mark.parametrize("trait", [{}, {"paused": True}, {"closed": True}])
def test_confirm_need_that_is_not_published(by, trait):
    need = NeedFactory(**trait)

    with pytest.raises(NeedNotPublished):
        confirm_need(need=need, by=by, now=LATER)

    assert actions() == []


def test_expire_past_needs_closes_what_is_over_and_only_that():
    summer = {"starts_on": date(2026, 7, 1)}
    published = NeedFactory(published=True, ends_on=date(2026, 11, 15), **summer)
    paused = NeedFactory(paused=True, ends_on=date(2026, 9, 1), **summer)
    others = [
        NeedFactory(published=True, ends_on=date(2026, 11, 16), **summer),
        NeedFactory(published=True, **summer),
        NeedFactory(ends_on=date(2026, 9, 1), **summer),
        NeedFactory(closed=True, ends_on=date(2026, 9, 1), **summer),
    ]
    before = [state_of(need) for need in others]

    assert expire_past_needs(now=NOW) == 2
    assert expire_past_needs(now=NOW) == 0

    assert [state_of(need)[0] for need in (published, paused)] == [NeedStatus.EXPIRED] * 2
    assert [state_of(need) for need in others] == before
    assert moves_of(published) == [("published", "expired", None, "automatic", "", "")]


def test_undo_last_change_of_a_first_publication_returns_to_the_draft(by):
    need = NeedFactory()
    publish_need(need=need, by=by, now=NOW + timedelta(minutes=1))

    undo_last_change(need=need, by=by, now=LATER)

    status, published_at, _confirmed_at, since, revision = state_of(need)
    assert (status, published_at, since, revision) == (NeedStatus.DRAFT, None, NOW, 3)
    assert NeedStatusChange.objects.get().undone_at == LATER
    assert actions() == ["need.published", "need.undone"]


def test_undo_last_change_of_a_need_created_published(by):
    need = create_need(
        partner=NeedFactory().partner,
        profession=ProfessionFactory(),
        commune=CommuneFactory(),
        contract="cdi",
        starts_on=date(2027, 1, 4),
        publish=True,
        by=by,
        now=NOW,
    )

    undo_last_change(need=need, by=by, now=LATER)

    assert state_of(need)[:2] == (NeedStatus.DRAFT, None)


def test_undo_last_change_that_publishes_again_counts_as_a_confirmation(by):
    need = NeedFactory(published=True, status_since=NOW - timedelta(days=9))
    withdraw_need(need=need, reason=WithdrawReason.OTHER, by=by, now=NOW)

    undo_last_change(need=need, by=by, now=LATER)

    status, published_at, confirmed_at, since, _revision = state_of(need)
    assert (status, published_at, confirmed_at) == (NeedStatus.PUBLISHED, NOW, LATER)
    assert since == need.created_at


def test_undo_last_change_goes_back_step_by_step(by):
    need = NeedFactory()
    publish_need(need=need, by=by, now=NOW)
    pause_need(need=need, by=by, now=NOW + timedelta(hours=1))

    undo_last_change(need=need, by=by, now=LATER)
    assert state_of(need)[0] == NeedStatus.PUBLISHED
    assert state_of(need)[3] == NOW
    undo_last_change(need=need, by=by, now=LATER)
    assert state_of(need)[0] == NeedStatus.DRAFT
    with pytest.raises(NothingToUndo):
        undo_last_change(need=need, by=by, now=LATER)


def test_undo_last_change_up_to_24_hours(by):
    need = NeedFactory(published=True)
    pause_need(need=need, by=by, now=NOW)

    with pytest.raises(UndoTooLate):
        undo_last_change(need=need, by=by, now=NOW + timedelta(hours=24, seconds=1))
    undo_last_change(need=need, by=by, now=NOW + timedelta(hours=24))

    assert state_of(need)[0] == NeedStatus.PUBLISHED


def test_undo_last_change_of_an_expiry_whose_end_is_still_past(by):
    need = NeedFactory(published=True, starts_on=date(2026, 7, 1), ends_on=date(2026, 11, 15))
    expire_past_needs(now=NOW)
    need.refresh_from_db()

    with pytest.raises(NeedIsOver):
        undo_last_change(need=need, by=by, now=LATER)

    assert state_of(need)[0] == NeedStatus.EXPIRED
    assert NeedStatusChange.objects.get().undone_at is None


def test_act_on_many_does_what_it_can_and_says_why_not(by):
    published, draft = NeedFactory(published=True), NeedFactory()

    outcome = act_on_many(
        needs=[published, draft],
        act=withdraw_need,
        reason=WithdrawReason.MISTAKE,
        by=by,
        now=LATER,
    )
    again = act_on_many(needs=outcome.done, act=pause_need, by=by, now=LATER)

    assert (outcome.done, outcome.refused) == ([published, draft], [])
    assert again.done == []
    assert again.refused == [
        (need, "Un besoin « Retiré » ne peut pas devenir « En pause ».")
        for need in (published, draft)
    ]
