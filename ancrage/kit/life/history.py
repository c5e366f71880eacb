"""What happened to a row, read from its audit lines and its changes of state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ancrage.kit.life.models import LivingRow, StatusChange
from ancrage.kit.models import AuditLine


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a row. `changes` maps a field to [before, after]; `move` is its change of
    state, if it was one."""

    at: datetime
    actor: Any
    action: str
    changes: Mapping[str, Any]
    move: StatusChange | None

    @property
    def is_undone(self) -> bool:
        """Say whether it was a change of state that was taken back."""
        return self.move is not None and self.move.undone_at is not None


def history_of(row: LivingRow) -> list[HistoryEntry]:
    """Return what happened to a row, last first. Two queries."""
    moves = {(move.at, move.after): move for move in row.status_changes.order_by("at", "pk")}
    return [
        HistoryEntry(
            at=line.at,
            actor=line.actor,
            action=line.action,
            changes=line.changes,
            move=moves.get((line.at, line.changes.get("status", ["", ""])[1])),
        )
        for line in _lines_of(row)
    ]


def last_change_of(row: LivingRow) -> AuditLine | None:
    """Return the last trace left on a row: who changed it, and when."""
    return _lines_of(row).first()


def _lines_of(row: LivingRow) -> QuerySet[AuditLine]:
    lines = AuditLine.objects.filter(target_type=row._meta.label_lower, target_id=str(row.pk))
    return lines.select_related("actor").order_by("-at", "-pk")
