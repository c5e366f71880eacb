"""The life of a need: published, paused, filled, withdrawn, reopened, confirmed, undone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.kit.changes import ChangeSource, sourced
from ancrage.needs.enums import CLOSED_STATUSES, TRANSITIONS, NeedStatus, WithdrawReason
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.needs.queries.history import last_change_of
from ancrage.needs.services.errors import (
    NeedChangedMeanwhile,
    NeedClosed,
    NeedIsOver,
    NeedNotClosed,
    NeedNotPublished,
    NothingToUndo,
    TooManyFilled,
    TransitionNotAllowed,
    UndoTooLate,
)
from ancrage.needs.services.rows import current_row, scope_of

UNDO_WINDOW = timedelta(hours=24)


def publish_need(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Open a draft or a paused need to its audience.

    Raises NeedClosed, NeedIsOver, TransitionNotAllowed, NeedChangedMeanwhile.
    """
    if need.status in CLOSED_STATUSES:
        raise NeedClosed
    return _open(need, action="need.published", by=by, now=now, source=source)


def reopen_need(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Look again for a need that was filled, withdrawn or expired.

    Its age still counts from its first publication: a new vacancy is a copy, not a reopening.
    Raises NeedNotClosed, NeedIsOver, NeedChangedMeanwhile.
    """
    if need.status not in CLOSED_STATUSES:
        raise NeedNotClosed
    return _open(need, action="need.reopened", by=by, now=now, source=source)


def pause_need(
    *,
    need: Need,
    by: Any,
    now: datetime,
    note: str = "",
    source: ChangeSource = ChangeSource.PAGE,
) -> Need:
    """Hide a published need for a while. Raises TransitionNotAllowed."""
    return _move(need, NeedStatus.PAUSED, "need.paused", by=by, now=now, source=source, note=note)


def fill_need(
    *,
    need: Need,
    by: Any,
    now: datetime,
    filled: int | None = None,
    note: str = "",
    source: ChangeSource = ChangeSource.PAGE,
) -> Need:
    """Say that `filled` posts (default: all) have found somebody.

    While some are left, the need goes on with fewer posts. Raises TooManyFilled,
    TransitionNotAllowed, NeedChangedMeanwhile.
    """
    if filled is not None and not 1 <= filled <= need.positions:
        raise TooManyFilled(need.positions)
    if filled is not None and filled < need.positions:
        return _fill_some(need, filled, by=by, now=now, source=source)
    return _move(need, NeedStatus.FILLED, "need.filled", by=by, now=now, source=source, note=note)


def withdraw_need(
    *,
    need: Need,
    reason: WithdrawReason,
    by: Any,
    now: datetime,
    note: str = "",
    source: ChangeSource = ChangeSource.PAGE,
) -> Need:
    """Stop looking, though nobody took the post. Raises TransitionNotAllowed."""
    return _move(
        need,
        NeedStatus.WITHDRAWN,
        "need.withdrawn",
        by=by,
        now=now,
        source=source,
        note=note,
        reason=reason,
    )


def confirm_need(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Say that a published need still holds. Raises NeedNotPublished.

    The revision stays: a colleague who is editing it is not disturbed.
    """
    with transaction.atomic():
        rows = Need.objects.filter(pk=need.pk, status=NeedStatus.PUBLISHED)
        if not rows.update(confirmed_at=now):
            raise NeedNotPublished
        record(
            action="need.confirmed",
            target=need,
            by=by,
            now=now,
            scope=scope_of(need),
            changes=sourced({}, source),
        )
    need.confirmed_at = now
    return need


@transaction.atomic
def expire_past_needs(*, now: datetime) -> int:
    """Close the open needs whose end is past; return how many. Safe to repeat."""
    past = (
        Need.objects.filter(
            status__in=(NeedStatus.PUBLISHED, NeedStatus.PAUSED),
            ends_on__lt=timezone.localdate(now),
        )
        .select_related("partner", "profession")
        # Held to the end: nobody reopens or prolongs one of them in between.
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for need in past:
        _move(
            need,
            NeedStatus.EXPIRED,
            "need.expired",
            by=None,
            now=now,
            source=ChangeSource.AUTOMATIC,
        )
    return len(past)


@transaction.atomic
def undo_last_change(
    *, need: Need, by: Any, now: datetime, source: ChangeSource = ChangeSource.PAGE
) -> Need:
    """Take back the last change of state, if it is less than 24 hours old.

    Everything returns to what it was; a need that is published again by this counts as
    confirmed. The need must still be at the revision it was read at: pressing twice does not
    undo two changes. Raises NothingToUndo, UndoTooLate, NeedIsOver, NeedChangedMeanwhile.
    """
    standing = NeedStatusChange.objects.filter(need=need, undone_at__isnull=True)
    two = list(standing.order_by("-at", "-pk")[:2])
    if not two:
        raise NothingToUndo
    last, earlier = two[0], two[1:]
    if now - last.at > UNDO_WINDOW:
        raise UndoTooLate
    if last.before == NeedStatus.PUBLISHED:
        _refuse_past_end(need, now)
    values: dict[str, Any] = {
        "status": last.before,
        "status_since": earlier[0].at if earlier else need.created_at,
        "updated_at": now,
    }
    if last.after == NeedStatus.PUBLISHED and need.published_at == last.at:
        values["published_at"] = None  # it had never been open before
    if last.before == NeedStatus.PUBLISHED:
        values["confirmed_at"] = now
    _write(need, values, expected=NeedStatus(last.after), revision=need.revision)
    NeedStatusChange.objects.filter(pk=last.pk).update(undone_at=now)
    record(
        action="need.undone",
        target=need,
        by=by,
        now=now,
        scope=scope_of(need),
        changes=sourced({"status": [last.after, last.before]}, source),
    )
    return need


@dataclass(frozen=True)
class ManyDone:
    """What became of an act on many needs: those done, and why the others were not."""

    done: list[Need]
    refused: list[tuple[Need, str]]


def act_on_many(
    *, needs: Iterable[Need], act: Callable[..., Need], by: Any, now: datetime, **details: Any
) -> ManyDone:
    """Do one act of this module on each need, skipping those it does not suit.

    `act_on_many(needs=chosen, act=withdraw_need, reason=…, by=…, now=…)`
    """
    done, refused = [], []
    for need in needs:
        try:
            done.append(act(need=need, by=by, now=now, **details))
        except ValidationError as error:
            refused.append((need, " ".join(error.messages)))
    return ManyDone(done=done, refused=refused)


def _open(need: Need, *, action: str, by: Any, now: datetime, source: ChangeSource) -> Need:
    _refuse_past_end(need, now)
    return _move(need, NeedStatus.PUBLISHED, action, by=by, now=now, source=source)


def _refuse_past_end(need: Need, now: datetime) -> None:
    if need.ends_on is not None and need.ends_on < timezone.localdate(now):
        raise NeedIsOver


def _fill_some(need: Need, filled: int, *, by: Any, now: datetime, source: ChangeSource) -> Need:
    if NeedStatus.FILLED not in TRANSITIONS[NeedStatus(need.status)]:
        raise TransitionNotAllowed(NeedStatus(need.status), NeedStatus.FILLED)
    left = need.positions - filled
    values: dict[str, Any] = {"positions": left, "updated_at": now}
    if need.status == NeedStatus.PUBLISHED:
        values["confirmed_at"] = now
    changes = {"positions": [need.positions, left]}
    with transaction.atomic():
        _write(need, values, expected=NeedStatus(need.status), positions=need.positions)
        record(
            action="need.partly_filled",
            target=need,
            by=by,
            now=now,
            scope=scope_of(need),
            changes=sourced(changes, source),
        )
    return need


@transaction.atomic
def _move(
    need: Need,
    after: NeedStatus,
    action: str,
    *,
    by: Any,
    now: datetime,
    source: ChangeSource,
    note: str = "",
    reason: str = "",
) -> Need:
    before = NeedStatus(need.status)
    if after not in TRANSITIONS[before]:
        raise TransitionNotAllowed(before, after)
    values: dict[str, Any] = {"status": after, "status_since": now, "updated_at": now}
    if after == NeedStatus.PUBLISHED:
        values |= {"published_at": need.published_at or now, "confirmed_at": now}
    _write(need, values, expected=before)
    NeedStatusChange.objects.create(
        need=need,
        before=before,
        after=after,
        at=now,
        by=by if getattr(by, "pk", None) else None,
        source=source,
        reason=reason,
        note=note.strip()[:240],
    )
    record(
        action=action,
        target=need,
        by=by,
        now=now,
        scope=scope_of(need),
        changes=sourced({"status": [before.value, after.value]}, source),
    )
    return need


def _write(need: Need, values: dict[str, Any], *, expected: NeedStatus, **still: Any) -> None:
    """Write `values` if the row still is as it was read, raising its revision."""
    rows = Need.objects.filter(pk=need.pk, status=expected, **still)
    if not rows.update(**values, revision=F("revision") + 1):
        current = current_row(need)
        raise NeedChangedMeanwhile(current, last_change_of(current))
    for name, value in values.items():
        setattr(need, name, value)
    need.revision = Need.objects.values_list("revision", flat=True).get(pk=need.pk)
