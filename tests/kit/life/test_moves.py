"""One life for every kind of row: each rule is tried on needs and on resources alike."""

from datetime import timedelta

import pytest

from ancrage.kit.changes import ChangeSource
from ancrage.kit.life import moves
from ancrage.kit.life.refusals import NothingToUndo, UndoTooLate
from ancrage.kit.life.states import State
from ancrage.kit.models import AuditLine
from ancrage.needs.services.life import LIFE as NEEDS
from ancrage.resources.services.life import LIFE as RESOURCES
from tests.factories import NeedFactory, ResourceFactory
from tests.factories.moments import NOW

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize(
        ("life", "factory"),
        [
            pytest.param(NEEDS, NeedFactory, id="needs"),
            pytest.param(RESOURCES, ResourceFactory, id="resources"),
        ],
    ),
]

BY_PAGE = {"by": None, "source": ChangeSource.PAGE}
YESTERDAY = (NOW - timedelta(days=1)).date()


def dated(life, row, *, end):
    """Make a row last from a month before `end` to that day."""
    start = "starts_on" if life is NEEDS else "available_from"
    life.rows.filter(pk=row.pk).update(**{start: end - timedelta(days=30), life.end: end})
    row.refresh_from_db()
    return row


def actions():
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def test_every_kind_names_its_states_and_where_each_leads(life, factory):
    assert {state.value for state in State} < set(life.states.values)
    assert set(life.transitions) == set(life.states)
    assert {State.WITHDRAWN, State.EXPIRED} < set(life.closed)


def test_publish_writes_the_row_the_change_and_the_trace(life, factory):
    row = factory()

    moves.publish(life, row, now=NOW, **BY_PAGE)

    row.refresh_from_db()
    assert (row.status, row.published_at, row.confirmed_at, row.revision) == (
        State.PUBLISHED,
        NOW,
        NOW,
        2,
    )
    assert list(row.status_changes.values_list("before", "after", "at", "source")) == [
        (State.DRAFT, State.PUBLISHED, NOW, ChangeSource.PAGE)
    ]
    line = AuditLine.objects.get()
    assert (line.action, line.scope) == (
        f"{life.model._meta.model_name}.published",
        f"partner:{row.partner_id}",
    )


def test_a_row_whose_end_is_past_is_not_opened_in_any_way(life, factory):
    draft = dated(life, factory(), end=YESTERDAY)
    ended = dated(life, factory(published=True), end=YESTERDAY)
    moves.expire_past(life, now=NOW)
    ended.refresh_from_db()

    for act, row in (
        (moves.publish, draft),
        (moves.reopen, ended),
        (moves.undo_last_change, ended),
    ):
        with pytest.raises(life.refusals.is_over):
            act(life, row, now=NOW, **BY_PAGE)


def test_expire_past_closes_once_what_is_over(life, factory):
    over = dated(life, factory(published=True), end=YESTERDAY)
    dated(life, factory(), end=YESTERDAY)
    dated(life, factory(published=True), end=NOW.date())

    assert [moves.expire_past(life, now=NOW) for _turn in range(2)] == [1, 0]
    assert list(life.rows.filter(status=State.EXPIRED)) == [over]


def test_undo_seen_by_two_takes_back_one_change(life, factory):
    row = factory()
    moves.publish(life, row, now=NOW, **BY_PAGE)
    moves.move(life, row, State.PAUSED, "paused", now=NOW, **BY_PAGE)
    seen_by_another = life.rows.get(pk=row.pk)

    moves.undo_last_change(life, row, now=NOW, **BY_PAGE)
    with pytest.raises(life.refusals.changed_meanwhile) as refused:
        moves.undo_last_change(life, seen_by_another, now=NOW, **BY_PAGE)

    assert life.rows.get().status == State.PUBLISHED
    assert refused.value.current.revision == row.revision
    assert [action.partition(".")[2] for action in actions()] == ["published", "paused", "undone"]


def test_undo_of_nothing_or_of_yesterday(life, factory):
    row = factory(published=True)

    with pytest.raises(NothingToUndo):
        moves.undo_last_change(life, row, now=NOW, **BY_PAGE)
    moves.move(life, row, State.PAUSED, "paused", now=NOW, **BY_PAGE)
    with pytest.raises(UndoTooLate):
        moves.undo_last_change(life, row, now=NOW + timedelta(hours=25), **BY_PAGE)


def test_a_row_deleted_meanwhile_is_gone(life, factory):
    row = factory()
    life.rows.all().delete()

    with pytest.raises(life.refusals.gone):
        moves.publish(life, row, now=NOW, **BY_PAGE)


def test_refusals_speak_of_the_kind_in_its_own_words(life, factory):
    row = factory(published=True)

    with pytest.raises(life.refusals.transition) as refused:
        moves.publish(life, row, now=NOW, **BY_PAGE)

    assert refused.value.code == "transition"
    name, state = str(life.model._meta.verbose_name), row.get_status_display()
    assert name in refused.value.messages[0]
    assert f"«\N{NO-BREAK SPACE}{state}\N{NO-BREAK SPACE}»" in refused.value.messages[0]


def test_act_on_each_skips_what_it_does_not_suit(life, factory):
    draft, published = factory(), factory(published=True)

    outcome = moves.act_on_each(
        [draft, published], lambda row: moves.publish(life, row, now=NOW, **BY_PAGE)
    )

    assert outcome.done == [draft]
    assert [row for row, _reason in outcome.refused] == [published]
