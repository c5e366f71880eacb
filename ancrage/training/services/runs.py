"""Runs of a course: planned, opened, confirmed, given, or called off; their sessions."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ancrage.kit.audit import differences, record
from ancrage.kit.moves import standing
from ancrage.training.enums import (
    ENTERABLE_STATES,
    LIVE_RUN_STATES,
    LIVING_STATES,
    RUN_TRANSITIONS,
    CancelReason,
    RunState,
    TrainingEvent,
)
from ancrage.training.models import Course, CourseRun, RunMove, RunSession
from ancrage.training.services.errors import (
    ChangedMeanwhile,
    FewerPlacesThanTaken,
    GroupTooSmall,
    NothingToUndo,
    ReasonMissing,
    RunAsked,
    SessionHeld,
    SessionOutside,
    SessionTaken,
    StepNotAllowed,
)
from ancrage.training.services.following import follow_run, unfollow_run
from ancrage.training.services.places import fill_free_places
from ancrage.training.validators import validate_group, validate_run_dates

_FIELDS = (
    *("commune", "place", "starts_on", "ends_on", "apply_by", "least", "places", "cost_cents"),
    "note",
)


@transaction.atomic
def create_run(
    *, course: Course, by: Any, now: datetime, state: RunState = RunState.PLANNED, **values: Any
) -> CourseRun:
    """Add a run of a course, possible or open at once. Raises `ValidationError`."""
    run = CourseRun(course=course, state=state, created_at=now, created_by=by)
    for name in _FIELDS:
        if name in values:
            setattr(run, name, values[name])
    _check(run, now=now, is_new=True)
    run.save()
    _tell(TrainingEvent.RUN_CREATED, run, by=by, now=now)
    return run


@transaction.atomic
def edit_run(*, run: CourseRun, by: Any, now: datetime, revision: int, **values: Any) -> CourseRun:
    """Change a run that is not over; places freed go to the waiting list.

    Raises `ChangedMeanwhile`, `StepNotAllowed`, `FewerPlacesThanTaken`, `ValidationError`.
    """
    row = current_run(run)
    if row.revision != revision:
        raise ChangedMeanwhile
    if row.state not in LIVE_RUN_STATES:
        raise StepNotAllowed
    before = {name: getattr(row, name) for name in _FIELDS}
    for name in _FIELDS:
        if name in values:
            setattr(row, name, values[name])
    _check(row, now=now, is_new=False)
    after = {name: getattr(row, name) for name in _FIELDS}
    changes = differences(before, after)
    if not changes:
        return row
    if row.places < row.taken:
        raise FewerPlacesThanTaken
    # The places taken are counted again in the statement itself: somebody may enrol meanwhile.
    rows = CourseRun.objects.filter(pk=row.pk, revision=revision, taken__lte=row.places)
    if not rows.update(**after, revision=F("revision") + 1):
        raise ChangedMeanwhile
    row.revision += 1
    changes.pop("note", None)
    _tell(TrainingEvent.RUN_EDITED, row, by=by, now=now, changes=changes)
    fill_free_places(run=row, by=by, now=now)
    return row


@transaction.atomic
def move_run(
    *, run: CourseRun, to: RunState, by: Any, now: datetime, reason: CancelReason | str = ""
) -> CourseRun:
    """Take a run to its next state, and those who are in it with it.

    A run that is over was followed by whoever was enrolled; one that is cancelled ends every
    request, and everybody is told. Raises `StepNotAllowed`, `ReasonMissing`, `GroupTooSmall`.
    """
    row = current_run(run)
    before = RunState(row.state)
    if to not in RUN_TRANSITIONS[before]:
        raise StepNotAllowed
    if (to is RunState.CANCELLED) and not reason:
        raise ReasonMissing
    if to is RunState.CONFIRMED and row.taken < row.least:
        raise GroupTooSmall(row.least - row.taken)
    values = {"state": to, "cancelled_because": reason if to is RunState.CANCELLED else ""}
    if not CourseRun.objects.filter(pk=row.pk, state=before).update(
        **values, revision=F("revision") + 1
    ):
        raise StepNotAllowed
    RunMove.objects.create(run=row, before=before, after=to, at=now, by=by)
    row = current_run(row)
    follow_run(run=row, by=by, now=now)
    row.refresh_from_db(fields=["taken"])
    _tell(
        TrainingEvent.RUN_MOVED,
        row,
        by=by,
        now=now,
        changes={"state": [before.value, to.value], "reason": ["", str(reason)]},
    )
    return row


@transaction.atomic
def undo_run_move(*, run: CourseRun, by: Any, now: datetime) -> CourseRun:
    """Take back the last change of state, less than 24 hours old, and what followed from it.

    Raises `NothingToUndo`, or `RunAsked` for an opening that somebody answered.
    """
    last = last_run_move(run)
    if last is None or not last.is_recent(now):
        raise NothingToUndo
    if (
        last.after == RunState.OPEN
        and run.enrolments.filter(state__in=sorted(LIVING_STATES)).exists()
    ):
        raise RunAsked
    # Of two who take it back at once, one does.
    if not RunMove.objects.filter(pk=last.pk, undone_at__isnull=True).update(undone_at=now):
        raise NothingToUndo
    if not CourseRun.objects.filter(pk=run.pk, state=last.after).update(
        state=last.before, cancelled_because="", revision=F("revision") + 1
    ):
        raise NothingToUndo
    row = current_run(run)
    unfollow_run(run=row, move=last, by=by, now=now)
    _tell(
        TrainingEvent.RUN_UNDONE,
        row,
        by=by,
        now=now,
        changes={"state": [last.after, last.before]},
    )
    return current_run(row)


def last_run_move(run: CourseRun) -> RunMove | None:
    """Return the last change of state that was not taken back. One query."""
    return standing(run.moves.all()).first()


@transaction.atomic
def add_session(
    *,
    run: CourseRun,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    by: Any,
    now: datetime,
) -> RunSession:
    """Add a session to a run that is not over.

    Raises `StepNotAllowed`, `SessionOutside`, `SessionTaken`.
    """
    row = current_run(run)
    if row.state not in LIVE_RUN_STATES:
        raise StepNotAllowed
    if not row.starts_on <= timezone.localdate(starts_at) <= row.ends_on:
        raise SessionOutside
    if (
        ends_at <= starts_at
        or row.sessions.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists()
    ):
        raise SessionTaken
    session = RunSession.objects.create(run=row, starts_at=starts_at, ends_at=ends_at, place=place)
    CourseRun.objects.filter(pk=row.pk).update(revision=F("revision") + 1)
    _tell(TrainingEvent.SESSION_ADDED, row, by=by, now=now)
    return session


@transaction.atomic
def remove_session(*, session: RunSession, by: Any, now: datetime) -> None:
    """Take a session out of a run. Raises `SessionHeld` once its sheet was filled."""
    if session.attendances.exists():
        raise SessionHeld
    run = current_run(session.run)
    if RunSession.objects.filter(pk=session.pk).delete()[0]:
        CourseRun.objects.filter(pk=run.pk).update(revision=F("revision") + 1)
        _tell(TrainingEvent.SESSION_REMOVED, run, by=by, now=now)


def current_run(run: CourseRun) -> CourseRun:
    """Return the run as it is now, with its course and who gives it."""
    return CourseRun.objects.select_related(
        "commune", "course__provider__partner__territory", "course__profession"
    ).get(pk=run.pk)


def next_states(run: CourseRun) -> list[RunState]:
    """Return where a run may go from here, in the order of the vocabulary."""
    allowed = RUN_TRANSITIONS[RunState(run.state)]
    return [state for state in RunState if state in allowed]


def _check(run: CourseRun, *, now: datetime, is_new: bool) -> None:
    validate_run_dates(
        run.starts_on,
        run.ends_on,
        run.apply_by,
        today=timezone.localdate(now),
        is_new=is_new and run.state in {RunState.PLANNED, *ENTERABLE_STATES},
    )
    validate_group(run.least, run.places, least_name="least", most_name="places")


def _tell(
    event: TrainingEvent,
    run: CourseRun,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    record(
        action=event,
        target=run,
        by=by,
        now=now,
        scope=f"partner:{run.course.provider.partner_id}",
        changes=changes,
    )
