"""What organisers do for one participant: change what is known, give a place, take back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.events.enums import EventAction, News, RegistrationState
from ancrage.events.models import Answer, Participant, Side
from ancrage.events.services.errors import AlreadyRegistered
from ancrage.events.services.news import tell
from ancrage.events.services.registering import Answered, refuse_ended
from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal
from ancrage.kit.text import fold
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access
from ancrage.professions.models import Profession

READ = ("last_name", "first_name", "email", "phone", "organisation", "remark")


@dataclass(frozen=True)
class ParticipantFacts:
    """What an organiser may write of somebody. `answers` goes by the key of the question."""

    first_name: str
    last_name: str
    email: str
    phone: str
    organisation: str
    remark: str
    profession: Profession | None
    answers: Mapping[int, Answered]


class ParticipantChangedMeanwhile(ValidationError):
    """Somebody changed the registration since it was read; `current` is the row as it is now."""

    def __init__(self, current: Participant) -> None:
        super().__init__(
            _("Cette inscription vient de changer : relisez, puis recommencez."),
            code="changed_meanwhile",
        )
        self.current = current


class NotWaiting(Refusal):
    """A place is given to those who wait for one."""

    sentence = gettext_lazy("Cette personne n’attend pas de place.")
    known_as = "not_waiting"


class NotCancelled(Refusal):
    """Only a registration that was cancelled is taken back."""

    sentence = gettext_lazy("Cette inscription n’est pas annulée.")
    known_as = "not_cancelled"


@transaction.atomic
def edit_participant(
    *, participant: Participant, revision: int, facts: ParticipantFacts, by: Any, now: datetime
) -> Participant:
    """Change what is known of a participant read at `revision`, with all the answers.

    Raises `ParticipantChangedMeanwhile`, `AlreadyRegistered` (the address is another's).
    """
    current = _locked(participant)
    if current.revision != revision:
        raise ParticipantChangedMeanwhile(current)
    key = fold(facts.email)
    if key and _others(current).filter(email_key=key).exists():
        raise AlreadyRegistered
    Participant.objects.filter(pk=current.pk).update(
        first_name=facts.first_name.strip(),
        last_name=facts.last_name.strip(),
        email=facts.email.strip(),
        email_key=key,
        phone=facts.phone,
        organisation=facts.organisation.strip(),
        remark=facts.remark.strip(),
        profession=facts.profession,
        revision=F("revision") + 1,
    )
    write_answers(current, facts.answers)
    current.refresh_from_db()
    _note(EventAction.EDITED, current, by=by, now=now)
    return current


def write_answers(participant: Participant, answers: Mapping[int, Answered]) -> None:
    """Replace all that a participant answered."""
    participant.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(
            participant=participant,
            question_id=question,
            text=answered.text.strip(),
            codes=list(answered.codes),
        )
        for question, answered in sorted(answers.items())
    )


@transaction.atomic
def give_place(*, participant: Participant, by: Any, now: datetime) -> list[Participant]:
    """Give a place out of turn, beyond the capacity if need be; return those who have it.

    The whole group of the person enters with them, and is told by mail. Raises `NotWaiting`,
    `EventEnded`.
    """
    current = _locked(participant)
    refuse_ended(current.event)
    if current.state != RegistrationState.WAITING:
        raise NotWaiting
    waiting = current.party.members.filter(state=RegistrationState.WAITING)
    members = list(waiting.select_related("event").order_by("pk"))
    for member in members:
        Participant.objects.filter(pk=member.pk).update(
            state=RegistrationState.REGISTERED, revision=F("revision") + 1
        )
        member.refresh_from_db()
        _note(EventAction.PROMOTED, member, by=by, now=now)
        tell(participant=member, news=News.PROMOTED, now=now)
    return members


@transaction.atomic
def reinstate(*, participant: Participant, by: Any, now: datetime) -> Participant:
    """Take a cancellation back: the person waits again, at the end of the list.

    Raises `NotCancelled`, `AlreadyRegistered` (they registered again since), `EventEnded`.
    """
    current = _locked(participant)
    refuse_ended(current.event)
    if current.state != RegistrationState.CANCELLED:
        raise NotCancelled
    if current.email_key and _others(current).filter(email_key=current.email_key).exists():
        raise AlreadyRegistered
    Participant.objects.filter(pk=current.pk).update(
        state=RegistrationState.WAITING,
        cancelled_at=None,
        registered_at=now,
        revision=F("revision") + 1,
    )
    current.refresh_from_db()
    _note(EventAction.REGISTERED, current, by=by, now=now)
    tell(participant=current, news=News.WAITING, now=now)
    return current


def note_participant_reading(*, participant: Participant, viewer: Viewer, now: datetime) -> None:
    """Write that an organiser read a registration: the person reads it back."""
    trace_access(
        subject=participant.subject, viewer=viewer, purpose="events", fields=READ, now=now
    )


def _locked(participant: Participant) -> Participant:
    """Return the row as it is now, its side held: places are given and freed one at a time."""
    Side.objects.select_for_update(no_key=True).get(pk=participant.party.side_id)
    rows = Participant.objects.select_related("event__territory", "party__side", "subject")
    return rows.get(pk=participant.pk)


def _others(participant: Participant) -> Any:
    rows = Participant.objects.filter(event=participant.event_id)
    return rows.exclude(pk=participant.pk).exclude(state=RegistrationState.CANCELLED)


def _note(action: EventAction, participant: Participant, *, by: Any, now: datetime) -> None:
    record(
        action=action,
        target=participant,
        by=by,
        now=now,
        scope=f"territory:{participant.event.territory_id}",
    )
