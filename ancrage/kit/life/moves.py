"""The changes of state of a row: published, paused, closed, reopened, confirmed, undone.

Each is written only if the row still is as it was read, raises its revision, and leaves a change
of state and an audit line.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, TextChoices
from django.utils import timezone

from ancrage.kit.changes import ChangeSource
from ancrage.kit.life.followers import tell_followers
from ancrage.kit.life.history import last_change_of
from ancrage.kit.life.kinds import Life, Row
from ancrage.kit.life.refusals import NothingToUndo, UndoTooLate
from ancrage.kit.life.states import State
from ancrage.kit.life.trace import leave_trace
from ancrage.kit.moves import standing


def publish(life: Life[Row], row: Row, *, by: Any, now: datetime, source: ChangeSource) -> Row:
    """Open a draft or a paused row to its audience.

    Raises the kind's `closed`, `is_over`, `transition`, `changed_meanwhile`.
    """
    if row.status in life.closed:
        raise life.refusals.closed
    return _open(life, row, "published", by=by, now=now, source=source)


def reopen(life: Life[Row], row: Row, *, by: Any, now: datetime, source: ChangeSource) -> Row:
    """Publish again a row that was closed; its age still counts from its first publication.

    Raises the kind's `not_closed`, `is_over`, `changed_meanwhile`.
    """
    if row.status not in life.closed:
        raise life.refusals.not_closed
    return _open(life, row, "reopened", by=by, now=now, source=source)


@transaction.atomic
def move(
    life: Life[Row],
    row: Row,
    after: str,
    done: str,
    *,
    by: Any,
    now: datetime,
    source: ChangeSource,
    **details: Any,
) -> Row:
    """Bring a row to the state `after`; `done` is what its audit line says: « paused ».

    `details` are columns of the kind's changes of state. Raises the kind's `transition`,
    `changed_meanwhile` or `gone`.
    """
    before, after = life.states(row.status), life.states(after)
    refuse_transition(life, before, after)
    values: dict[str, Any] = {"status": after, "status_since": now, "updated_at": now}
    if after.value == State.PUBLISHED:
        values |= {"published_at": row.published_at or now, "confirmed_at": now}
    write(life, row, values, status=before)
    row.status_changes.create(
        before=before,
        after=after,
        at=now,
        by=by if getattr(by, "pk", None) else None,
        source=source,
        **details,
    )
    changes = {"status": [before.value, after.value]}
    leave_trace(life, row, done, by=by, now=now, source=source, changes=changes)
    tell_followers(row, before=before, after=after, by=by, now=now)
    return row


@transaction.atomic
def confirm(life: Life[Row], row: Row, *, by: Any, now: datetime, source: ChangeSource) -> Row:
    """Say that a published row still holds. Raises the kind's `not_published`.

    The revision stays: a colleague who is editing it is not disturbed.
    """
    rows = life.rows.filter(pk=row.pk, status=State.PUBLISHED)
    if not rows.update(confirmed_at=now):
        raise life.refusals.not_published
    leave_trace(life, row, "confirmed", by=by, now=now, source=source)
    row.confirmed_at = now
    return row


@transaction.atomic
def expire_past(life: Life[Row], *, now: datetime) -> int:
    """Close the open rows whose end is past; return how many. Safe to repeat."""
    past = (
        life.with_all(life.rows)
        .filter(
            status__in=(State.PUBLISHED, State.PAUSED),
            **{f"{life.end}__lt": timezone.localdate(now)},
        )
        # Held to the end: nobody reopens or prolongs one of them in between.
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    how: dict[str, Any] = {"by": None, "now": now, "source": ChangeSource.AUTOMATIC}
    return len([move(life, row, State.EXPIRED, "expired", **how) for row in past])


@transaction.atomic
def undo_last_change(
    life: Life[Row], row: Row, *, by: Any, now: datetime, source: ChangeSource
) -> Row:
    """Take back the last change of state, if it is less than 24 hours old.

    Everything returns to what it was; a row that is published again by this counts as confirmed.
    It must still be at the revision it was read at: pressing twice does not undo two changes.
    Raises NothingToUndo, UndoTooLate, the kind's `is_over` or `changed_meanwhile`.
    """
    two = list(standing(row.status_changes.all())[:2])
    if not two:
        raise NothingToUndo
    last, earlier = two[0], two[1:]
    if not last.is_recent(now):
        raise UndoTooLate
    values: dict[str, Any] = {
        "status": last.before,
        "status_since": earlier[0].at if earlier else row.created_at,
        "updated_at": now,
    }
    if last.before == State.PUBLISHED:
        life.refuse_past_end(getattr(row, life.end), now=now)
        values["confirmed_at"] = now
    if last.after == State.PUBLISHED and row.published_at == last.at:
        values["published_at"] = None  # it had never been open before
    write(life, row, values, status=last.after, revision=row.revision)
    row.status_changes.filter(pk=last.pk).update(undone_at=now)
    changes = {"status": [last.after, last.before]}
    leave_trace(life, row, "undone", by=by, now=now, source=source, changes=changes)
    tell_followers(row, before=last.after, after=last.before, by=by, now=now, undone_at=last.at)
    return row


def write(life: Life[Row], row: Row, values: dict[str, Any], **still: Any) -> None:
    """Write `values` if the row's columns `still` are so, raising its revision.

    Raises the kind's `changed_meanwhile` or `gone`.
    """
    if not life.rows.filter(pk=row.pk, **still).update(**values, revision=F("revision") + 1):
        current = life.current_row(row)
        raise life.refusals.changed_meanwhile(current, last_change_of(current))
    for name, value in values.items():
        setattr(row, name, value)
    row.revision = life.rows.values_list("revision", flat=True).get(pk=row.pk)


def refuse_transition(life: Life[Row], before: TextChoices, after: TextChoices) -> None:
    """Raise the kind's `transition` unless a row may go from one state to the other."""
    if after not in life.transitions[before]:
        raise life.refusals.transition(before, after)


@dataclass(frozen=True)
class ManyDone(Generic[Row]):
    """What became of an act on many rows: those done, and why the others were not."""

    done: list[Row]
    refused: list[tuple[Row, str]]


def act_on_each(rows: Iterable[Row], act: Callable[[Row], Row]) -> ManyDone[Row]:
    """Do one act on each row, skipping those it does not suit."""
    done, refused = [], []
    for row in rows:
        try:
            done.append(act(row))
        except ValidationError as error:
            refused.append((row, " ".join(error.messages)))
    return ManyDone(done=done, refused=refused)


def _open(
    life: Life[Row], row: Row, done: str, *, by: Any, now: datetime, source: ChangeSource
) -> Row:
    life.refuse_past_end(getattr(row, life.end), now=now)
    return move(life, row, State.PUBLISHED, done, by=by, now=now, source=source)
