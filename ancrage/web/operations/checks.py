"""What must be true for the platform to serve: asked by a probe, answered in words and figures."""

import shutil
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import oldest_waiting_at

# A worker passes every few seconds: a task that waits this long means that none is left.
OUTBOX_PATIENCE = timedelta(minutes=15)
# Below, the database may stop in the middle of a write.
DISK_FLOOR_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One check: did it pass, and what was seen."""

    ok: bool
    detail: str


def run_checks(*, now: datetime) -> Mapping[str, Finding]:
    """Return what each check finds; one that cannot be made has failed."""
    checks: Mapping[str, Callable[[], Finding]] = {
        "database": lambda: _database(now),
        "migrations": _migrations,
        "outbox": lambda: _outbox(now),
        "disk": _disk,
        "cache": _cache,
    }
    return {name: _attempt(check) for name, check in checks.items()}


def _attempt(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        return Finding(ok=False, detail=type(error).__name__)


def _database(now: datetime) -> Finding:
    # A write that is taken back: reading alone would not see a disk that is full or read-only.
    with transaction.atomic():
        OutboxTask.objects.create(
            key=f"health:{uuid.uuid4().hex}", kind="health", created_at=now, run_at=now
        )
        transaction.set_rollback(True)
    return Finding(ok=True, detail=connection.vendor)


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    plan: list[Any] = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding(ok=not plan, detail=f"{len(plan)} to apply")


def _outbox(now: datetime) -> Finding:
    oldest = oldest_waiting_at(now=now)
    waits = timedelta() if oldest is None else now - oldest
    return Finding(
        ok=waits <= OUTBOX_PATIENCE, detail=f"oldest waits {int(waits.total_seconds())} s"
    )


def _disk() -> Finding:
    # The folder of the data, or the first of its parents that exists.
    places = (settings.VAR_ROOT, *settings.VAR_ROOT.parents)
    folder = next(place for place in places if place.exists())
    free = shutil.disk_usage(folder).free
    return Finding(ok=free >= DISK_FLOOR_BYTES, detail=f"{free // 1024**2} MiB free")


def _cache() -> Finding:
    sign = uuid.uuid4().hex
    cache.set("health", sign, timeout=60)
    return Finding(ok=cache.get("health") == sign, detail=settings.CACHES["default"]["BACKEND"])
