"""Reading large files outside the request: the handler of the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ancrage.kit.imports.models import StagedImport
from ancrage.kit.imports.staging import TASK, run_staging
from ancrage.kit.outbox import handles


@handles(TASK)
def read_file(payload: Mapping[str, Any], now: datetime) -> None:
    """Read and plan the file of one import; called again after a crash, it starts afresh.

    Called again once the file is read, it does nothing: corrections may have been made since.
    """
    unread = StagedImport.objects.filter(
        pk=payload["staged"],
        status__in=[StagedImport.Status.PENDING, StagedImport.Status.STAGING],
    )
    if unread.exists():
        run_staging(staged_id=payload["staged"], now=now)
