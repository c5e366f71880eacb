"""The one way to leave a trace of a change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from ancrage.kit.models import AuditLine, Base


def line(
    *,
    action: str,
    target: Base,
    by: Any,
    now: datetime,
    scope: str = "",
    changes: Mapping[str, Any] | None = None,
) -> AuditLine:
    """Return, unsaved, the line that says that `by` did `action` on `target` at `now`.

    `by` may be None (a scheduled command) or a user; `changes` maps a field to
    [before, after] and holds no personal value.
    """
    return AuditLine(
        at=now,
        actor=by if getattr(by, "pk", None) else None,
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=target.audit_label[:200],
        scope=scope,
        changes={field: list(pair) for field, pair in (changes or {}).items()},
    )


def record(
    *,
    action: str,
    target: Base,
    by: Any,
    now: datetime,
    scope: str = "",
    changes: Mapping[str, Any] | None = None,
) -> AuditLine:
    """Write one line (see `line`). Call it inside the transaction of the change."""
    written = line(action=action, target=target, by=by, now=now, scope=scope, changes=changes)
    written.save(force_insert=True)
    return written


def record_many(lines: Iterable[AuditLine]) -> None:
    """Write the lines of a change of many rows, in few statements."""
    AuditLine.objects.bulk_create(lines, batch_size=500)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return {field: [before, after]} for the fields of `after` that differ, as JSON values.

    >>> differences({"a": 1, "b": 2}, {"a": 1, "b": 3})
    {'b': [2, 3]}
    """
    return {
        field: [_plain(before.get(field)), _plain(value)]
        for field, value in after.items()
        if before.get(field) != value
    }


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
