"""The life project of a person: opened with their agreement, changed, closed, forgotten."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.privacy.models import DataSubject
from ancrage.privacy.queries import consent_holds
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune
from ancrage.welcome.enums import ClosingReason, WelcomeEvent
from ancrage.welcome.models import LifeProject
from ancrage.welcome.permissions import PURPOSE
from ancrage.welcome.services.errors import (
    ConsentMissing,
    ProjectChangedMeanwhile,
    ProjectClosed,
)
from ancrage.welcome.services.requests import close_all
from ancrage.welcome.validators import validate_project


class ProjectFacts(TypedDict, total=False):
    """What a household says. Ages are months, prices cents a month, shifts [day, from, to]."""

    needs: list[str]
    arrives_on: date | None
    leaves_on: date | None
    workplace: Commune | None
    max_minutes: int | None
    adults: int
    child_ages: list[int]
    has_vehicle: bool | None
    spouse_profession: Profession | None
    spouse_trade: str
    shifts: list[list[int]]
    max_price_cents: int | None


@transaction.atomic
def open_project(
    *, subject: DataSubject, by: Any, now: datetime, **facts: Unpack[ProjectFacts]
) -> LifeProject:
    """Open the life project of a person, or open again the one that was closed.

    Raises ConsentMissing, ValidationError (by field).
    """
    if not consent_holds(subject, PURPOSE):
        raise ConsentMissing
    project = LifeProject.objects.select_for_update().filter(subject=subject).first()
    if project is None:
        project = LifeProject(subject=subject, created_at=now)
    else:
        project.revision += 1
    project.closed_at = None
    return _write(project, facts, WelcomeEvent.PROJECT_OPENED, by=by, now=now)


@transaction.atomic
def edit_project(
    *,
    project: LifeProject,
    revision: int,
    by: Any,
    now: datetime,
    **facts: Unpack[ProjectFacts],
) -> LifeProject:
    """Change what a project read at `revision` says; what is not given stays as it is.

    Raises ProjectClosed, ProjectChangedMeanwhile, ConsentMissing, ValidationError (by field).
    """
    current = LifeProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if current.closed_at is not None:
        raise ProjectClosed
    if current.revision != revision:
        raise ProjectChangedMeanwhile
    if not consent_holds(current.subject, PURPOSE):
        raise ConsentMissing
    current.revision += 1
    return _write(current, facts, WelcomeEvent.PROJECT_EDITED, by=by, now=now)


@transaction.atomic
def close_project(*, project: LifeProject, by: Any, now: datetime) -> None:
    """Say that nothing more is looked for; what waits for an answer is closed, places stay given.

    Raises ProjectClosed.
    """
    closed = LifeProject.objects.filter(pk=project.pk, closed_at__isnull=True)
    if not closed.update(closed_at=now, updated_at=now):
        raise ProjectClosed
    close_all(
        project=project,
        reason=ClosingReason.NO_LONGER_NEEDED,
        granted_too=False,
        by=by,
        now=now,
    )
    _tell(project, WelcomeEvent.PROJECT_CLOSED, by=by, now=now)


@transaction.atomic
def forget_project(*, project: LifeProject, reason: ClosingReason, now: datetime) -> None:
    """Delete a project; of its requests only what counts remains, places to come are freed."""
    close_all(project=project, reason=reason, granted_too=True, by=None, now=now)
    for request in project.requests.order_by("pk"):
        for name in ("starts_on", "ends_on", "granted_from", "granted_to"):
            setattr(request, name, _month(getattr(request, name)))
        for name in ("first_name", "email", "phone", "message", "answer"):
            setattr(request, name, "")
        request.child_ages = []
        request.save()
        request.taken_days.all().delete()
    project.delete()


def _write(
    project: LifeProject, facts: ProjectFacts, event: WelcomeEvent, *, by: Any, now: datetime
) -> LifeProject:
    whole = {name: getattr(project, name) for name in ProjectFacts.__annotations__} | facts
    validate_project(whole, on=timezone.localdate(now))
    for name, value in whole.items():
        setattr(project, name, value.strip() if isinstance(value, str) else value)
    project.updated_at = now
    project.save()
    _tell(project, event, by=by, now=now)
    return project


def _tell(project: LifeProject, event: WelcomeEvent, *, by: Any, now: datetime) -> None:
    # The journal says that it changed, never what a household said.
    record(action=event, target=project, by=by, now=now, scope=project.subject.home)


def _month(day: date | None) -> date | None:
    return day.replace(day=1) if day else None
