"""Telling people that they were entered, and asking them whether they agree."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ancrage.candidates.enums import CandidateStatus, Origin
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries.links import confirm_token
from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import enqueue, handles

TASK = "candidates.ask"


def ask_to_confirm(*, candidate: Candidate, now: datetime, again: bool = False) -> None:
    """Write to somebody entered by another: what was entered, by whom, the link to answer.

    Once for a profile; `again` when its address has changed since.
    """
    queue_mail(
        key=f"candidate:{candidate.pk}:confirm" + (f":{candidate.revision}" if again else ""),
        to=candidate.email,
        template="candidates/email/confirm_profile",
        context={
            "name": candidate.full_name,
            "territory_name": candidate.territory.name,
            "partner_name": candidate.entered_for.name if candidate.entered_for else "",
            "token": confirm_token(candidate),
            # Whoever is told must learn where their data come from (GDPR art. 14).
            "from_file": candidate.origin == Origin.IMPORT,
            "until": candidate.subject.pending_until,
        },
        language=candidate.language,
        now=now,
    )


def ask_many_to_confirm(*, candidates: Sequence[Candidate], now: datetime) -> None:
    """Leave these letters to the outbox: writing thousands would hold the database too long."""
    keys = [candidate.pk for candidate in candidates if candidate.email]
    if keys:
        payload = {"candidates": keys}
        enqueue(key=f"{TASK}:{keys[0]}:{keys[-1]}", kind=TASK, payload=payload, now=now)


@handles(TASK)
def _ask_them(payload: Mapping[str, Any], now: datetime) -> None:
    """Write to those of these people who have not answered; called again, it repeats nothing."""
    waiting = Candidate.objects.filter(
        pk__in=payload["candidates"], status=CandidateStatus.PENDING
    ).exclude(email="")
    for candidate in waiting.select_related("subject", "territory", "entered_for").order_by("pk"):
        ask_to_confirm(candidate=candidate, now=now)
