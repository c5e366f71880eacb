"""What introductions become when the need, the person or the profile they rest on changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ancrage.kit.life.followers import follows_life
from ancrage.matching.enums import (
    OPEN_STATES,
    CloseReason,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction
from ancrage.matching.queries.visibility import scope_of
from ancrage.matching.services.errors import AlreadyIntroduced, PersonNoLongerAvailable
from ancrage.matching.services.moving import close
from ancrage.matching.services.undoing import last_move_of, restore
from ancrage.needs.enums import CLOSED_STATUSES, NeedStatus
from ancrage.needs.models import Need
from ancrage.privacy.models import DataSubject
from ancrage.privacy.queries import entry_in_force
from ancrage.privacy.rights import follows


@follows_life(Need)
def follow_need(
    *,
    row: Need,
    before: str,
    after: str,
    undone_at: datetime | None,
    by: Any,
    now: datetime,
) -> None:
    """End what is going on for a need that is closed; go on where its closing is taken back."""
    if after in CLOSED_STATUSES:
        _end(_whole(_open().filter(need=row)), CloseReason.NEED_CLOSED, now=now)
    elif undone_at is not None and after == NeedStatus.PUBLISHED and before in CLOSED_STATUSES:
        ended = Introduction.objects.filter(
            need=row, close_reason=CloseReason.NEED_CLOSED, ended_at=undone_at
        )
        for introduction in _whole(ended):
            _resume(introduction, by=by, now=now)


@follows("matching")
def follow_person(*, subject: DataSubject, now: datetime) -> None:
    """End what its person no longer agrees to, at once."""
    rows = _whole(_open().filter(candidate__subject=subject))
    for introduction in rows:
        introduction.candidate.subject = subject
        if subject.limited_at is not None:
            _end([introduction], CloseReason.LIMITED, now=now)
        elif introduction.agreed_at is not None and _is_withdrawn(introduction):
            _end([introduction], CloseReason.CONSENT_WITHDRAWN, now=now)


@transaction.atomic
def end_what_cannot_go_on(*, now: datetime) -> int:
    """End what is open though its need, its structure or its person is gone; return how many.

    Changes made through the services end it at once: this mends what a restored backup or an
    import left behind. Safe to repeat.
    """
    of_closed_needs = _whole(_open().filter(need__status__in=sorted(CLOSED_STATUSES)))
    ended = _end(of_closed_needs, CloseReason.NEED_CLOSED, now=now)
    of_those_who_left = _whole(_open().filter(partner__left_at__isnull=False))
    ended += _end(of_those_who_left, CloseReason.PARTNER_LEFT, now=now)
    of_the_hidden = _whole(
        _open().filter(
            Q(candidate__subject__limited_at__isnull=False)
            | Q(candidate__subject__anonymised_at__isnull=False)
        )
    )
    return ended + _end(of_the_hidden, CloseReason.LIMITED, now=now)


def _open() -> QuerySet[Introduction]:
    return Introduction.objects.filter(state__in=sorted(OPEN_STATES))


def _whole(rows: QuerySet[Introduction]) -> list[Introduction]:
    return list(
        rows.select_related("candidate__subject", "need__partner", "partner").order_by("pk")
    )


def _end(rows: Iterable[Introduction], reason: CloseReason, *, now: datetime) -> int:
    ended = [
        close(introduction=one, reason=reason, side=Side.PLATFORM, by=None, now=now)
        for one in rows
    ]
    return len(ended)


def _is_withdrawn(introduction: Introduction) -> bool:
    """A line says no; where none says anything (a merged profile), the name is only hidden."""
    entry = entry_in_force(introduction.candidate.subject, "identity", scope_of(introduction))
    return entry is not None and not entry.given


def _resume(introduction: Introduction, *, by: Any, now: datetime) -> None:
    last = last_move_of(introduction)
    if last is None or last.after != IntroductionState.CLOSED:
        return
    try:
        restore(introduction=introduction, last=last, by=by, now=now)
    except (AlreadyIntroduced, PersonNoLongerAvailable):
        # Proposed anew, or the person has left since: it stays closed.
        return
