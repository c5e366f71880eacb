"""From the signature to the last day; giving up; taking the last step back."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ancrage.kit.moves import standing
from ancrage.matching.enums import (
    CARRIED_POST_STATES,
    PartAnswer,
    PostChoiceKind,
    PostEnd,
    PostEvent,
    PostState,
)
from ancrage.matching.models import PostChoice, SharedPost, SharedPostMove, SharedPostPart
from ancrage.matching.queries import ref_of
from ancrage.matching.services.posts.carrying import carry_again, fill_all, let_go, open_again
from ancrage.matching.services.posts.detecting import choose_fractions, refs_text
from ancrage.matching.services.posts.errors import (
    FractionTaken,
    NoPostStepToUndo,
    PostUndoTooLate,
)
from ancrage.matching.services.posts.moving import move, tell_journal, write

# These tell nothing against the set itself: it may be proposed again.
_NOT_REMEMBERED = (PostEnd.MISTAKE, PostEnd.FRACTION_GONE)


@transaction.atomic
def sign_post(*, post: SharedPost, signed_on: date, by: Any, now: datetime) -> SharedPostMove:
    """Note that everybody signed. Raises `PostStepNotAllowed`, `PostChangedMeanwhile`."""
    return move(post=post, after=PostState.SIGNED, by=by, now=now, values={"signed_on": signed_on})


@transaction.atomic
def start_post(*, post: SharedPost, by: Any, now: datetime) -> SharedPostMove:
    """Note that somebody works in it: its need, and those of its parts, are filled.

    Raises `PostStepNotAllowed`, `PostChangedMeanwhile`.
    """
    step = move(post=post, after=PostState.RUNNING, by=by, now=now)
    fill_all(post=post, by=by, now=now)
    return step


@transaction.atomic
def end_post(*, post: SharedPost, ends_on: date, by: Any, now: datetime) -> SharedPostMove:
    """Note the last day: its fractions may be detected again once their needs are reopened.

    Raises `PostStepNotAllowed`, `PostChangedMeanwhile`.
    """
    values = {"ends_on": max(ends_on, post.starts_on or ends_on)}
    return move(post=post, after=PostState.ENDED, by=by, now=now, values=values)


@transaction.atomic
def give_up_post(
    *, post: SharedPost, reason: PostEnd, by: Any, now: datetime, note: str = ""
) -> SharedPostMove:
    """Close a file without a post: the set is remembered and not proposed again.

    The needs kept aside return to their employers. Raises `PostStepNotAllowed`,
    `PostChangedMeanwhile`.
    """
    before = PostState(post.state)
    step = move(
        post=post,
        after=PostState.GIVEN_UP,
        by=by,
        now=now,
        values={"end_reason": PostEnd(reason)},
        note=note.strip()[:300],
    )
    if before in CARRIED_POST_STATES:
        let_go(post=post, now=now)
    if reason not in _NOT_REMEMBERED:
        choose_fractions(
            territory=post.territory,
            refs=_refs_of(post),
            kind=PostChoiceKind.EXCLUDE,
            by=by,
            now=now,
        )
    return step


@transaction.atomic
def undo_post_step(
    *, post: SharedPost, step: SharedPostMove, by: Any, now: datetime
) -> SharedPost:
    """Take back the last step of a file, less than 24 hours old.

    Raises `NoPostStepToUndo`, `PostUndoTooLate`, `PostHasIntroductions`, `FractionTaken`,
    `FractionGone`, `PostChangedMeanwhile`.
    """
    last = last_post_step(post)
    if last is None or last.pk != step.pk or not last.before:
        raise NoPostStepToUndo
    if not last.is_recent(now):
        raise PostUndoTooLate
    before, after = PostState(last.before), PostState(last.after)
    if after == PostState.AGREED and before == PostState.STUDIED:
        let_go(post=post, now=now, forget=True)
    if after == PostState.RUNNING:
        open_again(post=post, filled_at=last.at, now=now)
    _give_fractions_back(post, after)
    write(post, {"state": before, "state_since": _since(post, last), **_blank(before, after)})
    if after == PostState.GIVEN_UP:
        _resume(post, last, before, now=now)
    if after == PostState.STUDIED and before == PostState.PROPOSED:
        post.parts.update(answer=PartAnswer.NOT_ASKED, asked_at=None)
    if last.part_id is not None:
        SharedPostPart.objects.filter(pk=last.part_id).update(
            answer=PartAnswer.ASKED,
            answered_at=None,
            answered_by=None,
            refusal="",
            refusal_note="",
        )
    post.moves.filter(pk=last.pk).update(undone_at=now)
    tell_journal(
        post=post,
        event=PostEvent.UNDONE,
        by=by,
        now=now,
        changes={"state": [after.value, before.value]},
    )
    return post


def last_post_step(post: SharedPost) -> SharedPostMove | None:
    """Return the last step that was not taken back. One query."""
    return standing(post.moves.exclude(answer=PartAnswer.ASKED)).first()


def _blank(before: PostState, after: PostState) -> dict[str, Any]:
    if after == PostState.AGREED and before == PostState.STUDIED:
        return {"need": None}
    if after == PostState.SIGNED:
        return {"signed_on": None}
    if after == PostState.GIVEN_UP:
        return {"end_reason": ""}
    return {}


def _give_fractions_back(post: SharedPost, after: PostState) -> None:
    if after not in (PostState.ENDED, PostState.GIVEN_UP):
        return
    try:
        with transaction.atomic():
            post.parts.update(is_live=True)
    except IntegrityError:
        raise FractionTaken from None


def _resume(post: SharedPost, last: SharedPostMove, before: PostState, *, now: datetime) -> None:
    if before in CARRIED_POST_STATES:
        carry_again(post=post, now=now)
    PostChoice.objects.filter(
        territory=post.territory_id, needs=refs_text(_refs_of(post)), at=last.at
    ).delete()


def _since(post: SharedPost, last: SharedPostMove) -> datetime:
    earlier = standing(post.moves.filter(after=last.before).exclude(pk=last.pk)).first()
    return earlier.at if earlier else post.opened_at


def _refs_of(post: SharedPost) -> list[str]:
    parts = post.parts.select_related("need", "retained").order_by("pk")
    return [ref_of(part.source) for part in parts]
