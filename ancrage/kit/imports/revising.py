"""What someone does between the dry run and the decision: match columns, correct, accept, stop."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.audit import record
from ancrage.kit.enums import ImportEvent
from ancrage.kit.imports.locating import UNKNOWN_COLUMNS, unknown_columns
from ancrage.kit.imports.models import (
    ImportMapping,
    StagedImport,
    StagedMark,
    StagedRow,
)
from ancrage.kit.imports.refusals import (
    ColumnTakenTwice,
    ImportNotReady,
    LineNotAcceptable,
    UnknownColumn,
    UnknownLine,
)
from ancrage.kit.imports.replanning import replan, replan_lines
from ancrage.kit.imports.staging import enqueue_staging, forget_lines, run_staging
from ancrage.kit.tabular.cells import storable

_TYPED_CHARACTERS = 10_000


def remap(
    *, staged: StagedImport, mapping: Mapping[int, str | None], by: Any, now: datetime
) -> StagedImport:
    """Take the columns for what someone says ({index from 0: column code, or None for unread}),
    redo the dry run, and remember it for this owner's next file with the same header.

    Columns left out of `mapping` keep theirs. Raises ImportNotReady, UnknownColumn,
    ColumnTakenTwice.
    """
    _check_open(staged)
    known = {column.code for column in staged.imported.columns}
    codes = list(staged.codes)
    for index, code in mapping.items():
        if (code and code not in known) or not 0 <= index < len(codes):
            raise UnknownColumn(column=code or index)
        codes[index] = code or ""
    for code in filter(None, codes):
        if codes.count(code) > 1:
            raise ColumnTakenTwice(column=staged.imported.column(code).label)
    with transaction.atomic():
        ImportMapping.objects.update_or_create(
            kind=staged.kind,
            owner_key=staged.owner_key,
            signature=staged.signature,
            defaults={"codes": codes, "updated_at": now, "updated_by": _user(by)},
        )
        staged.mapping = [
            [code, how if code == before else "chosen" if code else ""]
            for code, (before, how) in zip(codes, staged.mapping, strict=True)
        ]
        staged.__dict__.pop("codes", None)
        others = [one for one in staged.notices if one["code"] != UNKNOWN_COLUMNS]
        staged.notices = [*others, *unknown_columns(staged)]
        staged.save(update_fields=["mapping", "notices"])
    return replan(staged=staged, now=now)


def choose_sheet(
    *,
    staged: StagedImport,
    by: Any,
    now: datetime,
    sheet: str | None = None,
    header_line: int | None = None,
    background: bool = False,
) -> StagedImport:
    """Read the file again: another sheet, or another header line (0: the file has no header).

    Corrections made on its lines are lost, as the lines themselves change. Raises ImportNotReady;
    a sheet that does not exist leaves the import FAILED.
    """
    _check_open(staged)
    staged.sheet = sheet if sheet is not None else staged.sheet
    staged.options = {**staged.options, "header_line": header_line}
    staged.save(update_fields=["sheet", "options"])
    if background:
        staged.status = StagedImport.Status.PENDING
        staged.save(update_fields=["status"])
        enqueue_staging(staged=staged, now=now)
    else:
        run_staging(staged_id=staged.pk, now=now)
    staged.refresh_from_db()
    staged.__dict__.pop("codes", None)
    return staged


def set_options(
    *, staged: StagedImport, options: Mapping[str, Any], by: Any, now: datetime
) -> StagedImport:
    """Tell the import something else of what its kind asks (`complete_list`, a vintage…), and
    redo the dry run. Options left out keep theirs. Raises ImportNotReady.
    """
    staged.refresh_from_db(fields=["status", "attempt", "options"])
    if staged.status != StagedImport.Status.STAGED:
        raise ImportNotReady
    staged.options = {**staged.options, **options}
    staged.save(update_fields=["options"])
    return replan(staged=staged, now=now)


def correct_row(
    *, staged: StagedImport, line: int, values: Mapping[str, str], by: Any, now: datetime
) -> StagedRow:
    """Put typed texts in place of a line's cells ({column code: text}) and resolve it again.

    The file's own cells are kept for the report; a correction equal to the cell is dropped.
    Raises ImportNotReady, UnknownLine, UnknownColumn.
    """
    _check_open(staged)
    (row,) = _rows(staged, [line])
    known = {column.code for column in staged.imported.columns}
    for code, text in values.items():
        if code not in known:
            raise UnknownColumn(column=code)
        row.corrections.pop(code, None)
        if text != row.written(code):
            row.corrections[code] = storable(text[:_TYPED_CHARACTERS])
    row.accepted = False
    replan_lines(staged=staged, rows=[row], now=now)
    return row


def decide_rows(
    *, staged: StagedImport, lines: Iterable[int], accept: bool, by: Any, now: datetime
) -> StagedImport:
    """Let lines « à vérifier » through as they are, or (accept=False) hold them back again.

    Raises ImportNotReady, UnknownLine, LineNotAcceptable; then nothing is changed.
    """
    _check_open(staged)
    rows = _rows(staged, lines)
    for row in rows:
        if accept and not (row.can_be_accepted or row.accepted):
            raise LineNotAcceptable(line=row.line)
        row.accepted = accept
    replan_lines(staged=staged, rows=rows, now=now)
    return staged


@transaction.atomic
def cancel_import(*, staged: StagedImport, by: Any, now: datetime) -> StagedImport:
    """Stop a reading that is waiting, under way, or was killed on the way; forget the file.

    A reading under way notices at its next batch. Nothing happens to an import already read.
    """
    stopped = StagedImport.objects.filter(
        pk=staged.pk, status__in=[StagedImport.Status.PENDING, StagedImport.Status.STAGING]
    ).update(status=StagedImport.Status.CANCELLED, counts={})
    if stopped:
        forget_lines(staged)
        staged.chunks.all().delete()
    staged.refresh_from_db()
    return staged


@transaction.atomic
def abandon_import(*, staged: StagedImport, by: Any, now: datetime) -> StagedImport:
    """Give up an import that was tried. The file and its lines are forgotten.

    Raises ImportNotReady when it was applied, or is no longer open.
    """
    abandoned = StagedImport.objects.filter(
        pk=staged.pk, status__in=[StagedImport.Status.STAGED, StagedImport.Status.FAILED]
    ).update(status=StagedImport.Status.ABANDONED)
    if not abandoned:
        raise ImportNotReady
    forget_lines(staged)
    staged.chunks.all().delete()
    staged.refresh_from_db()
    record(action=ImportEvent.ABANDONED, target=staged, by=by, now=now, scope=staged.owner_key)
    return staged


def forget_imports(*, before: datetime, kind: str = "") -> int:
    """Erase the imports (of one kind, if it is named) deposited before that moment, lines
    included; return how many.

    The lines of an applied import are copies of what the platform now holds, and audit lines say
    who applied it.
    """
    old = StagedImport.objects.filter(created_at__lt=before)
    if kind:
        old = old.filter(kind=kind)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def forget_marked(*, kind: str, owner_key: str, marks: Iterable[str]) -> int:
    """Empty the lines of applied imports that bear one of these marks: whom they were about is
    gone. The line keeps its number and its result. Returns how many."""
    found = StagedMark.objects.filter(
        staged__kind=kind,
        staged__owner_key=owner_key,
        staged__status=StagedImport.Status.APPLIED,
        mark__in=list(marks),
    )
    lines = set(found.values_list("staged", "line"))
    for staged, line in lines:
        StagedRow.objects.filter(staged=staged, line=line).update(
            cells=[], corrections={}, changes=[], problems=[], key=""
        )
        StagedMark.objects.filter(staged=staged, line=line).delete()
    return len(lines)


def _check_open(staged: StagedImport) -> None:
    """What was read a while ago may have been applied since, by someone else."""
    staged.refresh_from_db(fields=["status", "attempt"])
    if staged.status not in (StagedImport.Status.STAGED, StagedImport.Status.FAILED):
        raise ImportNotReady


def _rows(staged: StagedImport, lines: Iterable[int]) -> list[StagedRow]:
    wanted = list(dict.fromkeys(lines))
    found = {row.line: row for row in staged.rows.filter(line__in=wanted)}
    for line in wanted:
        if line not in found:
            raise UnknownLine(line=line)
        found[line].staged = staged
    return [found[line] for line in wanted]


def _user(by: Any) -> Any:
    return by if getattr(by, "pk", None) else None
