"""The daily round of training: runs begin and end on their day, deadlines of funding are told."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ancrage.territory.models import Territory
from ancrage.territory.queries import coordinators_of
from ancrage.training.enums import FundingState, RunState
from ancrage.training.models import CourseRun, FundingFile
from ancrage.training.services.runs import move_run
from ancrage.training.services.telling import tell_deadlines

# Days before the deadline of a file when somebody is told.
REMIND_BEFORE = (21, 7, 2)


@dataclass(frozen=True)
class TendedTraining:
    """How many runs began and ended, how many files were reminded of, in how many mails."""

    begun: int
    ended: int
    reminded: int
    mails: int


@transaction.atomic
def tend_training(*, now: datetime) -> TendedTraining:
    """Begin and end the runs whose day has come, and tell of the deadlines of funding.

    Safe to repeat: a second run the same day changes nothing and writes to nobody.
    """
    today = timezone.localdate(now)
    ending = CourseRun.objects.filter(state=RunState.RUNNING, ends_on__lt=today)
    ended = [move_run(run=run, to=RunState.DONE, by=None, now=now) for run in _each(ending)]
    beginning = CourseRun.objects.filter(state=RunState.CONFIRMED, starts_on__lte=today)
    begun = [move_run(run=run, to=RunState.RUNNING, by=None, now=now) for run in _each(beginning)]
    reminded, mails = _remind(now)
    return TendedTraining(begun=len(begun), ended=len(ended), reminded=reminded, mails=mails)


def _each(runs: QuerySet[CourseRun]) -> list[CourseRun]:
    return list(runs.order_by("pk"))


def _remind(now: datetime) -> tuple[int, int]:
    today = timezone.localdate(now)
    due: dict[Territory, list[FundingFile]] = defaultdict(list)
    reminders: dict[int, int] = {}
    files = (
        FundingFile.objects.filter(
            Q(reminded_days__isnull=True) | Q(reminded_days__gt=min(REMIND_BEFORE)),
            state=FundingState.TO_SEND,
            due_on__gte=today,
            due_on__lte=today + timedelta(days=max(REMIND_BEFORE)),
            enrolment__subject__limited_at__isnull=True,
            enrolment__subject__isnull=False,
        )
        .select_related(
            "enrolment__run__course__provider__partner__territory", "enrolment__run__commune"
        )
        .order_by("due_on", "pk")
    )
    for file in files:
        left = (file.due_on - today).days
        step = min(days for days in REMIND_BEFORE if days >= left)
        if file.reminded_days is None or file.reminded_days > step:
            due[file.enrolment.run.course.provider.partner.territory].append(file)
            reminders[file.pk] = step
    mails = 0
    for territory in sorted(due, key=lambda one: one.pk):
        for coordinator in coordinators_of(territory):
            mails += tell_deadlines(to=coordinator, files=due[territory], now=now)
    for pk, step in reminders.items():
        FundingFile.objects.filter(pk=pk).update(reminded_days=step)
    return len(reminders), mails
