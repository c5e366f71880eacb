"""Who is in a run, with what presence; whose wishes wait; which files are due."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from ancrage.training.enums import (
    CALLED_STATES,
    EnrolmentState,
    FundingState,
    Presence,
    WishState,
)
from ancrage.training.models import (
    Attendance,
    Course,
    CourseRun,
    Enrolment,
    FundingFile,
    RunSession,
    TrainingWish,
)

# What waits for somebody to act stands first.
_ORDER = (
    EnrolmentState.ASKED,
    EnrolmentState.ACCEPTED,
    EnrolmentState.ENROLLED,
    EnrolmentState.ATTENDED,
    EnrolmentState.WAITING,
    EnrolmentState.DROPPED,
    EnrolmentState.REFUSED,
    EnrolmentState.WITHDRAWN,
)
DUE_SOON = timedelta(days=30)


@dataclass(frozen=True)
class SheetLine:
    """One person on the sheet of a session, and what was noted."""

    enrolment: Enrolment
    presence: str


def enrolments_in(run: CourseRun, enrolments: QuerySet[Enrolment]) -> QuerySet[Any]:
    """Return those of `enrolments` (which the reader may see) that are in a run.

    Whoever waits for an answer first; with how many sessions each was at, late included, and how
    many were called. One query.
    """
    here = Q(attendances__presence__in=[Presence.PRESENT, Presence.LATE])
    ranks = [When(state=state, then=Value(rank)) for rank, state in enumerate(_ORDER)]
    return (
        enrolments.filter(run=run)
        .select_related("subject")
        .annotate(
            called=Count("attendances", distinct=True),
            attended=Count("attendances", filter=here, distinct=True),
            rank=Case(*ranks, output_field=IntegerField()),
        )
        .order_by("rank", "asked_at", "pk")
    )


def called_at(session: RunSession, enrolments: QuerySet[Enrolment]) -> list[SheetLine]:
    """Return the sheet of a session, by name. Two queries."""
    noted = dict(
        Attendance.objects.filter(session=session).values_list("enrolment_id", "presence")
    )
    people = enrolments.filter(run=session.run_id, state__in=sorted(CALLED_STATES))
    return [
        SheetLine(one, noted.get(one.pk, ""))
        for one in people.select_related("subject").order_by("last_name", "first_name", "pk")
    ]


def sessions_of(run: CourseRun) -> QuerySet[Any]:
    """Return the sessions of a run, with how many presences were noted. One query."""
    return run.sessions.annotate(noted=Count("attendances")).order_by("starts_at", "pk")


def files_due(files: QuerySet[FundingFile], *, on: date) -> QuerySet[FundingFile]:
    """Return the files still to be sent whose deadline is near or past, the next one first."""
    return (
        files.filter(state=FundingState.TO_SEND, due_on__lte=on + DUE_SOON)
        .select_related("enrolment__run__course__provider__partner", "enrolment__run__commune")
        .order_by("due_on", "pk")
    )


def wishes_waiting(wishes: QuerySet[TrainingWish]) -> QuerySet[TrainingWish]:
    """Return the wishes that nothing serves yet, the most wanted then the oldest first."""
    rank = Case(
        When(priority="highest", then=Value(0)),
        When(priority="high", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        wishes.filter(state=WishState.OPEN)
        .select_related("course__provider__partner", "profession", "commune", "subject")
        .order_by(rank, "at", "pk")
    )


def own_enrolments(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Return the reader's own places, the next to begin last left: by the day they begin."""
    return enrolments.select_related("run__course__provider__partner", "run__commune").order_by(
        "-run__starts_on", "-pk"
    )


def own_wishes(wishes: QuerySet[TrainingWish]) -> QuerySet[TrainingWish]:
    """Return the reader's own wishes, the latest first, but those withdrawn."""
    return (
        wishes.exclude(state=WishState.WITHDRAWN)
        .select_related("course__provider__partner", "profession", "commune")
        .order_by("-at", "-pk")
    )


def sessions_ahead(enrolments: QuerySet[Enrolment]) -> QuerySet[RunSession]:
    """Return the sessions of the runs in which the reader holds a place."""
    held = enrolments.filter(
        state__in=[EnrolmentState.ACCEPTED, EnrolmentState.ENROLLED, EnrolmentState.ATTENDED]
    )
    return (
        RunSession.objects.filter(run__in=held.values("run"))
        .select_related("run__course__provider__partner", "run__commune")
        .order_by("starts_at", "pk")
    )


def wishing_for(course: Course) -> QuerySet[Any]:
    """Return the keys of the people who wish for a course, or for what it leads to."""
    wished = Q(course=course.pk)
    if course.profession_id is not None:
        wished |= Q(profession=course.profession_id)
    return TrainingWish.objects.filter(wished, state=WishState.OPEN).values("subject")
