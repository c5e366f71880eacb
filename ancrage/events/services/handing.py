"""Papers and lists that name people: who took them, when, why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.events.enums import EventAction
from ancrage.events.models import Event, Participant
from ancrage.kit.audit import record
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_accesses


@transaction.atomic
def record_participants_export(
    *,
    event: Event,
    participants: Sequence[Participant],
    viewer: Viewer,
    reason: str,
    by: Any,
    now: datetime,
) -> None:
    """Note that people left in a file: a line of the journal, and a trace each of them reads."""
    scope = f"territory:{event.territory_id}"
    trace_accesses(
        subjects=[one.subject for one in participants],
        viewer=viewer,
        purpose="events",
        fields=["export"],
        now=now,
        scope=scope,
    )
    record(
        action=EventAction.EXPORTED,
        target=event,
        by=by,
        now=now,
        scope=scope,
        changes={"count": [0, len(participants)], "reason": ["", reason]},
    )
