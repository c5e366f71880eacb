"""A complete list ticked by mistake: what it closed is put back, and nothing else."""

from datetime import timedelta

import pytest

from ancrage.kit.enums import ImportEvent
from ancrage.kit.imports import services as imports
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.kit.moves import UNDO_WINDOW
from tests.factories import UserFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import apply, csv_file, stage
from tests.kit.imports.toy import stored_orders

pytestmark = pytest.mark.django_db

HEADER = "N°;Métier;Nb postes;ETP;Contrat;Début;Observations"
LATER = NOW + timedelta(hours=1)


def closing(*closed: str):
    """An import that kept A1 and closed the other lines."""
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", *closed)))
    return apply(stage(csv_file(HEADER, "A1;IDE;;;;;"), options={"complete_list": True}))


def put_back(staged, now=LATER, by=None):
    return imports.put_back_missing(staged=staged, by=by, now=now)


def test_what_was_closed_is_put_back_once_and_a_trace_is_left():
    person = UserFactory()
    staged = closing("A2;AS;;;;;", "A3;ASH;;;;;")
    assert sorted(stored_orders(staged.owner_key)) == ["A1"]

    assert put_back(staged, by=person) == (2, [])

    assert sorted(stored_orders(staged.owner_key)) == ["A1", "A2", "A3"]
    line = AuditLine.objects.get(action=ImportEvent.PUT_BACK)
    assert (line.actor, line.scope, line.changes) == (person, staged.owner_key, {"closed": [2, 0]})
    with pytest.raises(imports.NothingToPutBack):
        put_back(staged)


def test_what_somebody_changed_since_is_left_as_it_is():
    staged = closing("A2;AS;;;;;", "A3;ASH;;;;;")
    OutboxTask.objects.filter(key__endswith="|A2").update(abandoned_at=LATER)

    assert put_back(staged) == (1, [])
    assert sorted(stored_orders(staged.owner_key)) == ["A1", "A3"]


def test_what_cannot_be_put_back_is_told_and_the_others_are():
    staged = closing("A2;AS;;;;;laissez-moi", "A3;ASH;;;;;")

    done, refused = put_back(staged)

    assert (done, [reason for _target, reason in refused]) == (
        1, ["Cette commande est trop vieille."],
    )  # fmt: skip
    assert sorted(stored_orders(staged.owner_key)) == ["A1", "A3"]


def test_a_day_later_nothing_is_put_back():
    staged = closing("A2;AS;;;;;")

    assert imports.still_closed(staged=staged, now=NOW + UNDO_WINDOW) != []
    with pytest.raises(imports.NothingToPutBack):
        put_back(staged, now=NOW + UNDO_WINDOW + timedelta(seconds=1))


def test_import_that_closed_nothing_or_was_not_applied_puts_nothing_back():
    partial = apply(stage(csv_file(HEADER, "A1;IDE;;;;;")))
    waiting = stage(csv_file(HEADER, "A2;IDE;;;;;"), options={"complete_list": True})

    with pytest.raises(imports.NothingToPutBack):
        put_back(partial)
    with pytest.raises(imports.ImportNotReady):
        put_back(waiting)
