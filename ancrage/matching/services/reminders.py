"""The daily round: nobody is left without an answer unseen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.kit.mail import queue_mail
from ancrage.kit.refusals import Refusal
from ancrage.matching.enums import CloseReason, IntroductionState, Side
from ancrage.matching.models import HELD, Introduction
from ancrage.matching.queries.board import with_everything
from ancrage.matching.queries.clock import RELAY_EXPECTED_WITHIN
from ancrage.matching.services.following import end_what_cannot_go_on
from ancrage.matching.services.moving import close
from ancrage.matching.services.telling import tell_proposal, tell_relay
from ancrage.partners.recipients import Recipient, recipients_for

_REMINDER = "introductions/email/answer_reminder"
# Days after the day by which the structure should have answered, one reminder each: two days
# before, the day after, a week after.
_DAYS_FROM_DUE = (-2, 1, 7)
# The person is asked once more, then left in peace.
_PERSON_REMINDED_AFTER = timedelta(days=7)
_PERSON_GIVEN_UP_AFTER = timedelta(days=30)


class NotWaitedFor(Refusal):
    """The structure has answered, or does not have to yet."""

    sentence = _("Cette mise en relation n’attend pas de réponse de la structure.")
    known_as = "waiting"


class AlreadyRemindedToday(Refusal):
    """One reminder a day is enough."""

    sentence = _("La structure a déjà été relancée aujourd’hui.")
    known_as = "reminded_today"


@dataclass(frozen=True)
class Tended:
    """What the round did: introductions ended, structures and people reminded."""

    ended: int
    structures_reminded: int
    people_reminded: int
    given_up: int
    relays_reminded: int
    not_relayed: int


def tend_introductions(*, now: datetime) -> Tended:
    """End what cannot go on, remind structures and people. Safe to repeat."""
    return Tended(
        ended=end_what_cannot_go_on(now=now),
        structures_reminded=remind_structures(now=now),
        people_reminded=remind_people(now=now),
        given_up=give_up_silent(now=now),
        relays_reminded=remind_relays(now=now),
        not_relayed=end_unrelayed(now=now),
    )


@transaction.atomic
def remind_structures(*, now: datetime) -> int:
    """Remind the structures whose answer is due soon, or late; return of how many introductions.

    One mail a person and a day lists them all; three reminders at most for each.
    """
    today = timezone.localdate(now)
    waiting = Introduction.objects.filter(state=IntroductionState.AGREED)
    due: list[Introduction] = []
    for stage, days in enumerate(_DAYS_FROM_DUE, start=1):
        rows = waiting.filter(answer_due_on__lte=today - timedelta(days=days), reminders__lt=stage)
        for row in rows.order_by("pk"):
            marked = Introduction.objects.filter(pk=row.pk, reminders__lt=stage)
            if marked.update(reminders=stage):
                due.append(row)
    keys = {row.pk for row in due}
    _mail(with_everything(Introduction.objects.filter(pk__in=keys)), day=f"{today}", now=now)
    return len(keys)


@transaction.atomic
def remind_structure(*, introduction: Introduction, by: Any, now: datetime) -> Introduction:
    """Remind the structure now, for the coordination. Raises `NotWaitedFor`,
    `AlreadyRemindedToday`."""
    if introduction.state != IntroductionState.AGREED:
        raise NotWaitedFor
    rows = with_everything(Introduction.objects.filter(pk=introduction.pk))
    if not _mail(rows, day=f"asked:{timezone.localdate(now)}", now=now):
        raise AlreadyRemindedToday
    return introduction


@transaction.atomic
def remind_people(*, now: datetime) -> int:
    """Ask once more the people who have not answered for a week; return how many mails left."""
    silent = _proposed().filter(asked_at__lte=now - _PERSON_REMINDED_AFTER, reminders=0)
    reminded = 0
    for introduction in silent.order_by("pk"):
        marked = Introduction.objects.filter(pk=introduction.pk, reminders=0).update(reminders=1)
        key = f"introduction-proposal-reminder:{introduction.pk}:{introduction.revision}"
        if marked and tell_proposal(introduction=introduction, key=key, reminds=True, now=now):
            reminded += 1
    return reminded


@transaction.atomic
def give_up_silent(*, now: datetime) -> int:
    """End the proposals that their person left unanswered for a month; return how many."""
    silent = _proposed().filter(asked_at__lte=now - _PERSON_GIVEN_UP_AFTER)
    ended = [
        close(
            introduction=introduction,
            reason=CloseReason.NO_ANSWER_FROM_PERSON,
            side=Side.PLATFORM,
            by=None,
            now=now,
        )
        for introduction in silent.order_by("pk")
    ]
    return len(ended)


@transaction.atomic
def remind_relays(*, now: datetime) -> int:
    """Tell the coordination once more of the requests it has not passed on for a week; return of
    how many."""
    waiting = _held().filter(state_since__lte=now - RELAY_EXPECTED_WITHIN, reminders=0)
    reminded = 0
    for introduction in waiting.order_by("pk"):
        marked = Introduction.objects.filter(pk=introduction.pk, reminders=0)
        if marked.update(reminders=1):
            tell_relay(introduction=introduction, reminds=True, now=now)
            reminded += 1
    return reminded


@transaction.atomic
def end_unrelayed(*, now: datetime) -> int:
    """End the requests that nobody passed on for a month; return how many.

    On the very day on which a person who did not answer would have been given up: the structure
    sees no difference, and the person, who never heard of it, hears nothing.
    """
    waiting = _held().filter(state_since__lte=now - _PERSON_GIVEN_UP_AFTER)
    ended = [
        close(
            introduction=introduction,
            reason=CloseReason.NOT_RELAYED,
            side=Side.PLATFORM,
            by=None,
            now=now,
        )
        for introduction in waiting.order_by("pk")
    ]
    return len(ended)


def _held() -> QuerySet[Any]:
    """What waits for the coordination to pass it on."""
    return with_everything(Introduction.objects.filter(HELD, state=IntroductionState.PROPOSED))


def _proposed() -> QuerySet[Any]:
    """What waits for its person, with the moment `asked_at` from which they knew."""
    rows = Introduction.objects.filter(~HELD, state=IntroductionState.PROPOSED)
    return with_everything(rows.annotate(asked_at=Coalesce("relayed_at", "state_since")))


def _mail(rows: Iterable[Introduction], *, day: str, now: datetime) -> int:
    """Write to those who recruit for the structures of these rows; return how many mails."""
    today = timezone.localdate(now)
    mails = 0
    for recipient, theirs in recipients_for(rows):
        which = min(row.pk for row in theirs)
        mails += queue_mail(
            key=f"introduction-answers:{recipient.key}:{day}:{which}",
            to=recipient.email,
            template=_REMINDER,
            context={
                "greeting": _greeting(recipient),
                "items": [
                    {"introduction": row, "is_late": _is_late(row, today)}
                    for row in sorted(theirs, key=lambda row: (row.answer_due_on, row.pk))
                ],
            },
            language=recipient.language,
            now=now,
        )
    return mails


def _is_late(row: Introduction, today: Any) -> bool:
    return row.answer_due_on is not None and row.answer_due_on < today


def _greeting(recipient: Recipient) -> str:
    return recipient.user.first_name if recipient.user else ""
