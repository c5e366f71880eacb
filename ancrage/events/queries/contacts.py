"""Whom a participant may reach: the contacts opened by a yes on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q

from ancrage.events.enums import PLACED_STATES, SideRole
from ancrage.events.models import Contact, ContactFollowUp, Participant
from ancrage.events.queries.parties import label_of


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody one may write to or call."""

    name: str
    organisation: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class OpenContact:
    """A contact as one side reads it; `asked` is the question that waits for their answer."""

    pk: int
    title: str
    people: tuple[Reachable, ...]
    opened_at: datetime
    asked: ContactFollowUp | None
    said: ContactFollowUp | None


def contacts_of(participant: Participant, *, on: date | None = None) -> list[OpenContact]:
    """Return the contacts of a participant, by name, with what they are asked on a day.

    Whoever asked for a pause or was erased is not in them. Three queries.
    """
    party, role = participant.party_id, participant.party.side.role
    shown = Participant.objects.filter(
        state__in=PLACED_STATES,
        subject__limited_at__isnull=True,
        subject__anonymised_at__isnull=True,
    )
    shown = shown.select_related("subject").order_by("registered_at", "pk")
    other = "visitor" if role == SideRole.HOST else "host"
    rows = (
        Contact.objects.filter(Q(host=party) | Q(visitor=party))
        .select_related(other)
        .prefetch_related(
            Prefetch(f"{other}__members", queryset=shown, to_attr="placed"),
            Prefetch(
                "follow_ups",
                queryset=ContactFollowUp.objects.filter(side=role).order_by("months"),
                to_attr="own",
            ),
        )
        .order_by("pk")
    )
    found = []
    for contact in rows:
        met = getattr(contact, other)
        own: list[ContactFollowUp] = contact.own  # type: ignore[assignment]
        if not met.placed:
            continue
        found.append(
            OpenContact(
                pk=contact.pk,
                title=label_of(met),
                people=tuple(
                    Reachable(one.full_name, one.organisation, one.email, one.phone)
                    for one in met.placed
                ),
                opened_at=contact.opened_at,
                asked=_asked(own, on),
                said=_said(own),
            )
        )
    return sorted(found, key=lambda one: (one.title, one.pk))


def _asked(follow_ups: Iterable[ContactFollowUp], on: date | None) -> ContactFollowUp | None:
    """Return the latest question that is due: what came of the first month is past."""
    if on is None:
        return None
    due = [one for one in follow_ups if one.due_on <= on]
    return due[-1] if due and due[-1].answered_at is None else None


def _said(follow_ups: Iterable[ContactFollowUp]) -> ContactFollowUp | None:
    answered = [one for one in follow_ups if one.answered_at is not None]
    return answered[-1] if answered else None
