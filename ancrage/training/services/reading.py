"""Reading who follows or wishes for a run: the lines that say who looked, and that a file left."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.audit import record
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_accesses, trace_list
from ancrage.training.enums import TrainingEvent
from ancrage.training.models import CourseRun, Enrolment, TrainingWish

_SHOWN = ("first_name", "last_name", "state")


def read_enrolments(
    *, run: CourseRun, enrolments: Iterable[Enrolment], viewer: Viewer, by: Any, now: datetime
) -> None:
    """Note that a reader was shown who is in a run; once a day for the same people."""
    scope = scope_of(run, viewer)
    shown = {(one.subject_id, scope) for one in enrolments if one.subject_id is not None}
    trace_list(shown=shown, purpose="training", fields=_SHOWN, by=by, now=now)


@transaction.atomic
def record_export(
    *,
    run: CourseRun,
    enrolments: Iterable[Enrolment],
    viewer: Viewer,
    reason: str,
    by: Any,
    now: datetime,
) -> None:
    """Note that who is in a run left in a file: in the journal, and for each person."""
    rows = list(enrolments)
    trace_accesses(
        subjects=[one.subject for one in rows if one.subject is not None],
        viewer=viewer,
        purpose="training",
        fields=["export"],
        now=now,
        scope=scope_of(run, viewer),
    )
    record(
        action=TrainingEvent.EXPORTED,
        target=run,
        by=by,
        now=now,
        scope=f"partner:{run.course.provider.partner_id}",
        changes={"count": [0, len(rows)], "reason": ["", reason]},
    )


@transaction.atomic
def record_wish_export(
    *, wishes: Iterable[TrainingWish], viewer: Viewer, reason: str, by: Any, now: datetime
) -> None:
    """Note that wishes left in a file: in the journal of each territory, and for each person."""
    told: dict[int, list[TrainingWish]] = {}
    for wish in wishes:
        told.setdefault(wish.territory_id, []).append(wish)
    for territory, rows in sorted(told.items()):
        scope = f"territory:{territory}"
        trace_accesses(
            subjects=[one.subject for one in rows],
            viewer=viewer,
            purpose="support",
            fields=["export"],
            now=now,
            scope=scope,
        )
        record(
            action=TrainingEvent.WISHES_EXPORTED,
            target=rows[0],
            by=by,
            now=now,
            scope=scope,
            changes={"count": [0, len(rows)], "reason": ["", reason]},
        )


def scope_of(run: CourseRun, viewer: Viewer) -> str:
    """Return for whom the reader looks: the provider, or the territory."""
    partner = run.course.provider.partner
    own = f"partner:{partner.pk}"
    return own if own in viewer.scopes else f"territory:{partner.territory_id}"
