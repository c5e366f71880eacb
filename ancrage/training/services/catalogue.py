"""Courses and their providers: kept by whoever gives them, and by the coordination."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from ancrage.kit.audit import differences, record
from ancrage.kit.text import words
from ancrage.partners.models import Partner
from ancrage.training.enums import LIVE_RUN_STATES, TrainingEvent
from ancrage.training.models import Course, TrainingProvider
from ancrage.training.services.errors import ChangedMeanwhile, CourseInUse, TitleTaken
from ancrage.training.validators import validate_group

_FIELDS = (
    *("kind", "title", "summary", "profession", "qualification", "hours", "months", "rhythm"),
    *("modality", "min_group", "max_group", "run_cost_cents", "price_cents", "min_age"),
    "conditions",
)


@transaction.atomic
def set_provider(
    *,
    partner: Partner,
    activity_number: str = "",
    certified_until: date | None = None,
    by: Any,
    now: datetime,
) -> TrainingProvider:
    """Say that a structure gives courses, or change what is known of it as a provider."""
    provider, is_new = TrainingProvider.objects.get_or_create(
        partner=partner, defaults={"since": now}
    )
    values = {"activity_number": activity_number.strip(), "certified_until": certified_until}
    before = {name: getattr(provider, name) for name in values}
    changes = differences(before, values)
    if not is_new and not changes:
        return provider
    for name, value in values.items():
        setattr(provider, name, value)
    provider.save(update_fields=list(values))
    record(
        action=TrainingEvent.PROVIDER_SET,
        target=provider,
        by=by,
        now=now,
        scope=f"partner:{partner.pk}",
        changes=changes,
    )
    return provider


@transaction.atomic
def create_course(*, partner: Partner, by: Any, now: datetime, **values: Any) -> Course:
    """Add a course to what a structure gives. Raises `TitleTaken`, `ValidationError`."""
    provider = TrainingProvider.objects.filter(partner=partner).first()
    if provider is None:
        provider = set_provider(partner=partner, by=by, now=now)
    course = Course(provider=provider, **_only_known(values))
    _checked(course)
    _save(course)
    _tell(TrainingEvent.COURSE_CREATED, course, by=by, now=now)
    return course


@transaction.atomic
def edit_course(*, course: Course, by: Any, now: datetime, revision: int, **values: Any) -> Course:
    """Change a course. Raises `ChangedMeanwhile`, `TitleTaken`, `ValidationError`."""
    row = Course.objects.select_related("provider__partner").get(pk=course.pk)
    if row.revision != revision:
        raise ChangedMeanwhile
    before = {name: getattr(row, name) for name in _FIELDS}
    for name, value in _only_known(values).items():
        setattr(row, name, value)
    _checked(row)
    changes = differences(before, {name: getattr(row, name) for name in _FIELDS})
    if not changes:
        return row
    if not Course.objects.filter(pk=row.pk, revision=revision).update(revision=F("revision") + 1):
        raise ChangedMeanwhile
    row.revision = revision + 1
    _save(row)
    # Texts are not copied into the journal: that they changed is enough.
    told = {name: pair for name, pair in changes.items() if name not in {"summary", "conditions"}}
    _tell(TrainingEvent.COURSE_EDITED, row, by=by, now=now, changes=told)
    return row


@transaction.atomic
def archive_course(*, course: Course, by: Any, now: datetime) -> None:
    """Take a course out of the catalogue. Raises `CourseInUse` while a run of it is to come."""
    if course.runs.filter(state__in=sorted(LIVE_RUN_STATES)).exists():
        raise CourseInUse
    if Course.objects.filter(pk=course.pk, archived_at__isnull=True).update(archived_at=now):
        course.archived_at = now
        _tell(TrainingEvent.COURSE_ARCHIVED, course, by=by, now=now)


@transaction.atomic
def restore_course(*, course: Course, by: Any, now: datetime) -> None:
    """Put a course back into the catalogue. Raises `TitleTaken`."""
    if course.archived_at is None:
        return
    course.archived_at = None
    _save(course)
    _tell(TrainingEvent.COURSE_RESTORED, course, by=by, now=now)


def _only_known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _FIELDS if name in values}


def _checked(course: Course) -> None:
    validate_group(
        course.min_group, course.max_group, least_name="min_group", most_name="max_group"
    )
    partner = course.provider.partner
    course.search = " ".join(
        words(f"{course.title} {course.qualification} {partner.name} {partner.short_name}")
    )


def _save(course: Course) -> None:
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError as error:
        if "course_title_once" in str(error) or "title" in str(error):
            raise TitleTaken from error
        raise


def _tell(
    event: TrainingEvent,
    course: Course,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    record(
        action=event,
        target=course,
        by=by,
        now=now,
        scope=f"partner:{course.provider.partner_id}",
        changes=changes,
    )
