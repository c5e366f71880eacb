"""The mails of shared posts, written when they leave: what was taken back is not told.

They name posts and structures, never a person.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import handles
from ancrage.matching.enums import CARRIED_POST_STATES, PartAnswer, PostState
from ancrage.matching.models import Introduction, SharedPost, SharedPostMove, SharedPostPart
from ancrage.matching.queries.post_links import part_token
from ancrage.matching.queries.posts import with_parts
from ancrage.matching.services.posts.moving import TELL_POST
from ancrage.partners.recipients import Recipient, recipients_for
from ancrage.territory.queries import coordinators_of

_ASK = "shared_posts/email/ask"
_NEWS = "shared_posts/email/news"


@handles(TELL_POST)
def _tell(payload: Mapping[str, Any], now: datetime) -> None:
    """Ask an employer, or tell of a step. Bears a second call."""
    if "part" in payload:
        _ask(payload["part"], payload["asked"], now=now)
        return
    step = SharedPostMove.objects.filter(pk=payload["move"], undone_at__isnull=True).first()
    post = _read(step.post_id) if step else None
    if step is None or post is None:
        return
    key = f"shared-post-news:{step.pk}"
    if step.answer == PartAnswer.REFUSED:
        _tell_coordination(post, "refused", key, now=now)
    elif step.after == PostState.AGREED:
        _tell_employers(post, "agreed", key, now=now)
        _tell_coordination(post, "agreed", key, now=now)
    elif step.after == PostState.GIVEN_UP:
        _tell_employers(post, "given_up", key, now=now)


def tell_other_employers(
    *, introduction: Introduction, event: str, key: str, now: datetime
) -> None:
    """Tell the employers of a shared post, but the one that the introduction is addressed to,
    that it moved. The person agreed to be named to that one alone: nobody is named."""
    post = (
        with_parts(SharedPost.objects.all())
        .filter(need=introduction.need_id, state__in=sorted(CARRIED_POST_STATES))
        .first()
    )
    if post is None:
        return
    others = [part for part in post.parts.all() if part.partner_id != introduction.partner_id]
    for recipient, _rows in recipients_for(others):
        _send(_NEWS, post, f"introduction_{event}", f"{key}:{recipient.key}", recipient, now=now)


def _ask(part_pk: int, asked: str, *, now: datetime) -> None:
    part = SharedPostPart.objects.filter(pk=part_pk, answer=PartAnswer.ASKED).first()
    if part is None or part.asked_at is None or part.asked_at.isoformat() != asked:
        return
    post = _read(part.post_id)
    if post is None or post.state != PostState.STUDIED:
        return
    own = next(one for one in post.parts.all() if one.pk == part.pk)
    for recipient, _rows in recipients_for([own]):
        _send(
            _ASK,
            post,
            "ask",
            f"shared-post-ask:{part.pk}:{asked}:{recipient.key}",
            recipient,
            now=now,
            part=own,
            token=part_token(own, recipient, now=now),
        )


def _tell_employers(post: SharedPost, event: str, key: str, *, now: datetime) -> None:
    asked = [part for part in post.parts.all() if part.asked_at is not None]
    for recipient, _rows in recipients_for(asked):
        _send(_NEWS, post, event, f"{key}:{recipient.key}", recipient, now=now)


def _tell_coordination(post: SharedPost, event: str, key: str, *, now: datetime) -> None:
    for user in coordinators_of(post.territory):
        recipient = Recipient(email=user.email, language=user.language, user=user, partner=None)
        _send(_NEWS, post, event, f"{key}:{recipient.key}", recipient, now=now)


def _send(
    template: str,
    post: SharedPost,
    event: str,
    key: str,
    recipient: Recipient,
    *,
    now: datetime,
    **context: Any,
) -> None:
    queue_mail(
        key=key,
        to=recipient.email,
        template=template,
        context={
            "event": event,
            "post": post,
            "parts": list(post.parts.all()),
            "greeting": recipient.user.first_name if recipient.user else "",
            **context,
        },
        language=recipient.language,
        now=now,
    )


def _read(key: int) -> SharedPost | None:
    found: SharedPost | None = with_parts(SharedPost.objects.all()).filter(pk=key).first()
    return found
