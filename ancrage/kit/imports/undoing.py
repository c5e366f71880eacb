"""Taking back what a complete list closed: it may have been ticked by mistake."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ancrage.kit.audit import record
from ancrage.kit.enums import ImportEvent
from ancrage.kit.imports.models import StagedImport
from ancrage.kit.imports.refusals import ImportNotReady, NothingToPutBack
from ancrage.kit.moves import UNDO_WINDOW


def still_closed(*, staged: StagedImport, now: datetime) -> list[Any]:
    """Return what this import closed, that nobody touched since, and that may be put back."""
    if (
        staged.applied_at is None
        or not staged.complete_list
        or now - staged.applied_at > UNDO_WINDOW
    ):
        return []
    return list(staged.imported.closed_at(staged.owner_key, staged.applied_at))


@transaction.atomic
def put_back_missing(
    *, staged: StagedImport, by: Any, now: datetime
) -> tuple[int, list[tuple[Any, str]]]:
    """Open again what the complete list closed; return how many, and what could not, with why.

    What somebody changed since is left as it is. Raises ImportNotReady when the import was not
    applied, and NothingToPutBack when nothing is left to open, or after 24 hours.
    """
    if staged.status != StagedImport.Status.APPLIED:
        raise ImportNotReady
    targets = still_closed(staged=staged, now=now)
    if not targets:
        raise NothingToPutBack
    done, refused = 0, []
    for target in targets:
        try:
            with transaction.atomic():
                staged.imported.put_back(target, by=by, now=now)
            done += 1
        except ValidationError as problem:
            refused.append((target, " ".join(problem.messages)))
    if done:
        record(
            action=ImportEvent.PUT_BACK,
            target=staged,
            by=by,
            now=now,
            scope=staged.owner_key,
            changes={"closed": (len(targets), len(targets) - done)},
        )
    return done, refused
