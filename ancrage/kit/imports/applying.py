"""Applying an import: all of it or nothing, once, and one at a time for an owner.

How it holds, on SQLite as on PostgreSQL (see docs/adr):
- everything is written in one transaction, which also turns the import to APPLIED: a process
  killed on the way leaves the platform as it was;
- a gate per kind and owner is taken by a conditional UPDATE before, and given back inside the
  transaction: of two imports at once, the second is told so. The gate carries a lease, so that
  it opens again by itself if its holder was killed;
- each line is resolved again as it is written: if the platform has changed since the dry run, so
  that a line would do something else than what was shown, nothing is written.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from ancrage.kit.audit import record
from ancrage.kit.enums import ImportEvent
from ancrage.kit.imports.kinds import WRITTEN, PlannedRow
from ancrage.kit.imports.models import ImportGate, StagedImport, StagedRow
from ancrage.kit.imports.planning import BATCH, Planner, encode_changes
from ancrage.kit.imports.refusals import (
    AnotherImportRunning,
    ImportAlreadyApplied,
    ImportNotReady,
    ImportStale,
    NothingToApply,
)
from ancrage.kit.imports.replanning import batches_of, replan
from ancrage.kit.memory import swept_by_batch

GATE_LEASE = timedelta(minutes=5)
_SHOWN_LINES = 20


class _Changed(Exception):
    """Lines that would no longer do what was shown."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines)
        self.lines = lines


def apply_import(*, staged: StagedImport, by: Any, now: datetime) -> StagedImport:
    """Write everything that the dry run announced, or nothing.

    Raises ImportAlreadyApplied, ImportNotReady, NothingToApply, AnotherImportRunning, ImportStale
    (the dry run was redone) and RowRefused (a line that the kind could not write).
    """
    staged.refresh_from_db()
    _check_ready(staged)
    token = _take_gate(staged, now)
    try:
        with transaction.atomic():
            _apply(staged, token, by, now)
    except _Changed as changed:
        _give_back(staged, token)
        replan(staged=staged, now=now)
        raise ImportStale(lines=_shown(changed.lines)) from changed
    except BaseException:
        _give_back(staged, token)
        raise
    staged.refresh_from_db()
    return staged


def _check_ready(staged: StagedImport) -> None:
    if staged.status == StagedImport.Status.APPLIED:
        raise ImportAlreadyApplied
    if staged.status != StagedImport.Status.STAGED:
        raise ImportNotReady
    if not staged.writes:
        raise NothingToApply


def _take_gate(staged: StagedImport, now: datetime) -> str:
    """Take the gate of this owner, or tell who holds it. Raises AnotherImportRunning."""
    gate, _made = ImportGate.objects.select_related("held_by").get_or_create(
        kind=staged.kind, owner_key=staged.owner_key
    )
    if gate.token and gate.held_until is not None and gate.held_until > now:
        raise AnotherImportRunning(filename=gate.held_by.filename if gate.held_by else "")
    token = secrets.token_hex(16)
    free = Q(token="") | Q(held_until__lte=now)
    taken = ImportGate.objects.filter(free, pk=gate.pk).update(
        token=token, held_by=staged, held_until=now + GATE_LEASE
    )
    if not taken:
        gate = ImportGate.objects.select_related("held_by").get(pk=gate.pk)
        raise AnotherImportRunning(filename=gate.held_by.filename if gate.held_by else "")
    return token


def _give_back(staged: StagedImport, token: str) -> None:
    ImportGate.objects.filter(kind=staged.kind, owner_key=staged.owner_key, token=token).update(
        token="", held_by=None, held_until=None
    )


def _apply(staged: StagedImport, token: str, by: Any, now: datetime) -> None:
    turned = StagedImport.objects.filter(
        pk=staged.pk, status=StagedImport.Status.STAGED, attempt=staged.attempt
    ).update(
        status=StagedImport.Status.APPLIED,
        applied_at=now,
        applied_by=by if getattr(by, "pk", None) else None,
    )
    if not turned:
        raise ImportNotReady
    planner = Planner(staged, by=by, now=now)
    with swept_by_batch() as sweep:
        for batch in batches_of(staged):
            _apply_batch(planner, batch)
            sweep()
    if staged.complete_list:
        _close_missing(planner)
    still_ours = ImportGate.objects.filter(
        kind=staged.kind, owner_key=staged.owner_key, token=token
    ).update(token="", held_by=None, held_until=None)
    if not still_ours:
        # The lease ran out and another import went through: ours would be written over it.
        raise AnotherImportRunning(filename="")
    staged.chunks.all().delete()
    record(
        action=ImportEvent.APPLIED,
        target=staged,
        by=by,
        now=now,
        scope=staged.owner_key,
        changes={name: (0, count) for name, count in staged.counts.items() if count},
    )


def _apply_batch(planner: Planner, batch: Sequence[StagedRow]) -> None:
    shown = {row.line: (row.outcome, row.key, row.changes) for row in batch}
    resolved = planner.resolve(batch)
    changed = [
        str(row.line) for row in batch if shown[row.line] != (row.outcome, row.key, row.changes)
    ]
    if changed:
        raise _Changed(changed)
    to_write = [PlannedRow(one.row, one.plan) for one in resolved if one.stored.outcome in WRITTEN]
    if to_write:
        planner.kind.apply(to_write, planner.context)


def _close_missing(planner: Planner) -> None:
    shown = dict(
        planner.staged.rows.filter(line__isnull=True).order_by("pk").values_list("key", "changes")
    )
    found = {key: encode_changes(changes) for key, changes in planner.missing()}
    if found != shown:
        differing = [key for key in {**found, **shown} if found.get(key) != shown.get(key)]
        raise _Changed(sorted(differing))
    keys = list(found)
    for start in range(0, len(keys), BATCH):
        planner.kind.close_missing(keys[start : start + BATCH], planner.context)


def _shown(lines: Iterable[str]) -> str:
    listed = list(lines)
    return ", ".join(listed[:_SHOWN_LINES]) + ("…" if len(listed) > _SHOWN_LINES else "")
