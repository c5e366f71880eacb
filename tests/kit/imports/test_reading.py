"""Reading in the background: done by the worker, taken up again, cancelled, overtaken."""

import pytest

from ancrage.kit.imports import services as imports
from ancrage.kit.imports import staging
from ancrage.kit.imports.background import read_file
from ancrage.kit.models import (
    StagedChunk,
    StagedImport,
    StagedRow,
)
from ancrage.kit.outbox import run_due
from ancrage.kit.tabular.errors import NoRows
from tests.factories import UserFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import (
    HEADER,
    apply,
    counts,
    csv_file,
    outcomes,
    row_at,
    stage,
)

pytestmark = pytest.mark.django_db


def test_background_reading_is_done_by_the_outbox():
    user = UserFactory()
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"), background=True, by=user)
    assert (staged.status, staged.progress) == (StagedImport.Status.PENDING, 0)

    ran = run_due(clock=lambda: NOW)

    staged.refresh_from_db()
    assert (ran.done, ran.retried, ran.abandoned) == (1, 0, 0)
    assert (staged.status, staged.progress) == (StagedImport.Status.STAGED, 100)
    assert staged.created_by == user
    assert staged.counts == counts(read=1, created=1)


def test_reading_again_after_a_crash_starts_afresh():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;"), background=True)
    StagedImport.objects.filter(pk=staged.pk).update(
        status=StagedImport.Status.STAGING, attempt=1, progress=50
    )
    StagedRow.objects.create(
        staged=staged, line=2, digest="", outcome="created", planned="created"
    )

    imports.run_staging(staged_id=staged.pk, now=NOW)

    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.STAGED
    assert outcomes(staged) == {2: "created", 3: "created"}


def test_reading_cancelled_on_the_way_stops_and_leaves_nothing(monkeypatch):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;"), background=True)
    monkeypatch.setattr("ancrage.kit.imports.staging.BATCH", 1)
    batches = staging._batches

    def cancelled(rows):
        for number, batch in enumerate(batches(rows)):
            if number == 1:
                imports.cancel_import(staged=staged, by=None, now=NOW)
            yield batch

    monkeypatch.setattr(staging, "_batches", cancelled)

    imports.run_staging(staged_id=staged.pk, now=NOW)

    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.CANCELLED
    assert (StagedRow.objects.count(), StagedChunk.objects.count()) == (0, 0)


def test_reading_overtaken_by_a_later_one_writes_nothing_more(monkeypatch):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"), background=True)
    finish = staging._finish

    def overtaken(planner, *arguments, **named):
        StagedImport.objects.filter(pk=staged.pk).update(attempt=9)
        finish(planner, *arguments, **named)

    monkeypatch.setattr(staging, "_finish", overtaken)

    imports.run_staging(staged_id=staged.pk, now=NOW)

    staged.refresh_from_db()
    assert (staged.status, staged.attempt) == (StagedImport.Status.STAGING, 9)


def test_file_found_damaged_by_an_overtaken_reading_is_not_told(monkeypatch):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"), background=True)

    def overtaken(*_arguments):
        StagedImport.objects.filter(pk=staged.pk).update(attempt=9)
        raise NoRows

    monkeypatch.setattr(staging, "locate_table", overtaken)

    imports.run_staging(staged_id=staged.pk, now=NOW)

    staged.refresh_from_db()
    assert (staged.status, staged.failure) == (StagedImport.Status.STAGING, "")


def test_task_done_twice_does_not_undo_corrections():
    staged = stage(csv_file(HEADER, "A1;Dompteur;;;;;"), background=True)
    read_file({"staged": staged.pk}, NOW)
    imports.correct_row(staged=staged, line=2, values={"profession": "IDE"}, by=None, now=NOW)

    read_file({"staged": staged.pk}, NOW)

    assert row_at(staged, 2).corrections == {"profession": "IDE"}


def test_applied_import_is_not_read_again():
    staged = apply(stage(csv_file(HEADER, "A1;IDE;;;;;")))

    imports.run_staging(staged_id=staged.pk, now=NOW)

    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.APPLIED


def test_cancelling_a_waiting_import_is_immediate():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"), background=True)

    imports.cancel_import(staged=staged, by=None, now=NOW)
    run_due(clock=lambda: NOW)

    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.CANCELLED
    assert StagedChunk.objects.count() == 0
