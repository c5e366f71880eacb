from datetime import timedelta

import pytest

from ancrage.needs.enums import WithdrawReason
from ancrage.needs.queries import history_of, last_change_of
from ancrage.needs.services import (
    confirm_need,
    edit_need,
    publish_need,
    undo_last_change,
    withdraw_need,
)
from tests.factories import NeedFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def test_history_of_a_need_last_first_with_its_moves(django_assert_num_queries):
    by, need = UserFactory(), NeedFactory()
    NeedFactory(published=True)
    publish_need(need=need, by=by, now=NOW)
    edit_need(need=need, revision=2, by=by, now=NOW + timedelta(hours=1), positions=2)
    withdraw_need(
        need=need, reason=WithdrawReason.MISTAKE, by=by, now=NOW + timedelta(hours=2), note="oups"
    )
    undo_last_change(need=need, by=by, now=NOW + timedelta(hours=3))
    confirm_need(need=need, by=None, now=NOW + timedelta(hours=4))

    with django_assert_num_queries(2):
        history = history_of(need)

    assert [(entry.action, entry.actor) for entry in history] == [
        ("need.confirmed", None),
        ("need.undone", by),
        ("need.withdrawn", by),
        ("need.edited", by),
        ("need.published", by),
    ]
    withdrawal = history[2].move
    assert (withdrawal.reason, withdrawal.note, withdrawal.undone_at) == (
        "mistake",
        "oups",
        NOW + timedelta(hours=3),
    )
    assert history[3].move is None
    assert history[3].changes == {"positions": [1, 2]}


def test_last_change_of_a_need():
    by, need = UserFactory(), NeedFactory()
    assert last_change_of(need) is None
    publish_need(need=need, by=by, now=NOW)

    change = last_change_of(need)

    assert (change.actor, change.at, change.action) == (by, NOW, "need.published")
