"""Whether a person looks for a post: said by them or for them, apart from what they agreed to."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.candidates.enums import CandidateEvent, CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.services.indexing import index_candidates
from ancrage.candidates.services.profiles import current_candidate
from ancrage.kit.audit import record
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.services import touch_subject


@transaction.atomic
def settle_candidate(*, candidate: Candidate, by: Any, now: datetime) -> Candidate:
    """Note that the person looks for no post any more: their card leaves the pool, their agreement
    to it stays. Saying it twice changes nothing.

    Raises `ProfileGone`, `SubjectFrozen`.
    """
    return _write(candidate, now, event=CandidateEvent.SETTLED, by=by, now=now)


@transaction.atomic
def seek_again(*, candidate: Candidate, by: Any, now: datetime) -> Candidate:
    """Note that the person looks for a post again: their card is shown anew if they still agree
    to it. Saying it twice changes nothing.

    Raises `ProfileGone`, `SubjectFrozen`.
    """
    return _write(candidate, None, event=CandidateEvent.SOUGHT_AGAIN, by=by, now=now)


def _write(
    candidate: Candidate,
    settled_at: datetime | None,
    *,
    event: CandidateEvent,
    by: Any,
    now: datetime,
) -> Candidate:
    row = current_candidate(candidate)
    if (row.settled_at is None) == (settled_at is None):
        return row
    row.settled_at, row.updated_at = settled_at, now
    row.in_pool = (
        settled_at is None
        and row.status == CandidateStatus.ACTIVE
        and consent_holds(row.subject, "talent_pool")
    )
    row.save(update_fields=["settled_at", "in_pool", "updated_at"])
    index_candidates([row])
    record(action=event, target=row, by=by, now=now, scope=row.subject.home)
    if by is not None and by.pk == row.subject.user_id:
        touch_subject(subject=row.subject, now=now)
    return row
