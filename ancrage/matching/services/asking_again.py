"""After two profiles of one person are merged: ask them again what they had agreed to, by mail.

What they agreed on stays with the profile that is gone, so a structure that read their name no
longer does. One mail for all the introductions concerned, written when it leaves: once the merge
is undone, the agreement given, or the profile frozen, nobody is asked anything.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from ancrage.candidates.models import Candidate
from ancrage.kit.mail import queue_mail
from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import enqueue, handles
from ancrage.matching.models import Introduction
from ancrage.matching.queries.board import with_everything
from ancrage.matching.queries.visibility import agreement_is_due_again
from ancrage.privacy.services import address_of

_KIND = "introductions.ask_again"
# Long enough to see that these were two people, and to part them again.
BEFORE_ASKING = timedelta(minutes=10)


def ask_again(
    *, kept: Candidate, absorbed: Candidate, introductions: Collection[int], now: datetime
) -> str:
    """Queue the question, to be asked only if there is something to ask; return its key."""
    key = f"introductions-ask-again:{absorbed.pk}:{kept.pk}:{kept.revision}"
    payload = {"key": key, "candidate": kept.pk, "introductions": list(introductions)}
    enqueue(key=key, kind=_KIND, payload=payload, now=now, run_at=now + BEFORE_ASKING)
    return key


def call_off(key: str) -> None:
    """Take a question back, its mail too unless it has left."""
    waiting = OutboxTask.objects.filter(key__in=[key, _mail(key)], done_at__isnull=True)
    waiting.delete()


@handles(_KIND)
def _ask(payload: Mapping[str, Any], now: datetime) -> None:
    """Write the mail. Bears a second call."""
    rows = with_everything(
        Introduction.objects.filter(
            candidate=payload["candidate"], pk__in=payload["introductions"]
        )
    ).order_by("pk")
    due = [row for row in rows if agreement_is_due_again(row)]
    if not due:
        return
    candidate = due[0].candidate
    address = address_of(candidate.subject)
    if address is None or not candidate.subject.is_shown:
        return
    queue_mail(
        key=_mail(payload["key"]),
        to=address.email,
        template="introductions/email/agree_again",
        context={
            "greeting": candidate.first_name,
            "introductions": due,
            "has_account": candidate.subject.user is not None,
        },
        language=address.language,
        now=now,
    )


def _mail(key: str) -> str:
    return f"{key}:mail"
