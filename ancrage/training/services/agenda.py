"""Runs and sessions as calendar files."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ancrage.kit.calendar import Event, agenda
from ancrage.training.enums import RunState
from ancrage.training.models import CourseRun, RunSession


def agenda_of_runs(*, runs: Iterable[CourseRun], now: datetime) -> str:
    """Return a file with each run, from its first day to its last, and each of its sessions.

    Courses, places and sessions are read beforehand.
    """
    events = []
    for run in runs:
        events.append(_run_event(run, now=now))
        events += [_session_event(run, one, now=now) for one in run.sessions.all()]
    return agenda(events)


def agenda_of_sessions(*, sessions: Iterable[RunSession], now: datetime) -> str:
    """Return a file with these sessions: those of one person."""
    return agenda(_session_event(one.run, one, now=now) for one in sessions)


def _run_event(run: CourseRun, *, now: datetime) -> Event:
    start = timezone.make_aware(datetime.combine(run.starts_on, time(9)))
    return replace(_event(run, f"formation-{run.pk}", start, now=now), until=run.ends_on)


def _session_event(run: CourseRun, session: RunSession, *, now: datetime) -> Event:
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    event = _event(run, f"seance-{session.pk}", session.starts_at, now=now)
    place = f"{session.place}, {run.commune}" if session.place else event.place
    return replace(event, minutes=minutes, place=place)


def _event(run: CourseRun, uid: str, start: datetime, *, now: datetime) -> Event:
    site = settings.SITE_URL.rstrip("/")
    return Event(
        uid=f"{uid}@{site.partition('://')[2]}",
        sequence=run.revision,
        starts_at=start,
        minutes=0,
        summary=f"{run.course.title} · {run.course.provider.partner.name}",
        written_at=now,
        place=", ".join(part for part in (run.place, str(run.commune)) if part),
        url=f"{site}{reverse('training:run', args=[run.pk])}",
        is_cancelled=run.state == RunState.CANCELLED,
    )
