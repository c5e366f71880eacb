"""Tasks written in the transaction that decides them, done later, at least once.

A worker takes a task by a conditional UPDATE (no lock that SQLite would ignore), holds it for
`LEASE`, and writes the end. A worker killed on the way leaves a lease that runs out; the next
one takes the task again. Handlers must therefore bear being called twice. A task that kills its
workers is given up like one that fails: after `MAX_ATTEMPTS`.
"""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from ancrage.kit.models import OutboxTask

LEASE = timedelta(minutes=10)
MAX_ATTEMPTS = 8

Handler = Callable[[Mapping[str, Any], datetime], None]

_handlers: dict[str, Handler] = {}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Ran:
    """How many tasks a pass finished, put off after a failure, and gave up."""

    done: int = 0
    retried: int = 0
    abandoned: int = 0


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does the tasks of `kind`."""

    def register(handler: Handler) -> Handler:
        if _handlers.setdefault(kind, handler) is not handler:
            message = f"two handlers for the outbox kind {kind!r}"
            raise ValueError(message)
        return handler

    return register


def enqueue(
    *,
    key: str,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    run_at: datetime | None = None,
) -> bool:
    """Write a task to be done from `run_at` (default: now). Return False if `key` is known.

    The key makes the call safe to repeat: one reminder a need and a month, whatever happens.
    """
    try:
        with transaction.atomic():
            OutboxTask.objects.create(
                key=key,
                kind=kind,
                payload=dict(payload),
                created_at=now,
                run_at=run_at or now,
            )
    except IntegrityError:
        return False
    return True


def run_due(*, clock: Callable[[], datetime], limit: int | None = 100) -> Ran:
    """Do up to `limit` tasks that are due (None: all), oldest first; say what became of them."""
    done = retried = abandoned = 0
    for _turn in count() if limit is None else range(limit):
        task = _take(clock())
        if task is None:
            break
        if task.attempts > MAX_ATTEMPTS:
            _give_up(task, "every worker that took it was stopped", clock())
            abandoned += 1
            continue
        try:
            _handlers[task.kind](task.payload, clock())
        except Exception as error:
            if _put_off(task, error, clock()):
                retried += 1
            else:
                abandoned += 1
        else:
            # The payload may name a person: once done, only the fact remains.
            OutboxTask.objects.filter(pk=task.pk).update(
                done_at=clock(), lease_until=None, payload={}, last_error=""
            )
            done += 1
    return Ran(done=done, retried=retried, abandoned=abandoned)


def _waiting(now: datetime) -> Q:
    return Q(done_at__isnull=True, abandoned_at__isnull=True, run_at__lte=now) & (
        Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    )


def _take(now: datetime) -> OutboxTask | None:
    while True:
        task = OutboxTask.objects.filter(_waiting(now)).order_by("run_at", "pk").first()
        if task is None:
            return None
        taken = OutboxTask.objects.filter(_waiting(now), pk=task.pk).update(
            lease_until=now + LEASE, attempts=F("attempts") + 1
        )
        if taken:
            task.attempts += 1
            return task


def _put_off(task: OutboxTask, error: Exception, now: datetime) -> bool:
    _log.warning("outbox.failed", key=task.key, kind=task.kind, attempts=task.attempts)
    last_error = "".join(traceback.format_exception_only(error))[:2000]
    if task.attempts >= MAX_ATTEMPTS:
        _give_up(task, last_error, now)
        return False
    OutboxTask.objects.filter(pk=task.pk).update(
        run_at=now + timedelta(minutes=2**task.attempts),
        lease_until=None,
        last_error=last_error,
    )
    return True


def _give_up(task: OutboxTask, why: str, now: datetime) -> None:
    OutboxTask.objects.filter(pk=task.pk).update(
        abandoned_at=now, lease_until=None, last_error=why
    )


def oldest_waiting_at(*, now: datetime) -> datetime | None:
    """Return since when the oldest due task waits, or None: the health page reads it."""
    task = (
        OutboxTask.objects.filter(done_at__isnull=True, abandoned_at__isnull=True, run_at__lte=now)
        .order_by("run_at", "pk")
        .first()
    )
    return task.run_at if task else None
