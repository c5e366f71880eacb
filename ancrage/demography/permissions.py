"""Medical demography: whoever works in a territory reads it; some may try « what if »."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything
from ancrage.partners.permissions import partners_of
from ancrage.territory.permissions import coordinated, watched


def of_structures(user: Any) -> Q:
    """The territories of the structures the user recruits for."""
    return Q(pk__in=partners_of(user).values("territory"))


Policy(
    "demography",
    {
        "view": {
            Role.EMPLOYER: of_structures,
            Role.COORDINATOR: coordinated,
            Role.INSTITUTION: watched,
            Role.ADMIN: everything,
        },
        "simulate": {Role.COORDINATOR: coordinated, Role.INSTITUTION: watched},
    },
)
