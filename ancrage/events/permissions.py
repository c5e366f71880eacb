"""Events: announced to everybody, organised by the coordination of their territory."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy
from ancrage.events.enums import PUBLIC_STATES
from ancrage.events.models import Event
from ancrage.territory.permissions import coordinated_by


def announced(user: Any) -> Q:
    """The events that anybody may read about."""
    return Q(state__in=sorted(PUBLIC_STATES))


def organised(user: Any) -> Q:
    """The events of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def of_organised(user: Any) -> Q:
    """What belongs to the events the user organises."""
    return Q(event__in=Event.objects.filter(organised(user)).values("pk"))


def own(user: Any) -> Q:
    """The reader's own registrations."""
    return Q(subject__user=user.pk)


Policy(
    "events",
    {
        "view": {Role.VISITOR: announced, Role.COORDINATOR: organised},
        "organise": {Role.COORDINATOR: organised},
    },
)
Policy(
    "participants",
    {
        "view": {Role.COORDINATOR: of_organised},
        "keep": {Role.COORDINATOR: of_organised},
        "export": {Role.COORDINATOR: of_organised},
        "read_own": {Role.CANDIDATE: own},
    },
)
