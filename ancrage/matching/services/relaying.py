"""Requests about another member's people: passed on by the coordination, as the charter says."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.outbox import enqueue
from ancrage.matching.enums import IntroductionEvent, IntroductionState
from ancrage.matching.models import HELD, Introduction
from ancrage.matching.services.errors import IntroductionChangedMeanwhile, NothingToRelay
from ancrage.matching.services.moving import TELL, tell_journal


@transaction.atomic
def relay_request(*, introduction: Introduction, by: Any, now: datetime) -> Introduction:
    """Pass a structure's request on to the person, who answers as any other.

    The month they have to answer begins. The structure sees no difference, neither in the day
    since which its request waits nor in its revision. Raises `NothingToRelay`,
    `IntroductionChangedMeanwhile`.
    """
    if not introduction.is_held or introduction.state != IntroductionState.PROPOSED:
        raise NothingToRelay
    # Not by `write`: the structure reads the revision, and would see that it rose.
    held = Introduction.objects.filter(HELD, pk=introduction.pk, state=introduction.state)
    if not held.update(relayed_at=now, reminders=0):
        raise IntroductionChangedMeanwhile
    introduction.relayed_at = now
    tell_journal(introduction=introduction, event=IntroductionEvent.RELAYED, by=by, now=now)
    enqueue(
        key=f"introduction-relay:{introduction.pk}",
        kind=TELL,
        payload={"relayed": introduction.pk},
        now=now,
    )
    return introduction
