"""What those who are in a run become when the run itself changes, and when that is taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.training.enums import (
    LIVING_STATES,
    DropReason,
    EnrolmentState,
    RunState,
)
from ancrage.training.models import CourseRun, Enrolment, EnrolmentMove, RunMove
from ancrage.training.services.errors import AlreadyAsked, RunFull, StepNotAllowed
from ancrage.training.services.places import shift
from ancrage.training.services.serving import reopen_wishes, serve_wishes
from ancrage.training.services.telling import tell_run_cancelled

# What stays in a run that is over, and what was never settled.
_AT_THE_END = {
    EnrolmentState.ENROLLED: (EnrolmentState.ATTENDED, ""),
    EnrolmentState.ACCEPTED: (EnrolmentState.WITHDRAWN, DropReason.UNKNOWN),
    EnrolmentState.ASKED: (EnrolmentState.REFUSED, DropReason.FULL),
    EnrolmentState.WAITING: (EnrolmentState.REFUSED, DropReason.FULL),
}


def follow_run(*, run: CourseRun, by: Any, now: datetime) -> None:
    """Bring the enrolments of a run where its new state leads them. Inside its transaction."""
    if run.state == RunState.DONE:
        for enrolment in _living(run):
            end = _AT_THE_END.get(EnrolmentState(enrolment.state))
            if end is not None:
                shift(enrolment=enrolment, to=end[0], by=by, now=now, reason=end[1])
    if run.state == RunState.CANCELLED:
        for enrolment in _living(run):
            shift(
                enrolment=enrolment,
                to=EnrolmentState.REFUSED,
                by=by,
                now=now,
                reason=DropReason.RUN_CANCELLED,
            )
            reopen_wishes(enrolment=enrolment, by=by, now=now)
            tell_run_cancelled(enrolment=enrolment, now=now)


def unfollow_run(*, run: CourseRun, move: RunMove, by: Any, now: datetime) -> None:
    """Bring back the enrolments that this change of the run had ended, as far as may be."""
    moves = EnrolmentMove.objects.filter(
        enrolment__run=run, at=move.at, undone_at__isnull=True
    ).select_related("enrolment__run__course", "enrolment__subject")
    for one in moves.order_by("pk"):
        enrolment = one.enrolment
        if enrolment.state != one.after:
            continue
        try:
            with transaction.atomic():
                shift(
                    enrolment=enrolment, to=EnrolmentState(one.before), by=by, now=now, reason=""
                )
        except (RunFull, AlreadyAsked, StepNotAllowed):
            # The place went elsewhere meanwhile: the request stays ended, and can be made again.
            continue
        EnrolmentMove.objects.filter(enrolment=enrolment, undone_at__isnull=True).filter(
            at__in=[one.at, now]
        ).update(undone_at=now)
        if enrolment.state == EnrolmentState.ENROLLED:
            serve_wishes(enrolment=enrolment, by=by, now=now)


def _living(run: CourseRun) -> list[Enrolment]:
    return list(
        Enrolment.objects.filter(run=run, state__in=sorted(LIVING_STATES))
        .select_related("run__course__provider__partner", "run__commune", "subject")
        .order_by("asked_at", "pk")
    )
