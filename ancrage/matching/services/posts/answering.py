"""Employers asked, what they answer, and what all of them agreeing brings about."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ancrage.matching.enums import PartAnswer, PartRefusal, PostEvent, PostState
from ancrage.matching.models import SharedPost, SharedPostMove, SharedPostPart
from ancrage.matching.services.posts.carrying import carry
from ancrage.matching.services.posts.errors import (
    NothingToAnswer,
    PostChangedMeanwhile,
    RefusalNeedsReason,
    TermsMissing,
)
from ancrage.matching.services.posts.moving import (
    is_agreed_by_all,
    move,
    note_answer,
    tell_asked,
    tell_journal,
    tell_later,
)


@transaction.atomic
def ask_employers(*, post: SharedPost, by: Any, now: datetime) -> SharedPostMove:
    """Ask every employer of the file whether it agrees, by mail.

    Raises `TermsMissing`, `PostStepNotAllowed`, `PostChangedMeanwhile`.
    """
    if not post.vehicle or post.lead_id is None or post.starts_on is None:
        raise TermsMissing
    step = move(post=post, after=PostState.STUDIED, by=by, now=now)
    ask_all(post=post, now=now)
    return step


def ask_all(*, post: SharedPost, now: datetime) -> None:
    """Wait for the answer of every employer, whatever was answered to other terms.

    Call it inside the transaction of the change that the employers are asked about.
    """
    post.parts.update(
        answer=PartAnswer.ASKED,
        asked_at=now,
        answered_at=None,
        answered_by=None,
        refusal="",
        refusal_note="",
    )
    for part in post.parts.order_by("pk"):
        tell_asked(part=part, now=now)


@transaction.atomic
def answer_part(
    *,
    part: SharedPostPart,
    agrees: bool,
    by: Any,
    now: datetime,
    reason: str = "",
    note: str = "",
) -> SharedPostMove:
    """Give the answer of an employer; the last agreement makes one need of all the parts.

    Two employers who agree at once wait for one another: none of the two is the last by
    mistake. Raises `NothingToAnswer`, `RefusalNeedsReason`, `PostChangedMeanwhile`, and what
    `carry` raises.
    """
    if not agrees and reason not in PartRefusal.values:
        raise RefusalNeedsReason
    asked = SharedPost.objects.filter(pk=part.post_id, state=PostState.STUDIED)
    if not asked.update(revision=F("revision") + 1):
        raise NothingToAnswer
    values: dict[str, Any] = {
        "answer": PartAnswer.AGREED if agrees else PartAnswer.REFUSED,
        "answered_at": now,
        "answered_by": by if getattr(by, "pk", None) else None,
        "refusal": "" if agrees else reason,
        "refusal_note": "" if agrees else note.strip()[:300],
    }
    waiting = SharedPostPart.objects.filter(
        pk=part.pk, answer=PartAnswer.ASKED, asked_at=part.asked_at
    )
    if not waiting.update(**values):
        raise NothingToAnswer
    for name, value in values.items():
        setattr(part, name, value)
    post = SharedPost.objects.select_related("lead", "territory").get(pk=part.post_id)
    tell_journal(
        post=post,
        event=PostEvent.ANSWERED,
        by=by,
        now=now,
        scope=f"partner:{part.partner_id}",
        changes={"answer": [PartAnswer.ASKED.value, part.answer]},
    )
    if agrees and is_agreed_by_all(post):
        need = carry(post=post, now=now)
        return move(
            post=post,
            after=PostState.AGREED,
            by=by,
            now=now,
            values={"need": need},
            part=part,
        )
    step = note_answer(post=post, part=part, before=PostState.STUDIED, by=by, now=now)
    if not agrees:
        tell_later(step=step, now=now, run_at=now)
    return step


@transaction.atomic
def ask_again(*, part: SharedPostPart, by: Any, now: datetime) -> None:
    """Ask once more an employer that refused, or has not answered. Raises `NothingToAnswer`."""
    asked = SharedPost.objects.filter(pk=part.post_id, state=PostState.STUDIED)
    if not asked.update(revision=F("revision") + 1):
        raise NothingToAnswer
    still = SharedPostPart.objects.filter(pk=part.pk, answered_at=part.answered_at)
    if not still.exclude(answer=PartAnswer.AGREED).update(
        answer=PartAnswer.ASKED,
        asked_at=now,
        answered_at=None,
        answered_by=None,
        refusal="",
        refusal_note="",
    ):
        raise PostChangedMeanwhile
    post = SharedPost.objects.get(pk=part.post_id)
    part.refresh_from_db()
    note_answer(post=post, part=part, before=PostState.STUDIED, by=by, now=now)
    tell_journal(
        post=post, event=PostEvent.ASKED, by=by, now=now, scope=f"partner:{part.partner_id}"
    )
    tell_asked(part=part, now=now)
