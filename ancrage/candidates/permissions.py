"""First contacts: anyone writes one, only the coordination of the territory reads it."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import NOTHING, Policy
from ancrage.territory.permissions import coordinated_by


def in_territory(user: Any) -> Q:
    """The requests sent to the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def nothing(user: Any) -> Q:
    """No row: writing gives no right to read."""
    return NOTHING


Policy(
    "contact_requests",
    {
        "send": {Role.VISITOR: nothing},
        "view": {Role.COORDINATOR: in_territory},
        "answer": {Role.COORDINATOR: in_territory},
    },
)
