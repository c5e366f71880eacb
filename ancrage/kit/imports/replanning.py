"""The dry run redone from the stored lines: after a correction, or when the platform changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from ancrage.kit.imports.models import StagedImport, StagedRow
from ancrage.kit.imports.planning import BATCH, Planner, store_marks
from ancrage.kit.imports.staging import all_counts, store_missing

_PLANNED_FIELDS = [
    "accepted", "changes", "corrections", "key", "outcome", "planned", "problems",
]  # fmt: skip


def replan(*, staged: StagedImport, now: datetime) -> StagedImport:
    """Resolve every line again, from its cells and corrections, without reading the file.

    Batch by batch, so as not to keep the database to itself: applying resolves the lines once
    more, so a replanning stopped half-way can only be told, never do harm.
    """
    planner = Planner(staged, by=staged.created_by, now=now)
    for batch in batches_of(staged):
        with transaction.atomic():
            resolved = planner.resolve(batch)
            # Ten times faster than an UPDATE of five columns, line by line.
            first, last = batch[0].line or 0, batch[-1].line or 0
            staged.rows.filter(line__gte=first, line__lte=last).delete()
            staged.marks.filter(line__gte=first, line__lte=last).delete()
            StagedRow.objects.bulk_create(batch)
            store_marks(staged, resolved)
    return _recount(planner)


def replan_lines(*, staged: StagedImport, rows: Sequence[StagedRow], now: datetime) -> None:
    """Resolve these lines again, changed in memory, and the later ones that depend on them."""
    planner = Planner(staged, by=staged.created_by, now=now)
    with transaction.atomic():
        for row in sorted(rows, key=lambda one: one.line or 0):
            keys, own = {row.key}, staged.marks.filter(line=row.line or 0)
            marks = set(own.values_list("mark", flat=True))
            resolved = planner.resolve([row])
            row.save(update_fields=_PLANNED_FIELDS)
            own.delete()
            store_marks(staged, resolved)
            keys.add(row.key)
            keys.discard("")
            marks.update(*(one.marks for one in resolved))
            # A line is told that it repeats an earlier one: those after this one may change.
            alike = staged.marks.filter(mark__in=marks).values("line")
            same = Q(key__in=keys) | Q(line__in=alike) if marks else Q(key__in=keys)
            later = staged.rows.filter(same, line__gt=row.line).order_by("line")
            for other in later:
                planner.resolve([other])
                other.save(update_fields=_PLANNED_FIELDS)
        _recount(planner)


def _recount(planner: Planner) -> StagedImport:
    staged = planner.staged
    with transaction.atomic():
        closed, staged.notices = store_missing(planner, staged.notices)
        grouped = (
            staged.rows.filter(line__isnull=False)
            .order_by("outcome")
            .values_list("outcome")
            .annotate(count=Count("pk"))
        )
        counts = Counter(dict(grouped))
        empty = staged.counts.get("empty", 0)
        staged.counts = all_counts(counts, closed=closed, empty=empty)
        staged.save(update_fields=["counts", "notices"])
    return staged


def batches_of(staged: StagedImport) -> Iterator[list[StagedRow]]:
    """The lines of the file in order, so many at a time."""
    after = 0
    while True:
        batch = list(staged.rows.filter(line__gt=after).order_by("line")[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].line or after
