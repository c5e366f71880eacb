"""People, and a process killed in the middle of writing them: on real processes."""

from datetime import datetime, timedelta
from unittest import mock

import pytest

from ancrage.candidates.models import Candidate
from ancrage.candidates.services import entering
from ancrage.kit.models import AuditLine, OutboxTask, StagedImport
from ancrage.privacy.models import DataSubject
from ancrage.territory.models import Territory
from tests.candidates.imports.helpers import HEADER, apply, many, stage
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file
from tests.processes import Shared, die

pytestmark = [pytest.mark.django_db(transaction=True)]

LINES = 600
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def shared(transactional_db, territory, tmp_path):
    return Shared(tmp_path)


def deposit(territory_id: int) -> int:
    file = csv_file(HEADER, *many(LINES))
    return stage(Territory.objects.get(pk=territory_id), file).pk


def apply_at(staged_id: int, now: datetime) -> str:
    return apply(StagedImport.objects.get(pk=staged_id), now=now).status


def apply_dying(staged_id: int, call: int) -> None:
    original, calls = entering.index_candidates, iter(range(1, 100))

    def fatal(candidates):
        original(candidates)
        if next(calls) == call:
            die()

    with mock.patch.object(entering, "index_candidates", fatal):
        apply_at(staged_id, NOW)


def state(staged_id: int) -> tuple[str, int, int, int, int]:
    """Status of the import; people, profiles, audit lines and tasks written."""
    staged = StagedImport.objects.get(pk=staged_id)
    written = (DataSubject, Candidate, AuditLine, OutboxTask)
    return (staged.status, *(model.objects.count() for model in written))


@pytest.mark.parametrize("call", [1, 2], ids=["500 written", "all written"])
def test_process_killed_while_writing_people_leaves_none(shared, territory, call):
    staged_id = shared.call(deposit, territory.pk)

    outcome, _value = shared.start(apply_dying, staged_id, call).end()

    assert outcome == "died"
    assert shared.call(state, staged_id) == ("staged", 0, 0, 0, 0)
    assert shared.call(apply_at, staged_id, LATER) == "applied"
    lines = 2 * LINES + 1
    assert shared.call(state, staged_id) == ("applied", LINES, LINES, lines, 2)
