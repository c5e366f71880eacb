"""Asking for a place, being granted one, confirming, following, stopping; and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.kit.moves import standing
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import refuse_frozen, touch_subject
from ancrage.training.enums import (
    CALLED_STATES,
    ENROLMENT_TRANSITIONS,
    HOLDING_STATES,
    OWN_STEPS,
    DropReason,
    EnrolmentState,
    Presence,
    Result,
    TrainingEvent,
)
from ancrage.training.models import Attendance, CourseRun, Enrolment, EnrolmentMove, RunSession
from ancrage.training.services.errors import (
    AlreadyAsked,
    NothingToUndo,
    NotTakingRequests,
    NotYetOver,
    PlacePassedOn,
    ReasonMissing,
    StepNotAllowed,
)
from ancrage.training.services.places import (
    fill_free_places,
    shift,
    take_place,
    tell_enrolment,
)
from ancrage.training.services.runs import current_run
from ancrage.training.services.serving import reopen_wishes, serve_wishes
from ancrage.training.services.telling import tell_granted

_NEEDS_REASON = frozenset({EnrolmentState.DROPPED, EnrolmentState.REFUSED})


@dataclass(frozen=True)
class Named:
    """Somebody, and how an attendance sheet calls them."""

    subject: DataSubject
    first_name: str
    last_name: str


@transaction.atomic
def ask_place(*, run: CourseRun, person: Named, by: Any, now: datetime) -> Enrolment:
    """Ask for a place for oneself: the provider reads the name from now on.

    Raises `NotTakingRequests`, `AlreadyAsked`, `SubjectFrozen`.
    """
    row = current_run(run)
    refuse_frozen(person.subject)
    if not row.takes_requests(timezone.localdate(now)):
        raise NotTakingRequests
    enrolment = _create(row, person, EnrolmentState.ASKED, by=by, now=now, shared_at=now)
    touch_subject(subject=person.subject, now=now)
    return enrolment


@transaction.atomic
def grant_place(
    *, run: CourseRun, person: Named, by: Any, now: datetime, has_agreed: bool = False
) -> Enrolment:
    """Hold a place for somebody, who is written to and confirms it or says no.

    The provider reads the name once the person confirms, or at once if they told the coordination
    that they agree (`has_agreed`). Raises `NotTakingRequests`, `RunFull`, `AlreadyAsked`,
    `SubjectFrozen`.
    """
    row = current_run(run)
    refuse_frozen(person.subject)
    if not row.takes_requests(timezone.localdate(now)):
        raise NotTakingRequests
    take_place(row)
    enrolment = _create(
        row,
        person,
        EnrolmentState.ACCEPTED,
        by=by,
        now=now,
        shared_at=now if has_agreed else None,
    )
    tell_granted(enrolment=enrolment, now=now)
    return enrolment


@transaction.atomic
def move_enrolment(
    *,
    enrolment: Enrolment,
    to: EnrolmentState,
    by: Any,
    now: datetime,
    reason: DropReason | str = "",
    is_own: bool = False,
) -> Enrolment:
    """Take an enrolment to its next state; a place freed goes to the waiting list.

    `is_own` says that the person does it: they confirm or give up, nothing else. Raises
    `StepNotAllowed`, `ReasonMissing`, `RunFull`, `SubjectFrozen`.
    """
    row = current_enrolment(enrolment)
    before = EnrolmentState(row.state)
    if to not in ENROLMENT_TRANSITIONS[before] or (is_own and to not in OWN_STEPS):
        raise StepNotAllowed
    if to in _NEEDS_REASON and not reason:
        raise ReasonMissing
    values: dict[str, Any] = {"reason": str(reason)}
    if is_own and to is EnrolmentState.ENROLLED and row.shared_at is None:
        values["shared_at"] = now
    move = shift(enrolment=row, to=to, by=by, now=now, is_own=is_own, **values)
    tell_enrolment(enrolment=row, before=before, by=by, now=now)
    if is_own and row.subject is not None:
        touch_subject(subject=row.subject, now=now)
    if to is EnrolmentState.ACCEPTED:
        tell_granted(enrolment=row, now=now)
    if to is EnrolmentState.ENROLLED:
        serve_wishes(enrolment=row, by=by, now=now)
    if before in HOLDING_STATES and to not in HOLDING_STATES:
        if fill_free_places(run=row.run, by=by, now=now):
            EnrolmentMove.objects.filter(pk=move.pk).update(passed_on=True)
        if to is EnrolmentState.WITHDRAWN:
            reopen_wishes(enrolment=row, by=by, now=now)
    return row


@transaction.atomic
def undo_enrolment_move(
    *, enrolment: Enrolment, by: Any, now: datetime, is_own: bool = False
) -> Enrolment:
    """Take back the last step of one side, less than 24 hours old.

    A person takes back their own steps, the provider and the coordination theirs. Raises
    `NothingToUndo`, `PlacePassedOn`, `RunFull`, `AlreadyAsked`, `StepNotAllowed`.
    """
    row = current_enrolment(enrolment)
    last = last_enrolment_move(row)
    if last is None or last.is_own is not is_own or not last.is_recent(now):
        raise NothingToUndo
    if last.passed_on:
        raise PlacePassedOn
    if not EnrolmentMove.objects.filter(pk=last.pk, undone_at__isnull=True).update(undone_at=now):
        raise NothingToUndo
    back = shift(
        enrolment=row, to=EnrolmentState(last.before), by=by, now=now, is_own=is_own, reason=""
    )
    EnrolmentMove.objects.filter(pk=back.pk).update(undone_at=now)
    if last.after == EnrolmentState.ENROLLED:
        reopen_wishes(enrolment=row, by=by, now=now)
    if last.before == EnrolmentState.ENROLLED:
        serve_wishes(enrolment=row, by=by, now=now)
    record(
        action=TrainingEvent.ENROLMENT_UNDONE,
        target=row,
        by=by,
        now=now,
        scope=_scope(row),
        changes={"state": [last.after, last.before]},
    )
    # Whoever leaves a place again leaves it to the next.
    if last.after in HOLDING_STATES and last.before not in HOLDING_STATES:
        fill_free_places(run=row.run, by=by, now=now)
    return row


def last_enrolment_move(enrolment: Enrolment) -> EnrolmentMove | None:
    """Return the last step that was not taken back. One query."""
    return standing(enrolment.moves.all()).first()


@transaction.atomic
def set_result(
    *, enrolment: Enrolment, result: Result | str, on: date | None, by: Any, now: datetime
) -> Enrolment:
    """Note what somebody's course ended in; empty: not known. Raises `NotYetOver`."""
    row = current_enrolment(enrolment)
    if row.state not in CALLED_STATES:
        raise NotYetOver
    before = row.result
    row.result = str(result)
    row.result_on = (on or timezone.localdate(now)) if result else None
    Enrolment.objects.filter(pk=row.pk).update(
        result=row.result, result_on=row.result_on, revision=F("revision") + 1
    )
    record(
        action=TrainingEvent.RESULT_SET,
        target=row,
        by=by,
        now=now,
        scope=_scope(row),
        changes={"result": [before, row.result]},
    )
    return row


@transaction.atomic
def keep_attendance(
    *,
    session: RunSession,
    presences: Mapping[int, Presence | str],
    by: Any,
    now: datetime,
) -> int:
    """Write the sheet of a session: {enrolment: presence}, empty to say nothing.

    Keys of people who are not called there are left aside. Return how many lines changed.
    """
    called = {
        row.pk: row
        for row in Enrolment.objects.filter(
            run=session.run_id, state__in=sorted(CALLED_STATES), pk__in=list(presences)
        )
    }
    known = {row.enrolment_id: row for row in Attendance.objects.filter(session=session)}
    changed = 0
    for pk in sorted(called):
        presence, before = presences[pk], known.get(pk)
        if str(presence) == (before.presence if before else ""):
            continue
        changed += 1
        if not presence:
            Attendance.objects.filter(enrolment=pk, session=session).delete()
            continue
        Attendance.objects.update_or_create(
            enrolment=called[pk], session=session, defaults={"presence": presence}
        )
    if changed:
        run = current_run(session.run)
        record(
            action=TrainingEvent.ATTENDANCE_KEPT,
            target=run,
            by=by,
            now=now,
            scope=f"partner:{run.course.provider.partner_id}",
            changes={"lines": [0, changed]},
        )
    return changed


def current_enrolment(enrolment: Enrolment) -> Enrolment:
    """Return the enrolment as it is now, with its run. Raises `SubjectFrozen`."""
    row = Enrolment.objects.select_related(
        "subject", "run__commune", "run__course__provider__partner", "run__course__profession"
    ).get(pk=enrolment.pk)
    if row.subject is None:
        raise StepNotAllowed
    refuse_frozen(row.subject)
    return row


def _create(
    run: CourseRun,
    person: Named,
    state: EnrolmentState,
    *,
    by: Any,
    now: datetime,
    shared_at: datetime | None,
) -> Enrolment:
    enrolment = Enrolment(
        run=run,
        subject=person.subject,
        first_name=person.first_name.strip()[:80],
        last_name=person.last_name.strip()[:80],
        state=state,
        asked_at=now,
        asked_by=by,
        shared_at=shared_at,
    )
    try:
        with transaction.atomic():
            enrolment.save()
    except IntegrityError as error:
        raise AlreadyAsked from error
    record(
        action=TrainingEvent.ENROLMENT_ASKED,
        target=enrolment,
        by=by,
        now=now,
        scope=_scope(enrolment),
        changes={"state": ["", state.value]},
    )
    return enrolment


def _scope(enrolment: Enrolment) -> str:
    return f"partner:{enrolment.run.course.provider.partner_id}"
