"""The audit line of a change of a row."""

from datetime import datetime
from typing import Any

from ancrage.kit import audit
from ancrage.kit.changes import ChangeSource, sourced
from ancrage.kit.life.kinds import Life, Row
from ancrage.kit.models import AuditLine


def trace_line(
    life: Life[Row],
    row: Row,
    done: str,
    *,
    by: Any,
    now: datetime,
    source: ChangeSource,
    changes: dict[str, list[Any]] | None = None,
) -> AuditLine:
    """Return, unsaved, the line that says what `by` did to the row, and how: by a page, a mail…"""
    return audit.line(
        action=life.action(done),
        target=row,
        by=by,
        now=now,
        scope=life.scope_of(row),
        changes=sourced(changes or {}, source),
    )


def leave_trace(
    life: Life[Row],
    row: Row,
    done: str,
    *,
    by: Any,
    now: datetime,
    source: ChangeSource,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    """Write that line (see `trace_line`). Call it inside the transaction of the change."""
    trace_line(life, row, done, by=by, now=now, source=source, changes=changes).save(
        force_insert=True
    )
