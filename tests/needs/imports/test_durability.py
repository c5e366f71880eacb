"""Needs, a process killed in the middle, and two imports at once: on real processes."""

import io
from datetime import timedelta
from unittest import mock

import pytest

from ancrage.kit.imports import applying
from ancrage.kit.models import AuditLine, StagedImport
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.needs.services import editing
from ancrage.partners.models import Partner
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file
from tests.needs.imports.helpers import HEADER, apply, stage
from tests.processes import FORK, Shared, die

pytestmark = [pytest.mark.django_db(transaction=True)]

LINES = 600
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def shared(transactional_db, hospital, tmp_path):
    return Shared(tmp_path)


def big_file() -> io.BytesIO:
    return csv_file(HEADER, *[f"A{n};IDE;SSR;1;1;CDI;01/02/2027;;;" for n in range(LINES)])


def deposit(partner_id: int) -> int:
    return stage(Partner.objects.get(pk=partner_id), big_file()).pk


def apply_now(staged_id: int, now=NOW) -> str:
    return apply(StagedImport.objects.get(pk=staged_id), now=now).status


def apply_dying(staged_id: int, call: int) -> None:
    original, calls = editing.create_needs, iter(range(1, 100))

    def fatal(**arguments):
        written = original(**arguments)
        if next(calls) == call:
            die()
        return written

    with mock.patch.object(editing, "create_needs", fatal):
        apply_now(staged_id)


def apply_waiting(staged_id: int, gate, freed) -> str:
    """Apply, stopping while the gate is held until the test lets go."""
    original = applying._apply

    def slow(*arguments):
        gate.set()
        freed.wait(30)
        return original(*arguments)

    with mock.patch.object(applying, "_apply", slow):
        return apply_now(staged_id)


def state(staged_id: int) -> tuple[str, int, int, int]:
    """Status of the import; needs, status changes and audit lines written."""
    staged = StagedImport.objects.get(pk=staged_id)
    written = (Need, NeedStatusChange, AuditLine)
    return (staged.status, *(model.objects.count() for model in written))


@pytest.mark.parametrize("call", [1, 2], ids=["500 written", "all written"])
def test_process_killed_while_writing_needs_leaves_none(shared, hospital, call):
    staged_id = shared.call(deposit, hospital.pk)

    outcome, _value = shared.start(apply_dying, staged_id, call).end()

    assert outcome == "died"
    assert shared.call(state, staged_id) == ("staged", 0, 0, 0)
    assert shared.call(apply_now, staged_id, LATER) == "applied"
    assert shared.call(state, staged_id) == ("applied", LINES, LINES, LINES + 1)


def test_second_import_of_a_structure_is_told_while_the_first_writes(shared, hospital):
    first = shared.call(deposit, hospital.pk)
    second = shared.call(deposit, hospital.pk)
    gate, freed = FORK.Event(), FORK.Event()
    running = shared.start(apply_waiting, first, gate, freed)
    assert gate.wait(30)

    outcome, sentence = shared.start(apply_now, second).end()
    freed.set()

    assert outcome == "raised"
    assert sentence.startswith("AnotherImportRunning: Un autre import de la même structure")
    assert running.result() == "applied"
    assert shared.call(state, second)[:2] == ("staged", LINES)
