"""Places: given in the order of arrival, never more than there are, and passed on when freed.

Everything that gives or frees a place first locks the side: on PostgreSQL its row, on SQLite the
database, whose transactions begin as writers. Two registrations of the same second are one
before the other, whatever the server. Locks are `no_key`: a new row that refers to an event, a
side or a party waits for no organiser who changes it, nor they for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from ancrage.accounts.models import User
from ancrage.candidates.models import Candidate
from ancrage.events.enums import (
    EventAction,
    EventState,
    News,
    PartyKind,
    RegistrationOrigin,
    RegistrationState,
)
from ancrage.events.models import Answer, Event, Participant, Party, Side
from ancrage.events.queries.places import fits, queue_of
from ancrage.events.services.errors import (
    AlreadyRegistered,
    CameAlready,
    CancelledOnTheEvening,
    EventEnded,
    NothingToCancel,
    RegistrationClosed,
)
from ancrage.events.services.news import tell
from ancrage.events.services.sharing import SHARING, share_sheet
from ancrage.kit.audit import record
from ancrage.kit.text import fold
from ancrage.partners.models import Partner
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import DataSubject
from ancrage.privacy.notices import Notice, current_notice
from ancrage.privacy.services import open_subject
from ancrage.professions.models import Profession


@dataclass(frozen=True)
class Answered:
    """The answer to one question: words, or the codes of the options chosen."""

    text: str = ""
    codes: Sequence[str] = ()


@dataclass(frozen=True)
class Person:
    """Somebody who registers. `answers` goes by the key of the question.

    Whoever notes for them that their sheet is shared says how they agreed, and where its proof
    is; `sharing_notice` is the wording they read (None: the one in force).
    """

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    remark: str = ""
    language: str = "fr"
    shares_sheet: bool = False
    sharing_notice: Notice | None = None
    sharing_channel: str = ConsentChannel.SELF
    sharing_proof: str = ""
    user: User | None = None
    candidate: Candidate | None = None
    partner: Partner | None = None
    profession: Profession | None = None
    answers: Mapping[int, Answered] = field(default_factory=dict)


@transaction.atomic
def register(
    *,
    side: Side,
    people: Sequence[Person],
    origin: RegistrationOrigin,
    by: Any,
    now: datetime,
    kind: PartyKind = PartyKind.SINGLE,
    party_name: str = "",
) -> Party:
    """Register people who sit or move together: all have a place, or all wait for one.

    Each is told by mail. Raises `RegistrationClosed` (the organiser may register as long as the
    event is not over), `AlreadyRegistered`, and what `share_sheet` raises.
    """
    locked = _lock(side)
    _refuse_closed(locked.event, origin, now=now)
    for email in filter(None, (fold(person.email) for person in people)):
        if _present(locked.event).filter(email_key=email).exists():
            raise AlreadyRegistered
    state = RegistrationState.REGISTERED
    waits = origin != RegistrationOrigin.WALK_IN and (
        queue_of(locked).exists() or not fits(locked, len(people))
    )
    if waits:
        state = RegistrationState.WAITING
    party = Party.objects.create(
        event=locked.event, side=locked, kind=kind, name=party_name.strip()
    )
    for person in people:
        _enter(person, party, state, origin, by=by, now=now)
    return party


@transaction.atomic
def cancel(*, participant: Participant, by: Any, now: datetime) -> list[Participant]:
    """Free the place of somebody who will not come; return those who are given one.

    Raises `NothingToCancel`, `EventEnded`, `CancelledOnTheEvening`, `CameAlready`.
    """
    side = _lock(participant.party.side)
    refuse_ended(side.event)
    if side.event.state == EventState.RUNNING:
        raise CancelledOnTheEvening
    row = Participant.objects.filter(pk=participant.pk)
    changed = (
        row.filter(arrived_at=None)
        .exclude(state=RegistrationState.CANCELLED)
        .update(
            state=RegistrationState.CANCELLED,
            cancelled_at=now,
            confirmed_at=None,
            revision=F("revision") + 1,
        )
    )
    if not changed:
        raise NothingToCancel if row.get().cancelled_at else CameAlready
    participant.refresh_from_db()
    _note(EventAction.CANCELLED, participant, by=by, now=now)
    tell(participant=participant, news=News.CANCELLED, now=now)
    return _promote(side, now=now)


@transaction.atomic
def give_places(*, side: Side, now: datetime) -> list[Participant]:
    """Give the places that are free to those who wait: after the capacity was raised."""
    return _promote(_lock(side), now=now)


def refuse_ended(event: Event) -> None:
    """Raise `EventEnded` once the event is over or called off."""
    if event.state in {EventState.OVER, EventState.CANCELLED}:
        raise EventEnded


def _lock(side: Side) -> Side:
    return (
        Side.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event__territory")
        .get(pk=side.pk)
    )


def _refuse_closed(event: Event, origin: RegistrationOrigin, *, now: datetime) -> None:
    if origin == RegistrationOrigin.PUBLIC:
        is_open = event.state == EventState.OPEN and now < event.registration_closes_at
    elif origin == RegistrationOrigin.WALK_IN:
        is_open = event.state in {EventState.CLOSED, EventState.RUNNING}
    else:
        is_open = event.state not in {EventState.OVER, EventState.CANCELLED}
    if not is_open:
        raise RegistrationClosed


def _present(event: Event) -> Any:
    return event.participants.exclude(state=RegistrationState.CANCELLED)


def _enter(
    person: Person,
    party: Party,
    state: RegistrationState,
    origin: RegistrationOrigin,
    *,
    by: Any,
    now: datetime,
) -> None:
    participant = Participant(
        event=party.event,
        party=party,
        subject=_subject_of(person, party.event, by=by, now=now),
        candidate=person.candidate,
        partner=person.partner,
        profession=person.profession,
        first_name=person.first_name.strip(),
        last_name=person.last_name.strip(),
        email=person.email.strip(),
        email_key=fold(person.email),
        phone=person.phone,
        organisation=person.organisation.strip(),
        remark=person.remark.strip(),
        language=person.language,
        origin=origin,
        state=state,
        registered_at=now,
        arrived_at=now if origin == RegistrationOrigin.WALK_IN else None,
    )
    try:
        with transaction.atomic():
            participant.save(force_insert=True)
    except IntegrityError:
        if not _present(party.event).filter(email_key=participant.email_key).exists():
            raise
        raise AlreadyRegistered from None
    Answer.objects.bulk_create(
        Answer(
            participant=participant,
            question_id=question,
            text=answered.text.strip(),
            codes=list(answered.codes),
        )
        for question, answered in sorted(person.answers.items())
    )
    _note(EventAction.REGISTERED, participant, by=by, now=now)
    # A limited profile agrees to nothing more until it is lifted.
    if person.shares_sheet and participant.subject.is_shown:
        share_sheet(
            participant=participant,
            notice=person.sharing_notice or current_notice(SHARING),
            channel=person.sharing_channel,
            proof=person.sharing_proof,
            by=by,
            now=now,
        )
    waits = state == RegistrationState.WAITING
    tell(participant=participant, news=News.WAITING if waits else News.REGISTERED, now=now)


def _subject_of(person: Person, event: Event, *, by: Any, now: datetime) -> DataSubject:
    """Return who the platform knows the person as: by their profile, by their account, or new."""
    if person.candidate is not None:
        return person.candidate.subject
    if person.user is not None:
        known = DataSubject.objects.filter(user=person.user).first()
        if known is not None:
            return known
    return open_subject(user=person.user, home=f"territory:{event.territory_id}", by=by, now=now)


def _promote(side: Side, *, now: datetime) -> list[Participant]:
    """Give free places in the order of arrival; a group that does not fit lets nobody past."""
    given: list[Participant] = []
    while (first := queue_of(side).select_related("party").first()) is not None:
        members = list(first.party.members.filter(state=RegistrationState.WAITING).order_by("pk"))
        if not fits(side, len(members)):
            break
        for member in members:
            Participant.objects.filter(pk=member.pk).update(
                state=RegistrationState.REGISTERED, revision=F("revision") + 1
            )
            member.refresh_from_db()
            _note(EventAction.PROMOTED, member, by=None, now=now)
            tell(participant=member, news=News.PROMOTED, now=now)
            given.append(member)
    return given


def _note(action: EventAction, participant: Participant, *, by: Any, now: datetime) -> None:
    record(
        action=action,
        target=participant,
        by=by,
        now=now,
        scope=f"territory:{participant.event.territory_id}",
        changes={"state": ["", str(participant.state)]},
    )
