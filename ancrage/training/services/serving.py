"""A wish is served once its person is enrolled, and is open again when the run is called off."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from ancrage.kit.audit import record
from ancrage.training.enums import TrainingEvent, WishState
from ancrage.training.models import Enrolment, TrainingWish


def serve_wishes(*, enrolment: Enrolment, by: Any, now: datetime) -> None:
    """Note that the wishes that this run answers are served."""
    _move(enrolment, WishState.OPEN, WishState.SERVED, by=by, now=now)


def reopen_wishes(*, enrolment: Enrolment, by: Any, now: datetime) -> None:
    """Open again the wishes that this run had answered."""
    _move(enrolment, WishState.SERVED, WishState.OPEN, by=by, now=now)


def _move(
    enrolment: Enrolment, before: WishState, after: WishState, *, by: Any, now: datetime
) -> None:
    course = enrolment.run.course
    answered = Q(course=course.pk)
    if course.profession_id is not None:
        answered |= Q(profession=course.profession_id)
    rows = TrainingWish.objects.filter(answered, subject=enrolment.subject_id, state=before)
    for wish in rows.order_by("pk"):
        try:
            with transaction.atomic():
                TrainingWish.objects.filter(pk=wish.pk, state=before).update(state=after)
        except IntegrityError:
            # The same was wished for again meanwhile: that one goes on.
            continue
        record(
            action=TrainingEvent.WISH_MOVED,
            target=wish,
            by=by,
            now=now,
            scope=f"territory:{wish.territory_id}",
            changes={"state": [before.value, after.value]},
        )
