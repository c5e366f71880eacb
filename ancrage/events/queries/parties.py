"""Who takes part: the parties that hold a place, and how they are called."""

from django.db.models import Prefetch, QuerySet

from ancrage.events.enums import PLACED_STATES
from ancrage.events.models import Event, Participant, Party


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
    """Return how the organiser names a party of `parties_with_a_place`: « Alix et Sam Fictif ».

    A nameless one (erased) keeps a number.
    """
    members: list[Participant] = party.placed  # type: ignore[attr-defined]
    named = [member.full_name for member in members if member.full_name]
    return party.name or ", ".join(named) or f"n° {party.pk}"
