"""Events: announced to everybody, organised by the coordination of their territory."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import NOTHING, Policy
from ancrage.events.enums import PUBLIC_STATES
from ancrage.events.models import Event, Side
from ancrage.kit.imports.scopes import imports_for
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


def imports_of_organised(user: Any) -> Q:
    """The imports of registrations of the events the user organises."""
    return imports_for("registrations", "side", Side.objects.filter(of_organised(user)))


def nothing(user: Any) -> Q:
    """No row: bringing in gives no right of its own to read."""
    return NOTHING


Policy("imports", {"use": {Role.COORDINATOR: imports_of_organised}}, joint=True)
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
        # Bringing in a file of registrations.
        "import": {Role.COORDINATOR: nothing},
        "read_own": {Role.CANDIDATE: own},
    },
)
