"""What became of contacts, as each side tells it at 1, 3, 6 and 12 months; what they thought."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import PLACED_STATES, ContactOutcome, EventState, SideRole
from ancrage.events.models import ContactFollowUp, Feedback, Participant
from ancrage.events.queries.links import personal_token
from ancrage.kit.mail import queue_mail
from ancrage.kit.refusals import Refusal

REMIND_AFTER = timedelta(days=7)
# The next question takes the place of one that waits too long.
DROP_AFTER = timedelta(days=45)


class NothingAsked(Refusal):
    """The question is not theirs, or another has taken its place."""

    sentence = _("Cette question n’a plus lieu d’être. Merci !")
    known_as = "not_asked"


class NoFeedbackYet(Refusal):
    """The event is not over, or the person did not come."""

    sentence = _("Les avis s’ouvrent après la soirée.")
    known_as = "closed"


@dataclass(frozen=True)
class TendedContacts:
    """How many questions were asked and asked again, in how many mails."""

    asked: int
    reminded: int
    mails: int


@transaction.atomic
def tend_contacts(*, now: datetime) -> TendedContacts:
    """Ask what is due, remind the silent once. Safe to repeat: one mail a person and a day."""
    today = timezone.localdate(now)
    young = ContactFollowUp.objects.filter(
        answered_at__isnull=True, due_on__lte=today, due_on__gt=today - DROP_AFTER
    )
    due = young.filter(sent_on__isnull=True)
    silent = young.filter(sent_on__lte=today - REMIND_AFTER, reminded_on__isnull=True)
    reminded, mails_again = _write(silent, "reminded_on", today, now=now)
    asked, mails = _write(due, "sent_on", today, now=now)
    return TendedContacts(asked=asked, reminded=reminded, mails=mails + mails_again)


def _write(
    rows: QuerySet[ContactFollowUp], column: str, today: date, *, now: datetime
) -> tuple[int, int]:
    """Write once to each person concerned, whatever the number of their contacts."""
    asked: dict[int, tuple[Participant, int]] = {}
    done = []
    for follow_up in rows.select_related("contact").order_by("pk"):
        contact = follow_up.contact
        party = contact.host_id if follow_up.side == SideRole.HOST else contact.visitor_id
        done.append(follow_up.pk)
        for person in _askable().filter(party=party):
            asked[person.pk] = (person, follow_up.months)
    mails = sum(
        queue_mail(
            key=f"event-outcome:{person.pk}:{months}:{column}",
            to=person.email,
            template="outcomes/email/question",
            context={
                "event": person.event,
                "months": months,
                "again": column == "reminded_on",
                "token": personal_token(person),
            },
            language=person.language,
            now=now,
        )
        for person, months in asked.values()
    )
    ContactFollowUp.objects.filter(pk__in=done).update(**{column: today})
    return len(done), mails


def _askable() -> QuerySet[Participant]:
    return (
        Participant.objects.select_related("event")
        .filter(
            state__in=PLACED_STATES,
            subject__limited_at__isnull=True,
            subject__anonymised_at__isnull=True,
        )
        .exclude(email="")
        .order_by("pk")
    )


@transaction.atomic
def say_outcome(
    *,
    participant: Participant,
    follow_up: int,
    outcome: ContactOutcome,
    comment: str,
    now: datetime,
) -> None:
    """Keep what one side tells of a contact; a later word on the same question replaces it.

    Raises `NothingAsked`, also for whoever gave their place up.
    """
    if participant.state not in PLACED_STATES:
        raise NothingAsked
    side = participant.party.side.role
    own = Q(contact__host=participant.party_id) | Q(contact__visitor=participant.party_id)
    changed = ContactFollowUp.objects.filter(
        own, pk=follow_up, side=side, due_on__lte=timezone.localdate(now)
    ).update(outcome=outcome, comment=comment.strip(), answered_at=now)
    if not changed:
        raise NothingAsked


def feedback_is_open(*, participant: Participant, now: datetime) -> bool:
    """Say whether a participant may say what they thought of the event."""
    played = {EventState.RUNNING, EventState.OVER}
    over = participant.event.state == EventState.OVER or now >= participant.event.marks_close_at
    return participant.state in PLACED_STATES and participant.event.state in played and over


@transaction.atomic
def give_feedback(*, participant: Participant, rating: int, comment: str, now: datetime) -> None:
    """Keep a mark from 1 to 5 and a word; giving another replaces it. Raises `NoFeedbackYet`."""
    if not feedback_is_open(participant=participant, now=now):
        raise NoFeedbackYet
    Feedback.objects.update_or_create(
        participant=participant,
        defaults={"rating": rating, "comment": comment.strip(), "at": now},
    )
