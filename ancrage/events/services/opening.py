"""Contacts: opened all at once, for the pairs whose both sides said yes, and for no other.

Problem: nobody must learn that somebody did not answer yes. So nothing happens before the term of
the answers; then every pair with a yes on both sides is opened in one transaction, everybody who
has a contact is written to once, and the answers are erased: none that was not returned is left
to be read, by anybody. A team or a couple says yes as soon as one of its members does.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ancrage.events.enums import (
    PLACED_STATES,
    EventAction,
    EventState,
    Interest,
    SideRole,
)
from ancrage.events.models import Contact, ContactFollowUp, Event, Mark, Participant, Party
from ancrage.events.queries.contacts import contacts_of
from ancrage.events.queries.links import personal_token
from ancrage.kit.audit import line, record_many
from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import enqueue, handles
from ancrage.matching.services import propose_introduction
from ancrage.privacy.terms import add_months

MONTHS_ASKED = (1, 3, 6, 12)
"""When both sides of a contact are asked what came of it, in months after it opened."""

_OPENING = "events.opening"
_TELLING = "events.contacts"
_PLAYED = frozenset({EventState.RUNNING, EventState.OVER})


def plan_opening(*, event: Event, now: datetime) -> None:
    """Have contacts opened at the term of the answers, to the minute."""
    term = event.marks_close_at
    enqueue(
        key=f"event-opening:{event.pk}:{term:%Y%m%d%H%M}",
        kind=_OPENING,
        payload={"event": event.pk},
        now=now,
        run_at=max(term, now),
    )


def open_due_contacts(*, now: datetime) -> int:
    """Open the contacts of the events whose term has passed; return how many were opened."""
    due = Event.objects.filter(
        state__in=sorted(_PLAYED), marks_close_at__lte=now, participants__marks__isnull=False
    )
    return sum(open_contacts(event=event, now=now) for event in due.distinct().order_by("pk"))


@transaction.atomic
def open_contacts(*, event: Event, now: datetime) -> int:
    """Open the contacts of an event and erase the answers; return how many were opened.

    Before the term, or when it was done before, nothing happens.
    """
    locked = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    if locked.state not in _PLAYED or now < locked.marks_close_at:
        return 0
    opened = []
    for host, visitor in _mutual(locked):
        contact, is_new = Contact.objects.get_or_create(
            host_id=host, visitor_id=visitor, defaults={"event": locked, "opened_at": now}
        )
        if is_new:
            opened.append(contact)
    marks = Mark.objects.filter(participant__event=locked)
    marks.filter(note="").delete()
    marks.update(interest="")
    _ask_later(opened, now=now)
    _introduce(opened, now=now)
    _write_to_all(opened, now=now)
    record_many(
        line(
            action=EventAction.OPENED,
            target=contact,
            by=None,
            now=now,
            scope=f"territory:{locked.territory_id}",
        )
        for contact in opened
    )
    return len(opened)


def _mutual(event: Event) -> list[tuple[int, int]]:
    """Return the pairs (host, visitor) whose both sides said yes, in order."""
    yes = Mark.objects.filter(
        participant__event=event,
        interest=Interest.YES,
        participant__state__in=PLACED_STATES,
        participant__subject__anonymised_at__isnull=True,
        participant__subject__limited_at__isnull=True,
    ).select_related("participant__party__side")
    from_hosts: set[tuple[int, int]] = set()
    from_visitors: set[tuple[int, int]] = set()
    for mark in yes:
        own = mark.participant.party
        if own.side.role == SideRole.HOST:
            from_hosts.add((own.pk, mark.about_id))
        else:
            from_visitors.add((mark.about_id, own.pk))
    return sorted(from_hosts & from_visitors)


def _ask_later(contacts: list[Contact], *, now: datetime) -> None:
    ContactFollowUp.objects.bulk_create(
        ContactFollowUp(
            contact=contact,
            side=side,
            months=months,
            due_on=timezone.localdate(add_months(now, months)),
        )
        for contact in contacts
        for side in SideRole.values
        for months in MONTHS_ASKED
    )


def _introduce(contacts: list[Contact], *, now: datetime) -> None:
    """Propose the post a host came for to the candidate met: agreeing stays theirs."""
    for contact in contacts:
        host = Party.objects.select_related("need__partner").get(pk=contact.host_id)
        candidates = [
            member.candidate
            for member in _people(contact.visitor_id).select_related("candidate__subject")
            if member.candidate is not None
        ]
        if host.need is None or len(candidates) != 1:
            continue
        try:
            with transaction.atomic():
                introduction = propose_introduction(
                    candidate=candidates[0], need=host.need, by=None, now=now
                )
        except ValidationError:
            # The post was filled, the profile closed, they know one another already: the contact
            # is opened all the same.
            continue
        Contact.objects.filter(pk=contact.pk).update(introduction=introduction)


def _write_to_all(contacts: list[Contact], *, now: datetime) -> None:
    parties = {key for contact in contacts for key in (contact.host_id, contact.visitor_id)}
    people = Participant.objects.filter(party__in=parties, state__in=PLACED_STATES)
    for person in people.exclude(email="").order_by("pk"):
        enqueue(
            key=f"event-contacts:{person.event_id}:{person.pk}:{now:%Y%m%d%H%M}",
            kind=_TELLING,
            payload={"participant": person.pk, "opened": f"{now:%Y%m%d%H%M}"},
            now=now,
        )


def _people(party: int) -> Any:
    return Participant.objects.filter(party=party, state__in=PLACED_STATES).order_by("pk")


@handles(_OPENING)
def _open(payload: Mapping[str, Any], now: datetime) -> None:
    event = Event.objects.filter(pk=payload["event"]).first()
    if event is not None:
        open_contacts(event=event, now=now)


@handles(_TELLING)
def _tell(payload: Mapping[str, Any], now: datetime) -> None:
    """Write to one person whom they may reach now; what changed meanwhile is not told."""
    person = (
        Participant.objects.select_related("event", "party__side")
        .filter(
            pk=payload["participant"],
            state__in=PLACED_STATES,
            subject__limited_at__isnull=True,
        )
        .exclude(email="")
        .first()
    )
    contacts = contacts_of(person) if person is not None else []
    if person is None or not contacts:
        return
    queue_mail(
        key=f"event-contacts-mail:{person.event_id}:{person.pk}:{payload['opened']}",
        to=person.email,
        template="outcomes/email/contacts",
        context={"event": person.event, "contacts": contacts, "token": personal_token(person)},
        language=person.language,
        now=now,
    )
