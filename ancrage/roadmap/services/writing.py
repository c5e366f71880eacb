"""Rows written at the revision one read, and the line that says so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F

from ancrage.kit.audit import differences, record
from ancrage.kit.models import Base
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.roadmap.services.errors import ChangedMeanwhile, NothingToUndo, RankTaken

# Texts are not copied into the journal: that they changed is enough.
_UNTOLD = frozenset({"summary", "purpose", "description", "definition", "text", "search", "note"})

Row = TypeVar("Row", bound=Base)


def tell(
    *,
    event: str,
    row: Base,
    territory_pk: int,
    by: Any,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write the audit line of a change."""
    record(
        action=event,
        target=row,
        by=by,
        now=now,
        scope=f"territory:{territory_pk}",
        changes=changes,
    )


def checked(row: Row) -> Row:
    """Refuse, by field, what the columns and the constraints of the row would not hold."""
    row.full_clean(exclude=["search"] if hasattr(row, "search") else None)
    return row


def insert(row: Row) -> Row:
    """Check a new row and save it. Raises `ValidationError`."""
    checked(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(error, row) from error
    return row


def rewrite(row: Row, values: Mapping[str, Any], *, revision: int) -> dict[str, list[Any]]:
    """Write `values` in a row that still is at `revision`; return what differs, in words.

    Raises `ChangedMeanwhile`, `ValidationError`.
    """
    if row.revision != revision:  # type: ignore[attr-defined]
        raise ChangedMeanwhile(row)
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    changes = differences(in_words(before), in_words(values))
    if not changes:
        return {}
    checked(row)
    rows = type(row)._default_manager.filter(pk=row.pk, revision=revision)
    try:
        with transaction.atomic():
            written = rows.update(**values, revision=F("revision") + 1)
    except IntegrityError as error:
        raise _taken(error, row) from error
    if not written:
        raise ChangedMeanwhile(type(row)._default_manager.get(pk=row.pk))
    row.revision = revision + 1  # type: ignore[attr-defined]
    return {
        name: ["", ""] if name in _UNTOLD else pair
        for name, pair in changes.items()
        if name != "search"
    }


def take_out(*, row: Row, now: datetime) -> bool:
    """Put a row aside; return whether it was still there."""
    rows = type(row)._default_manager.filter(pk=row.pk, removed_at__isnull=True)
    return bool(rows.update(removed_at=now))


def put_back(*, row: Row, now: datetime) -> None:
    """Take back a recent removal. Raises `NothingToUndo`, `RankTaken`."""
    rows = type(row)._default_manager.filter(pk=row.pk, removed_at__gte=now - UNDO_WINDOW)
    try:
        with transaction.atomic():
            written = rows.update(removed_at=None)
    except IntegrityError as error:
        raise _taken(error, row) from error
    if not written:
        raise NothingToUndo


def in_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as an audit line keeps them: a row by its name."""
    return {
        name: str(value) if isinstance(value, models.Model) else value
        for name, value in facts.items()
    }


def _taken(error: IntegrityError, row: Base) -> ValidationError:
    # Two people at once: what was checked a moment ago no longer holds.
    if "rank" in str(error):
        return RankTaken()
    return ChangedMeanwhile(row)
