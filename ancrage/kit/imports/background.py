"""Reading large files outside the request: the handler of the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ancrage.kit.imports.staging import TASK, run_staging
from ancrage.kit.outbox import handles


@handles(TASK)
def read_file(payload: Mapping[str, Any], now: datetime) -> None:
    """Read and plan the file of one import; called again after a crash, it starts afresh."""
    run_staging(staged_id=payload["staged"], now=now)
