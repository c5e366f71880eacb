"""What happened to a resource, read from its audit lines and its changes of state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ancrage.kit.models import AuditLine
from ancrage.resources.models import Resource, ResourceStatusChange


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a resource. `changes` maps a field to [before, after]; `is_undone` says that
    its change of state was taken back."""

    at: datetime
    actor: Any
    action: str
    changes: Mapping[str, Any]
    is_undone: bool


def history_of(resource: Resource) -> list[HistoryEntry]:
    """Return what happened to a resource, last first. Two queries."""
    undone = set(
        ResourceStatusChange.objects.filter(resource=resource, undone_at__isnull=False)
        .order_by("pk")
        .values_list("at", "after")
    )
    return [
        HistoryEntry(
            at=line.at,
            actor=line.actor,
            action=line.action,
            changes=line.changes,
            is_undone=(line.at, line.changes.get("status", ["", ""])[1]) in undone,
        )
        for line in _lines_of(resource)
    ]


def last_change_of(resource: Resource) -> AuditLine | None:
    """Return the last trace left on a resource: who changed it, and when."""
    return _lines_of(resource).first()


def _lines_of(resource: Resource) -> QuerySet[AuditLine]:
    return (
        AuditLine.objects.filter(
            target_type=Resource._meta.label_lower, target_id=str(resource.pk)
        )
        .select_related("actor")
        .order_by("-at", "-pk")
    )
