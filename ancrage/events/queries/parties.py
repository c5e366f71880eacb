"""Who takes part: the parties that hold a place, and how they are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from ancrage.events.enums import PLACED_STATES
from ancrage.events.models import Event, Participant, Party
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need


def parties_with_a_place(event: Event) -> QuerySet[Party]:
    """Return the parties at least one of whose members has a place, with these members.

    Each carries `placed`, its members who hold a place, in the order of registration; its side
    and its table are read with it.
    """
    placed = Participant.objects.filter(event=event, state__in=PLACED_STATES).select_related(
        "subject"
    )
    return (
        Party.objects.filter(event=event, pk__in=placed.values("party"))
        .select_related("side", "table")
        .prefetch_related(
            Prefetch("members", queryset=placed.order_by("registered_at", "pk"), to_attr="placed")
        )
        .order_by("pk")
    )


def label_of(party: Party) -> str:
    """Return how the organiser names a party of `parties_with_a_place`: « Alix et Sam Fictif ».

    A nameless one (erased, or whose people asked that their data be left alone) keeps a number.
    """
    members: list[Participant] = party.placed  # type: ignore[attr-defined]
    return party.name or ", ".join(names_shown(members)) or f"n° {party.pk}"


def names_shown(members: Iterable[Participant]) -> tuple[str, ...]:
    """Return the names of those who have one and did not ask that their data be left alone.

    Their subjects are read: let them come with the rows.
    """
    return tuple(
        one.full_name for one in members if one.full_name and one.subject.limited_at is None
    )


def needs_for(party: Party) -> QuerySet[Need]:
    """Return the posts for which a host may come: published by a structure of its members."""
    structures = party.members.exclude(partner=None).order_by().values("partner")
    return (
        Need.objects.filter(partner__in=structures, status=NeedStatus.PUBLISHED)
        .select_related("profession", "specialty", "partner", "commune")
        .order_by("profession__rank", "starts_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A party as the organiser reads it, also once its people gave up their place."""

    pk: int
    label: str
    role: str
    people: tuple[str, ...]
    detail: str
    has_place: bool


def named_parties(event: Event) -> Mapping[int, Named]:
    """Return every party of `event` by key, with the names of its people.

    `detail` is the structure they come from, or their profession.
    """
    members = event.participants.select_related("profession", "subject").order_by(
        "registered_at", "pk"
    )
    found = {}
    for party in (
        event.parties.select_related("side")
        .prefetch_related(Prefetch("members", queryset=members, to_attr="placed"))
        .order_by("pk")
    ):
        everybody: list[Participant] = party.placed
        there = [one for one in everybody if one.state in PLACED_STATES]
        party.placed = there or everybody
        details = [
            (one.organisation if one.subject.limited_at is None else "")
            or str(one.profession or "")
            for one in party.placed
        ]
        found[party.pk] = Named(
            pk=party.pk,
            label=label_of(party),
            role=party.side.role,
            people=names_shown(party.placed),
            detail=next(filter(None, details), ""),
            has_place=bool(there),
        )
    return found
