"""The daily round of journeys: the questions due leave, silence is reminded once, then dropped."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ancrage.journeys.enums import WAITING_STATES, FollowUpSide, FollowUpState
from ancrage.journeys.models import FollowUp
from ancrage.journeys.queries.links import follow_up_token
from ancrage.journeys.services.keeping import day_of
from ancrage.kit.mail import queue_mail
from ancrage.partners.recipients import recipients_for
from ancrage.privacy.services import address_of

REMIND_AFTER = timedelta(days=7)
# A question about the first month makes no sense in the third.
DROP_AFTER = timedelta(days=45)


@dataclass(frozen=True)
class TendedFollowUps:
    """How many questions were asked, asked again, and dropped unanswered; in how many mails."""

    asked: int
    reminded: int
    dropped: int
    mails: int


@transaction.atomic
def tend_follow_ups(*, now: datetime) -> TendedFollowUps:
    """Ask what is due, remind the silent once, drop what has waited too long.

    Safe to repeat: a second run the same day writes to nobody. A question that can be sent to
    nobody stays planned: the advisor sees it and calls.
    """
    today = day_of(now)
    dropped = _old(today).update(state=FollowUpState.DROPPED)
    reminded, mails_again = _send(_silent(today), FollowUpState.REMINDED, now=now)
    asked, mails = _send(_due(today), FollowUpState.SENT, now=now)
    return TendedFollowUps(
        asked=asked, reminded=reminded, dropped=dropped, mails=mails + mails_again
    )


def _askable() -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(
        Q(side=FollowUpSide.PERSON) | Q(stay__partner__left_at__isnull=True),
        stay__ended_on__isnull=True,
        stay__journey__closed_on__isnull=True,
        stay__journey__candidate__subject__limited_at__isnull=True,
        stay__journey__candidate__subject__pending_until__isnull=True,
        stay__journey__candidate__subject__anonymised_at__isnull=True,
    )


def _due(today: date) -> QuerySet[FollowUp]:
    return _askable().filter(state=FollowUpState.PLANNED, due_on__lte=today)


def _silent(today: date) -> QuerySet[FollowUp]:
    return _askable().filter(state=FollowUpState.SENT, sent_on__lte=today - REMIND_AFTER)


def _old(today: date) -> QuerySet[FollowUp]:
    states = [FollowUpState.PLANNED, *sorted(WAITING_STATES)]
    return FollowUp.objects.filter(state__in=states, due_on__lte=today - DROP_AFTER)


def _send(rows: QuerySet[FollowUp], state: FollowUpState, *, now: datetime) -> tuple[int, int]:
    """Write about each of `rows`; return how many were written about, in how many mails."""
    today = day_of(now)
    column = "sent_on" if state == FollowUpState.SENT else "reminded_on"
    found = rows.select_related(
        "stay__journey__candidate__subject__user", "stay__partner", "stay__profession"
    ).order_by("pk")
    asked = mails = 0
    for follow_up in found:
        written = _write_to_side(follow_up, again=state == FollowUpState.REMINDED, now=now)
        if written:
            FollowUp.objects.filter(pk=follow_up.pk).update(state=state, **{column: today})
            asked += 1
            mails += written
    return asked, mails


def _write_to_side(follow_up: FollowUp, *, again: bool, now: datetime) -> int:
    if follow_up.side == FollowUpSide.PERSON:
        return _write_to_person(follow_up, again=again, now=now)
    return _write_to_partner(follow_up, again=again, now=now)


def _write_to_person(follow_up: FollowUp, *, again: bool, now: datetime) -> int:
    address = address_of(follow_up.stay.journey.candidate.subject)
    if address is None:
        return 0
    context = _context(follow_up, again=again)
    context["token"] = follow_up_token(follow_up, None, now=now)
    return queue_mail(
        key=_key(follow_up, "person", again=again),
        to=address.email,
        template="journeys/email/follow_up_person",
        context=context,
        language=address.language,
        now=now,
    )


def _write_to_partner(follow_up: FollowUp, *, again: bool, now: datetime) -> int:
    mails = 0
    for recipient, _stays in recipients_for([follow_up.stay]):
        context = _context(follow_up, again=again)
        context["token"] = follow_up_token(follow_up, recipient.user, now=now)
        context["greeting"] = recipient.user.first_name if recipient.user else ""
        mails += queue_mail(
            key=_key(follow_up, recipient.key, again=again),
            to=recipient.email,
            template="journeys/email/follow_up_partner",
            context=context,
            language=recipient.language,
            now=now,
        )
    return mails


def _context(follow_up: FollowUp, *, again: bool) -> dict[str, Any]:
    # Neither the name nor a note: a mail may be read over a shoulder.
    stay = follow_up.stay
    return {
        "months": follow_up.months,
        "partner": stay.partner,
        "profession": stay.profession,
        "started_on": stay.started_on,
        "again": again,
    }


def _key(follow_up: FollowUp, to: str, *, again: bool) -> str:
    return f"journeys.follow-up:{follow_up.pk}:{to}:{'again' if again else 'first'}"
