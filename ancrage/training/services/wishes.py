"""What a person would learn, from when on, and how far they would go for it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import refuse_frozen, touch_subject
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory
from ancrage.training.enums import TrainingEvent, WishPriority, WishState
from ancrage.training.models import Course, TrainingWish
from ancrage.training.services.errors import (
    AlreadyWished,
    StepNotAllowed,
    WishChangedMeanwhile,
)
from ancrage.training.validators import validate_months, validate_reach


@transaction.atomic
def make_wish(
    *,
    subject: DataSubject,
    territory: Territory,
    months: Collection[str],
    course: Course | None = None,
    profession: Profession | None = None,
    commune: Commune | None = None,
    reach_km: int = 30,
    by: Any,
    now: datetime,
) -> TrainingWish:
    """Note a wish for a course, or for any course that leads to a profession.

    Raises `AlreadyWished`, `SubjectFrozen`, `ValidationError`.
    """
    refuse_frozen(subject)
    validate_reach(reach_km)
    wish = TrainingWish(
        subject=subject,
        territory=territory,
        course=course,
        profession=profession,
        months=validate_months(months, today=timezone.localdate(now)),
        commune=commune,
        reach_km=reach_km,
        at=now,
        by=by,
    )
    wish.clean_fields(exclude=["subject", "territory", "by", "course", "profession", "commune"])
    _save(wish)
    if subject.user_id is not None and getattr(by, "pk", None) == subject.user_id:
        touch_subject(subject=subject, now=now)
    _tell(TrainingEvent.WISH_MADE, wish, by=by, now=now)
    return wish


@transaction.atomic
def edit_wish(
    *,
    wish: TrainingWish,
    months: Collection[str],
    commune: Commune | None,
    reach_km: int,
    revision: int,
    by: Any,
    now: datetime,
) -> TrainingWish:
    """Change when and how far, as read at `revision`.

    Raises `WishChangedMeanwhile`, `StepNotAllowed`, `SubjectFrozen`, `ValidationError`.
    """
    row = _current_open(wish)
    validate_reach(reach_km)
    kept = validate_months(months, today=timezone.localdate(now))
    changed = TrainingWish.objects.filter(
        pk=row.pk, state=WishState.OPEN, revision=revision
    ).update(months=kept, commune=commune, reach_km=reach_km, revision=F("revision") + 1)
    if not changed:
        raise WishChangedMeanwhile(row.revision)
    row.months, row.commune, row.reach_km, row.revision = kept, commune, reach_km, revision + 1
    if row.subject.user_id is not None and getattr(by, "pk", None) == row.subject.user_id:
        touch_subject(subject=row.subject, now=now)
    _tell(TrainingEvent.WISH_EDITED, row, by=by, now=now)
    return row


@transaction.atomic
def set_priority(*, wish: TrainingWish, priority: WishPriority, by: Any, now: datetime) -> None:
    """Say how much the coordination wants a wish served. Raises `StepNotAllowed`."""
    row = _current_open(wish)
    if row.priority == priority:
        return
    before, row.priority = row.priority, priority
    row.save(update_fields=["priority"])
    _tell(
        TrainingEvent.WISH_EDITED,
        row,
        by=by,
        now=now,
        changes={"priority": [before, priority.value]},
    )


@transaction.atomic
def withdraw_wish(*, wish: TrainingWish, by: Any, now: datetime) -> None:
    """Take a wish back. Raises `StepNotAllowed` if it is no longer open."""
    _move(wish, WishState.OPEN, WishState.WITHDRAWN, by=by, now=now)


@transaction.atomic
def reopen_wish(*, wish: TrainingWish, by: Any, now: datetime) -> None:
    """Bring back a wish that was withdrawn. Raises `StepNotAllowed`, `AlreadyWished`."""
    _move(wish, WishState.WITHDRAWN, WishState.OPEN, by=by, now=now)


def _move(
    wish: TrainingWish, before: WishState, after: WishState, *, by: Any, now: datetime
) -> None:
    refuse_frozen(wish.subject)
    try:
        with transaction.atomic():
            changed = TrainingWish.objects.filter(pk=wish.pk, state=before).update(state=after)
    except IntegrityError as error:
        raise AlreadyWished from error
    if not changed:
        raise StepNotAllowed
    wish.state = after
    _tell(
        TrainingEvent.WISH_MOVED,
        wish,
        by=by,
        now=now,
        changes={"state": [before.value, after.value]},
    )


def _current_open(wish: TrainingWish) -> TrainingWish:
    row = TrainingWish.objects.select_related("subject").get(pk=wish.pk)
    refuse_frozen(row.subject)
    if row.state != WishState.OPEN:
        raise StepNotAllowed
    return row


def _save(wish: TrainingWish) -> None:
    try:
        with transaction.atomic():
            wish.save()
    except IntegrityError as error:
        raise AlreadyWished from error


def _tell(
    event: TrainingEvent,
    wish: TrainingWish,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    record(
        action=event,
        target=wish,
        by=by,
        now=now,
        scope=f"territory:{wish.territory_id}",
        changes=changes,
    )
