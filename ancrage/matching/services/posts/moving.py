"""The one way to move the file of a shared post: if it still is as it was read, dated, audited."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from ancrage.kit.audit import record
from ancrage.kit.outbox import enqueue
from ancrage.matching.enums import POST_TRANSITIONS, PartAnswer, PostEvent, PostState
from ancrage.matching.models import SharedPost, SharedPostMove, SharedPostPart
from ancrage.matching.services.posts.errors import PostChangedMeanwhile, PostStepNotAllowed

TELL_POST = "matching.tell_post"
# Employers learn of an ending once its author has had the time to take it back.
BEFORE_TELLING_AN_END = timedelta(minutes=10)
EVENTS = {
    PostState.STUDIED: PostEvent.ASKED,
    PostState.AGREED: PostEvent.AGREED,
    PostState.SIGNED: PostEvent.SIGNED,
    PostState.RUNNING: PostEvent.STARTED,
    PostState.ENDED: PostEvent.ENDED,
    PostState.GIVEN_UP: PostEvent.GIVEN_UP,
}


def scope_of(post: SharedPost) -> str:
    """Return whose business it is, as audit lines say it."""
    return f"territory:{post.territory_id}"


def write(post: SharedPost, values: dict[str, Any]) -> None:
    """Write `values` if the file still is at the revision it was read at.

    Raises `PostChangedMeanwhile`.
    """
    still = SharedPost.objects.filter(pk=post.pk, state=post.state, revision=post.revision)
    if not still.update(**values, revision=F("revision") + 1):
        raise PostChangedMeanwhile
    for name, value in values.items():
        setattr(post, name, value)
    post.revision += 1


def move(
    *,
    post: SharedPost,
    after: PostState,
    by: Any,
    now: datetime,
    values: dict[str, Any] | None = None,
    part: SharedPostPart | None = None,
    note: str = "",
) -> SharedPostMove:
    """Bring a file to `after`. Call it inside the transaction of the change.

    Raises `PostStepNotAllowed`, `PostChangedMeanwhile`.
    """
    before = PostState(post.state)
    if after not in POST_TRANSITIONS[before]:
        raise PostStepNotAllowed(before, after)
    write(post, {"state": after, "state_since": now, **(values or {})})
    if part is not None:
        step = note_answer(post=post, part=part, before=before, by=by, now=now, note=note)
    else:
        step = _step(post, before, by=by, now=now, note=note)
    if after in (PostState.ENDED, PostState.GIVEN_UP):
        post.parts.update(is_live=False)
    tell_journal(
        post=post,
        event=EVENTS[after],
        by=by,
        now=now,
        changes={"state": [before.value, after.value]},
    )
    ends = after == PostState.GIVEN_UP
    tell_later(step=step, now=now, run_at=now + BEFORE_TELLING_AN_END if ends else now)
    return step


def note_answer(
    *,
    post: SharedPost,
    part: SharedPostPart,
    before: PostState,
    by: Any,
    now: datetime,
    note: str = "",
) -> SharedPostMove:
    """Write down the answer of an employer, and whether it moved the file."""
    return _step(post, before, by=by, now=now, note=note, part=part, answer=part.answer)


def tell_journal(
    *,
    post: SharedPost,
    event: PostEvent,
    by: Any,
    now: datetime,
    changes: dict[str, list[Any]] | None = None,
    scope: str = "",
) -> None:
    """Write the audit line of a change."""
    record(
        action=event, target=post, by=by, now=now, scope=scope or scope_of(post), changes=changes
    )


def tell_later(*, step: SharedPostMove, now: datetime, run_at: datetime) -> None:
    """Let those concerned know by mail, unless the step is taken back first."""
    enqueue(
        key=f"shared-post-move:{step.pk}",
        kind=TELL_POST,
        payload={"move": step.pk},
        now=now,
        run_at=run_at,
    )


def tell_asked(*, part: SharedPostPart, now: datetime) -> None:
    """Write to an employer whose agreement is waited for, unless it is asked anew first."""
    asked = part.asked_at.isoformat() if part.asked_at else ""
    enqueue(
        key=f"shared-post-ask:{part.pk}:{asked}",
        kind=TELL_POST,
        payload={"part": part.pk, "asked": asked},
        now=now,
    )


def is_agreed_by_all(post: SharedPost) -> bool:
    """Say whether every employer agreed. One query."""
    return not post.parts.exclude(answer=PartAnswer.AGREED).exists()


def _step(
    post: SharedPost, before: str, *, by: Any, now: datetime, **details: Any
) -> SharedPostMove:
    return SharedPostMove.objects.create(
        post=post,
        before=before,
        after=post.state,
        at=now,
        by=by if getattr(by, "pk", None) else None,
        **details,
    )
