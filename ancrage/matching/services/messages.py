"""Words between the sides, kept with the introduction."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.outbox import enqueue
from ancrage.matching.enums import IntroductionEvent, Side
from ancrage.matching.models import Introduction, IntroductionMessage
from ancrage.matching.queries.visibility import identity_released
from ancrage.matching.services.errors import (
    MessageEmpty,
    MessageTooLong,
    PersonNoLongerAvailable,
)
from ancrage.matching.services.moving import tell_journal
from ancrage.privacy.services import refuse_frozen, touch_subject

TELL_MESSAGE = "matching.tell_message"
LONGEST = 4000


@transaction.atomic
def post_message(
    *, introduction: Introduction, side: Side, text: str, by: Any, now: datetime
) -> IntroductionMessage:
    """Write to the other sides, who are told by mail that a message waits.

    A structure writes to somebody who agreed to it, and only while they do. Raises
    `MessageEmpty`, `MessageTooLong`, `PersonNoLongerAvailable`, `SubjectFrozen`.
    """
    subject = introduction.candidate.subject
    refuse_frozen(subject)
    if side == Side.PARTNER and not identity_released(introduction):
        raise PersonNoLongerAvailable
    message = keep_message(introduction=introduction, side=side, text=text, by=by, now=now)
    tell_journal(introduction=introduction, event=IntroductionEvent.MESSAGE, by=by, now=now)
    enqueue(
        key=f"introduction-message:{message.pk}",
        kind=TELL_MESSAGE,
        payload={"message": message.pk},
        now=now,
    )
    if side == Side.PERSON:
        touch_subject(subject=subject, now=now)
    return message


def keep_message(
    *, introduction: Introduction, side: Side, text: str, by: Any, now: datetime
) -> IntroductionMessage:
    """Keep a message with its introduction. Raises `MessageEmpty`, `MessageTooLong`."""
    bare = text.replace("\x00", "").strip()
    if not bare:
        raise MessageEmpty
    if len(bare) > LONGEST:
        raise MessageTooLong
    return IntroductionMessage.objects.create(
        introduction=introduction,
        side=side,
        author=by if getattr(by, "pk", None) else None,
        text=bare,
        at=now,
    )
