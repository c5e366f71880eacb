"""Rights: everyone exercises their own, the coordination answers, the register is kept."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything
from ancrage.privacy.scopes import scopes_of


def own(user: Any) -> Q:
    """The profile of the reader."""
    return Q(user=user.pk)


def followed(user: Any) -> Q:
    """What falls to the territories the user coordinates."""
    return Q(home__in=scopes_of(user))


def noted(user: Any) -> Q:
    """The breaches the user noted: they may concern people of elsewhere."""
    return Q(recorded_by=user.pk)


Policy(
    "subjects",
    {
        "manage_own": {Role.CANDIDATE: own},
        # Saying that somebody was told of the end of their data.
        "tell": {Role.COORDINATOR: followed},
    },
)
Policy(
    "rights",
    {
        "view": {Role.COORDINATOR: followed, Role.ADMIN: everything},
        "answer": {Role.COORDINATOR: followed, Role.ADMIN: everything},
    },
)
Policy(
    "breaches",
    {
        "view": {Role.COORDINATOR: noted, Role.ADMIN: everything},
        "manage": {Role.COORDINATOR: noted, Role.ADMIN: everything},
    },
)
