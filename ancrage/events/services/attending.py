"""What participants do themselves by their link: say that they come, or not; change answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ancrage.events.enums import (
    PLACED_STATES,
    EventAction,
    EventState,
    PartyKind,
    RegistrationState,
)
from ancrage.events.models import Answer, Event, Participant, Party
from ancrage.events.models.people import new_badge
from ancrage.events.services.errors import NoAddress, NoPlaceToConfirm, RegistrationClosed, TooLate
from ancrage.events.services.news import send_link
from ancrage.events.services.registering import Answered, cancel
from ancrage.kit.audit import record

_BEFORE = frozenset({EventState.OPEN, EventState.CLOSED})


@dataclass(frozen=True)
class OwnFacts:
    """What participants may change of themselves, and of what they were asked."""

    first_name: str
    last_name: str
    phone: str
    organisation: str
    remark: str
    party_name: str
    answers: Mapping[int, Answered]


def registration_is_open(*, event: Event, now: datetime) -> bool:
    """Say whether anybody may register, and change what they answered."""
    return event.state == EventState.OPEN and now < event.registration_closes_at


def may_withdraw(*, event: Event, now: datetime) -> bool:
    """Say whether it is still time to say that one comes, or not."""
    return event.state in _BEFORE and now < event.starts_at


@transaction.atomic
def confirm_presence(*, participant: Participant, by: Any, now: datetime) -> None:
    """Note that somebody who has a place will come; twice changes nothing.

    Raises `TooLate`, `NoPlaceToConfirm`.
    """
    if not may_withdraw(event=participant.event, now=now):
        raise TooLate
    rows = Participant.objects.filter(pk=participant.pk)
    changed = rows.filter(state=RegistrationState.REGISTERED).update(
        state=RegistrationState.CONFIRMED, confirmed_at=now, revision=F("revision") + 1
    )
    participant.refresh_from_db()
    if changed:
        _note(EventAction.CONFIRMED, participant, by=by, now=now)
    elif participant.state not in PLACED_STATES:
        raise NoPlaceToConfirm


@transaction.atomic
def withdraw(
    *, participant: Participant, everybody: bool, by: Any, now: datetime
) -> list[Participant]:
    """Free the place of somebody, or of their whole group; return those who are given one.

    Raises `TooLate`, `NothingToCancel`.
    """
    if not may_withdraw(event=participant.event, now=now):
        raise TooLate
    given = cancel(participant=participant, by=by, now=now)
    others = participant.party.members.filter(cancelled_at__isnull=True).order_by("pk")
    for other in list(others) if everybody else []:
        given += cancel(participant=other, by=by, now=now)
    return given


@transaction.atomic
def renew_link(*, participant: Participant, now: datetime) -> None:
    """Draw another badge, which closes the link of before, and send the new one by mail.

    Sheets and badges already printed keep the former code. Raises `NoAddress`.
    """
    if not participant.email:
        raise NoAddress
    Participant.objects.filter(pk=participant.pk).update(
        badge=new_badge(), revision=F("revision") + 1
    )
    participant.refresh_from_db()
    send_link(participant=participant, now=now, renewed=True)


@transaction.atomic
def change_answers(*, participant: Participant, facts: OwnFacts, by: Any, now: datetime) -> None:
    """Replace what the participant said at registration.

    Raises `RegistrationClosed` once registrations are over: what was planned rests on them.
    """
    event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=participant.event_id)
    if (
        not registration_is_open(event=event, now=now)
        or participant.state == RegistrationState.CANCELLED
    ):
        raise RegistrationClosed
    Participant.objects.filter(pk=participant.pk).update(
        first_name=facts.first_name.strip(),
        last_name=facts.last_name.strip(),
        phone=facts.phone,
        organisation=facts.organisation.strip(),
        remark=facts.remark.strip(),
        revision=F("revision") + 1,
    )
    if participant.party.kind != PartyKind.SINGLE:
        Party.objects.filter(pk=participant.party_id).update(name=facts.party_name.strip())
    participant.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(
            participant=participant,
            question_id=question,
            text=answered.text.strip(),
            codes=list(answered.codes),
        )
        for question, answered in sorted(facts.answers.items())
    )
    _note(EventAction.ANSWERED, participant, by=by, now=now)


def _note(action: EventAction, participant: Participant, *, by: Any, now: datetime) -> None:
    record(
        action=action,
        target=participant,
        by=by,
        now=now,
        scope=f"territory:{participant.event.territory_id}",
    )
