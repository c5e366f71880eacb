"""The room: tables added in rows, taken from the end, moved, put out of use."""

import pytest
from django.core.exceptions import ValidationError

from ancrage.events.models import Meeting, Timetable
from ancrage.events.services import (
    EventChangedMeanwhile,
    TableFacts,
    TableInForce,
    arrange_tables,
    edit_tables,
    set_table_count,
)
from tests.factories import PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def _spots(event):
    return list(event.tables.order_by("number").values_list("number", "x", "y"))


def _set(event, count):
    event.refresh_from_db()
    return set_table_count(event=event, count=count, revision=event.revision, by=None, now=NOW)


def test_tables_are_set_out_in_rows_and_leave_from_the_end(event):
    _set(event, 4)
    assert _spots(event) == [(1, 1, 1), (2, 4, 1), (3, 1, 4), (4, 4, 4)]

    _set(event, 2)
    assert _spots(event) == [(1, 1, 1), (2, 4, 1)]

    _set(event, 3)
    assert _spots(event) == [(1, 1, 1), (2, 4, 1), (3, 1, 4)]


def test_too_many_tables_are_refused(event):
    with pytest.raises(ValidationError, match="De 0 à 400 tables"):
        _set(event, 401)


def test_table_of_the_published_timetable_is_not_taken_away(event, hosts, visitors):
    _set(event, 1)
    timetable = Timetable.objects.create(
        event=event,
        version=1,
        status="done",
        score=1,
        bound=1,
        gap=0,
        proof="exact",
        made_at=NOW,
        published_at=NOW,
        in_force=True,
    )
    Meeting.objects.create(
        timetable=timetable,
        round=0,
        table=event.tables.get(),
        host=PartyFactory(side=hosts),
        visitor=PartyFactory(side=visitors),
    )

    with pytest.raises(TableInForce):
        _set(event, 0)


def test_tables_are_arranged_again(event):
    _set(event, 3)
    event.refresh_from_db()

    arrange_tables(event=event, columns=3, revision=event.revision, by=None, now=NOW)

    assert _spots(event) == [(1, 1, 1), (2, 4, 1), (3, 7, 1)]
    with pytest.raises(ValidationError):
        arrange_tables(event=event, columns=0, revision=event.revision + 1, by=None, now=NOW)


def test_tables_change_one_by_one(event):
    _set(event, 2)
    event.refresh_from_db()
    facts = {2: TableFacts(label=" Fenêtre ", usable=False, x=9, y=2)}

    edit_tables(event=event, tables=facts, revision=event.revision, by=None, now=NOW)

    second = event.tables.get(number=2)
    assert (second.label, second.usable, second.x, second.y) == ("Fenêtre", False, 9, 2)
    with pytest.raises(EventChangedMeanwhile):
        edit_tables(event=event, tables=facts, revision=event.revision, by=None, now=NOW)
    event.refresh_from_db()
    same = edit_tables(event=event, tables=facts, revision=event.revision, by=None, now=NOW)
    assert same.revision == event.revision
