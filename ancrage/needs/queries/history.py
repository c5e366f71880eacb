"""What happened to a need, read from its audit lines and its changes of state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ancrage.kit.models import AuditLine
from ancrage.needs.models import Need, NeedStatusChange


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a need. `changes` maps a field to [before, after]; `move` is its change of
    state, if it was one."""

    at: datetime
    actor: Any
    action: str
    changes: Mapping[str, Any]
    move: NeedStatusChange | None


def history_of(need: Need) -> list[HistoryEntry]:
    """Return what happened to a need, last first. Two queries."""
    moves = {
        (move.at, move.after): move
        for move in NeedStatusChange.objects.filter(need=need).order_by("at", "pk")
    }
    return [
        HistoryEntry(
            at=line.at,
            actor=line.actor,
            action=line.action,
            changes=line.changes,
            move=moves.get((line.at, line.changes.get("status", ["", ""])[1])),
        )
        for line in _lines_of(need).select_related("actor").order_by("-at", "-pk")
    ]


def last_change_of(need: Need) -> AuditLine | None:
    """Return the last trace left on a need: who changed it, and when."""
    return _lines_of(need).select_related("actor").order_by("-at", "-pk").first()


def _lines_of(need: Need) -> Any:
    return AuditLine.objects.filter(target_type=Need._meta.label_lower, target_id=str(need.pk))
