"""Places: each held by one enrolment, never given twice, passed on to the waiting list.

A place is taken by one conditional statement (`taken < places`), which both databases run one
after the other; the constraint of the table says the same again.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from ancrage.kit.audit import record
from ancrage.training.enums import (
    ENTERABLE_STATES,
    HOLDING_STATES,
    EnrolmentState,
    RunState,
    TrainingEvent,
)
from ancrage.training.models import CourseRun, Enrolment, EnrolmentMove
from ancrage.training.services.errors import AlreadyAsked, RunFull, StepNotAllowed
from ancrage.training.services.telling import tell_granted

# A place may be given until the run is over: somebody joins late, or is put back.
_GIVING = frozenset({*ENTERABLE_STATES, RunState.RUNNING})


def take_place(run: CourseRun) -> None:
    """Hold one place of a run. Raises `RunFull`."""
    rows = CourseRun.objects.filter(pk=run.pk, taken__lt=F("places"), state__in=sorted(_GIVING))
    if not rows.update(taken=F("taken") + 1):
        raise RunFull


def give_place_back(run: CourseRun) -> None:
    """Free one place of a run."""
    CourseRun.objects.filter(pk=run.pk, taken__gt=0).update(taken=F("taken") - 1)


def shift(
    *,
    enrolment: Enrolment,
    to: EnrolmentState,
    by: Any,
    now: datetime,
    is_own: bool = False,
    **values: Any,
) -> EnrolmentMove:
    """Change the state of an enrolment, with the place that this takes or frees.

    Call it inside a transaction. Raises `RunFull`, `AlreadyAsked`, or `StepNotAllowed` if
    somebody was quicker.
    """
    before = EnrolmentState(enrolment.state)
    held, holds = before in HOLDING_STATES, to in HOLDING_STATES
    if holds and not held:
        take_place(enrolment.run)
    rows = Enrolment.objects.filter(pk=enrolment.pk, state=before)
    try:
        with transaction.atomic():
            changed = rows.update(state=to, **values, revision=F("revision") + 1)
    except IntegrityError as error:
        raise AlreadyAsked from error
    if not changed:
        raise StepNotAllowed
    if held and not holds:
        give_place_back(enrolment.run)
    enrolment.state = to
    for name, value in values.items():
        setattr(enrolment, name, value)
    move = EnrolmentMove(
        enrolment=enrolment, before=before, after=to, at=now, by=by, is_own=is_own
    )
    move.save()
    return move


def fill_free_places(*, run: CourseRun, by: Any, now: datetime) -> list[Enrolment]:
    """Give the free places to the waiting list, in the order of the requests; return to whom.

    Whoever asked that their data be left alone keeps their turn, and is passed over.
    """
    served: list[Enrolment] = []
    while True:
        if not CourseRun.objects.filter(
            pk=run.pk, taken__lt=F("places"), state__in=sorted(ENTERABLE_STATES)
        ).exists():
            return served
        following = (
            Enrolment.objects.filter(
                run=run, state=EnrolmentState.WAITING, subject__limited_at__isnull=True
            )
            .select_related("run__course__provider__partner", "run__commune", "subject")
            .order_by("asked_at", "pk")
            .first()
        )
        if following is None:
            return served
        try:
            with transaction.atomic():
                shift(enrolment=following, to=EnrolmentState.ACCEPTED, by=None, now=now)
        except (RunFull, StepNotAllowed):
            return served
        tell_enrolment(enrolment=following, before=EnrolmentState.WAITING, by=None, now=now)
        tell_granted(enrolment=following, now=now)
        served.append(following)


def tell_enrolment(*, enrolment: Enrolment, before: str, by: Any, now: datetime) -> None:
    """Write the audit line of a change of state."""
    record(
        action=TrainingEvent.ENROLMENT_MOVED,
        target=enrolment,
        by=by,
        now=now,
        scope=f"partner:{enrolment.run.course.provider.partner_id}",
        changes={"state": [str(before), str(enrolment.state)]},
    )
