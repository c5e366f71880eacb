"""The dry run: a file is kept, read, mapped and resolved line by line. Nothing else is written.

Lines are stored batch by batch, each batch in its own transaction, so that progress shows and a
reading killed on the way leaves a file that can be read again from the start.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.imports.lines import digest_of, encode_cells
from ancrage.kit.imports.locating import describe_table, locate_table
from ancrage.kit.imports.models import (
    StagedChunk,
    StagedImport,
    StagedRow,
)
from ancrage.kit.imports.planning import (
    BATCH,
    Planner,
    encode_changes,
    store_marks,
    stored_problem,
)
from ancrage.kit.imports.refusals import UnknownColumn
from ancrage.kit.imports.registry import kind_called
from ancrage.kit.memory import swept_by_batch
from ancrage.kit.outbox import enqueue
from ancrage.kit.tabular.cells import storable
from ancrage.kit.tabular.errors import NoRows, TableError
from ancrage.kit.tabular.headers import Located
from ancrage.kit.tabular.problems import note
from ancrage.kit.tabular.reading.base import Row, Table
from ancrage.kit.tabular.reading.opening import open_table
from ancrage.kit.tabular.wording import tidy
from ancrage.kit.text import words

TASK = "kit.import"
_CHUNK_BYTES = 256 * 1024
_MEMORY_BYTES = 1024 * 1024
_NOTHING_CLOSED = "nothing_closed"


class StagingStopped(Exception):
    """The import was cancelled, or a later reading of it has begun."""


def stage_import(
    *,
    kind: str,
    stream: BinaryIO,
    filename: str,
    owner_key: str,
    by: Any,
    now: datetime,
    options: Mapping[str, Any] | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    background: bool = False,
) -> StagedImport:
    """Keep the file and try it: the answer says what each line would do.

    `mapping` imposes columns ({header: column code}). With `background` the reading is left to
    the outbox worker, and the answer is still PENDING; otherwise it is STAGED, or FAILED when
    the file turned out unreadable on the way (`failure` says why). Raises a TableError, and keeps
    nothing, when the file cannot be opened at all, and UnknownColumn for a wrong `mapping`.
    """
    wanted = kind_called(kind)
    known = {column.code for column in wanted.columns}
    for code in (mapping or {}).values():
        if code and code not in known:
            raise UnknownColumn(column=code)
    with open_table(stream, filename=filename, limits=wanted.limits) as table:
        if sheet is not None:
            table.sheet_called(sheet)
        table_format = table.format.name
    name = storable(tidy(filename)[-200:])
    staged = _keep(
        StagedImport(
            kind=kind,
            owner_key=owner_key,
            created_by=by if getattr(by, "pk", None) else None,
            created_at=now,
            filename=name,
            search=" ".join(words(name)),
            file_format=table_format,
            sheet=sheet or "",
            options={**(options or {}), **({"mapping": dict(mapping)} if mapping else {})},
        ),
        stream,
    )
    if background:
        enqueue_staging(staged=staged, now=now)
    else:
        run_staging(staged_id=staged.pk, now=now)
        staged.refresh_from_db()
    return staged


def enqueue_staging(*, staged: StagedImport, now: datetime) -> None:
    """Leave the reading of this file to the outbox worker."""
    key = f"import:{staged.pk}:{staged.attempt}"
    enqueue(key=key, kind=TASK, payload={"staged": staged.pk}, now=now)


@transaction.atomic
def _keep(staged: StagedImport, stream: BinaryIO) -> StagedImport:
    digest = hashlib.sha256()
    staged.size = stream.seek(0, 2)
    staged.save(force_insert=True)
    stream.seek(0)
    position = 0
    while piece := stream.read(_CHUNK_BYTES):
        digest.update(piece)
        StagedChunk.objects.create(staged=staged, position=position, content=piece)
        position += 1
    staged.sha256 = digest.hexdigest()
    staged.save(update_fields=["sha256"])
    return staged


@translation.override(settings.LANGUAGE_CODE)
def run_staging(*, staged_id: int, now: datetime) -> None:
    """Read the file from the start and plan every line; safe to call again at any time.

    Ends with the import STAGED, FAILED or CANCELLED. Does nothing for one already applied or
    abandoned.
    """
    begun = StagedImport.objects.filter(
        pk=staged_id,
        status__in=[
            StagedImport.Status.PENDING,
            StagedImport.Status.STAGING,
            StagedImport.Status.STAGED,
            StagedImport.Status.FAILED,
        ],
    ).update(
        status=StagedImport.Status.STAGING,
        attempt=F("attempt") + 1,
        progress=0,
        failure_code="",
        failure_facts={},
    )
    if not begun:
        return
    staged = StagedImport.objects.select_related("created_by").get(pk=staged_id)
    forget_lines(staged)
    try:
        _read(staged, now)
    except TableError as problem:
        _fail(staged, problem)
    except StagingStopped:
        # Cancelled, or read again by another process: what it left was forgotten there.
        return


def _read(staged: StagedImport, now: datetime) -> None:
    kind = staged.imported
    with tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES) as content:
        for chunk in staged.chunks.order_by("position").iterator(chunk_size=4):
            content.write(chunk.content)
        content.seek(0)
        with open_table(content, filename=staged.filename, limits=kind.limits) as table:  # type: ignore[arg-type]
            located = locate_table(staged, kind, table)
            notices = describe_table(staged, kind, table, located)
            planner = Planner(staged, by=staged.created_by, now=now)
            counts: Counter[str] = Counter()
            first = last = 0
            with swept_by_batch() as sweep:
                for batch in _batches(_data_rows(table, located)):
                    first = first or batch[0].number
                    last = batch[-1].number
                    _stage_batch(planner, table, batch, counts)
                    sweep()
    if not counts:
        raise NoRows
    read = sum(counts.values())
    _finish(planner, counts, notices, empty=last - first + 1 - read)


@transaction.atomic
def _stage_batch(
    planner: Planner, table: Table, batch: Sequence[Row], counts: Counter[str]
) -> None:
    """Plan some lines, store them and what they are known by, and say how far the reading is."""
    staged = planner.staged
    _hold(staged)
    rows = _stored_rows(staged, batch)
    resolved = planner.resolve(rows)
    StagedRow.objects.bulk_create(rows)
    store_marks(staged, resolved)
    counts.update(row.outcome for row in rows)
    _mark(staged, progress=min(99, int(table.progress * 100)), counts=counts)


def _data_rows(table: Table, located: Located) -> Iterator[Row]:
    last = located.header.last_line if located.header else 0
    return (row for row in table.rows(located.sheet) if row.number > last)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _stored_rows(staged: StagedImport, batch: Sequence[Row]) -> list[StagedRow]:
    """The lines as they will be stored, each knowing the identical lines before it."""
    digests = [digest_of(row.cells) for row in batch]
    seen: Counter[str] = Counter()
    first_lines: dict[str, int] = {}
    # Sorted here: asked to sort, SQLite walks through the lines of the whole file.
    earlier = staged.rows.filter(digest__in=set(digests)).values_list("digest", "line")
    for digest, line in sorted(earlier, key=lambda one: one[1] or 0):
        seen[digest] += 1
        first_lines.setdefault(digest, line or 0)
    rows = []
    for row, digest in zip(batch, digests, strict=True):
        seen[digest] += 1
        rows.append(
            StagedRow(
                staged=staged,
                line=row.number,
                cells=encode_cells(row.cells),
                digest=digest,
                occurrence=seen[digest],
                first_line=first_lines.get(digest),
            )
        )
        first_lines.setdefault(digest, row.number)
    return rows


def _hold(staged: StagedImport) -> None:
    """Keep a later reading waiting until this batch is stored. Raises StagingStopped."""
    _mark(staged, progress=0, counts=None)


def _mark(staged: StagedImport, *, progress: int, counts: Mapping[str, int] | None) -> None:
    """Show how far the reading is. Raises StagingStopped when it has to stop."""
    changes: dict[str, Any] = {"progress": Greatest(F("progress"), Value(progress))}
    if counts is not None:
        changes["counts"] = {**counts, "read": sum(counts.values())}
    if not _being_read(staged).update(**changes):
        raise StagingStopped


def _being_read(staged: StagedImport) -> QuerySet[StagedImport]:
    """The import, as long as this reading is the one that may write."""
    return StagedImport.objects.filter(
        pk=staged.pk, attempt=staged.attempt, status=StagedImport.Status.STAGING
    )


@transaction.atomic
def _finish(
    planner: Planner,
    counts: Counter[str],
    notices: list[dict[str, Any]],
    *,
    empty: int,
) -> None:
    staged = planner.staged
    closed, notices = store_missing(planner, notices)
    if not closed and not any(counts[one] for one in ("created", "changed", "to_check")):
        notices = [*notices, *_already_applied(staged)]
    finished = _being_read(staged).update(
        status=StagedImport.Status.STAGED,
        progress=100,
        counts=all_counts(counts, closed=closed, empty=empty),
        notices=notices,
    )
    if not finished:
        raise StagingStopped


def all_counts(counts: Mapping[str, int], *, closed: int, empty: int) -> dict[str, int]:
    """Every count, zero included. All but `closed` and `empty` add up to `read`."""
    outcomes = [outcome.value for outcome in Outcome if outcome is not Outcome.CLOSED]
    return {
        "read": sum(counts.values()),
        **{outcome: counts.get(outcome, 0) for outcome in outcomes},
        "closed": closed,
        "empty": empty,
    }


def store_missing(
    planner: Planner, notices: Sequence[dict[str, Any]]
) -> tuple[int, list[dict[str, Any]]]:
    """Store what a complete list does not name; return how many, and the notices completed."""
    staged = planner.staged
    staged.rows.filter(line__isnull=True).delete()
    others = [notice for notice in notices if notice["code"] != _NOTHING_CLOSED]
    if not staged.complete_list:
        return 0, others
    if planner.names_may_lack():
        held = note(
            _(
                "Liste complète : rien ne sera clos tant que des lignes sont refusées ou à "
                "vérifier, car elles désignent peut-être ce qui semble manquer."
            ),
            code=_NOTHING_CLOSED,
        )
        return 0, [*others, stored_problem("", held)]
    rows: list[StagedRow] = []
    count = 0
    for key, changes in planner.missing():
        rows.append(
            StagedRow(
                staged=staged,
                line=None,
                digest="",
                outcome=Outcome.CLOSED,
                planned=Outcome.CLOSED,
                key=key,
                changes=encode_changes(changes),
            )
        )
        count += 1
        if len(rows) == BATCH:
            StagedRow.objects.bulk_create(rows)
            rows = []
    StagedRow.objects.bulk_create(rows)
    return count, others


def applied_twin(staged: StagedImport) -> StagedImport | None:
    """The last import of the very same file, for the same owner, that was applied."""
    return (
        StagedImport.objects.filter(
            kind=staged.kind,
            owner_key=staged.owner_key,
            sha256=staged.sha256,
            status=StagedImport.Status.APPLIED,
        )
        .exclude(pk=staged.pk)
        .order_by("-applied_at", "-pk")
        .first()
    )


def _already_applied(staged: StagedImport) -> list[dict[str, Any]]:
    twin = applied_twin(staged)
    if twin is None or twin.applied_at is None:
        return []
    return [
        stored_problem(
            "",
            note(
                _(
                    "Ce même fichier a déjà été appliqué le %(date)s et rien n’a changé depuis : "
                    "il n’y a rien à faire."
                ),
                code="already_applied",
                date=f"{timezone.localtime(twin.applied_at):%d/%m/%Y}",
            ),
        )
    ]


def _fail(staged: StagedImport, problem: TableError) -> None:
    with transaction.atomic():
        failed = _being_read(staged).update(
            status=StagedImport.Status.FAILED,
            failure_code=problem.code,
            failure_facts={name: storable(str(fact)) for name, fact in problem.facts.items()},
            counts={},
            notices=[],
        )
        if failed:
            forget_lines(staged)


def forget_lines(staged: StagedImport) -> None:
    """Erase what was read of the file: its lines and their marks."""
    staged.rows.all().delete()
    staged.marks.all().delete()
