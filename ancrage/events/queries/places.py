"""Where somebody stands: their rank on the waiting list, and what is left on a side."""

from django.db.models import Q, QuerySet

from ancrage.events.enums import PLACED_STATES, RegistrationState
from ancrage.events.models import Participant, Side


def queue_of(side: Side) -> QuerySet[Participant]:
    """Return those who wait for a place of `side`, the first come first."""
    waiting = Participant.objects.filter(party__side=side, state=RegistrationState.WAITING)
    return waiting.order_by("registered_at", "pk")


def rank_of(participant: Participant) -> int:
    """Return the rank on the waiting list: 1 is next. A group counts for one."""
    earlier = Q(registered_at__lt=participant.registered_at) | Q(
        registered_at=participant.registered_at, pk__lt=participant.pk
    )
    ahead = queue_of(participant.party.side).exclude(party=participant.party_id).filter(earlier)
    return ahead.order_by().values("party").distinct().count() + 1


def fits(side: Side, people: int) -> bool:
    """Say whether so many people more have a place on `side`."""
    if side.capacity is None:
        return True
    taken = Participant.objects.filter(party__side=side, state__in=PLACED_STATES).count()
    return taken + people <= side.capacity


def rank_to_come(side: Side, people: int) -> int:
    """Return the rank that so many people would have if they came now; 0 for a place."""
    waiting = queue_of(side).order_by().values("party").distinct().count()
    return 0 if waiting == 0 and fits(side, people) else waiting + 1
