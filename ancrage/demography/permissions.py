"""Medical demography: whoever works in a territory reads it; some may try « what if »."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything
from ancrage.partners.permissions import partners_of
from ancrage.territory.permissions import coordinated, coordinated_by, watched, watched_by


def of_structures(user: Any) -> Q:
    """The territories of the structures the user recruits for."""
    return Q(pk__in=partners_of(user).values("territory"))


def kept(scope: Callable[[Any], Q]) -> Callable[[Any], Q]:
    """Of the rows of a scope, those that nobody put away."""

    @wraps(scope)
    def rows(user: Any) -> Q:
        return scope(user) & Q(removed_at__isnull=True)

    return rows


def shared_with_structures(user: Any) -> Q:
    """The scenarios shared with the structures the user recruits for."""
    return Q(territory__in=partners_of(user).values("territory"), shared=True)


def of_coordinated(user: Any) -> Q:
    """What is kept of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def of_watched(user: Any) -> Q:
    """What is kept of the territories the user watches for an institution."""
    return Q(territory__in=watched_by(user).values("pk"))


Policy(
    "scenarios",
    {
        "view": {
            Role.EMPLOYER: kept(shared_with_structures),
            Role.COORDINATOR: kept(of_coordinated),
            Role.INSTITUTION: kept(of_watched),
            Role.ADMIN: kept(everything),
        },
        "edit": {Role.COORDINATOR: kept(of_coordinated), Role.INSTITUTION: kept(of_watched)},
    },
)
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


def of_own_structures(user: Any) -> Q:
    """What is kept of the territories of the structures the user recruits for."""
    return Q(territory__in=partners_of(user).values("territory"))


Policy(
    "sitings",
    {
        "view": {
            Role.EMPLOYER: kept(of_own_structures),
            Role.COORDINATOR: kept(of_coordinated),
            Role.INSTITUTION: kept(of_watched),
            Role.ADMIN: kept(everything),
        },
        "keep": {Role.COORDINATOR: kept(of_coordinated), Role.INSTITUTION: kept(of_watched)},
    },
)

# How access is counted in a territory: read by whoever steers it, typed by some.
Policy(
    "parameters",
    {
        "view": {
            Role.EMPLOYER: of_own_structures,
            Role.COORDINATOR: of_coordinated,
            Role.INSTITUTION: of_watched,
            Role.ADMIN: everything,
        },
        "edit": {Role.COORDINATOR: of_coordinated, Role.INSTITUTION: of_watched},
    },
)

# Official files are those of a country: every territory reads the same.
Policy(
    "vintages",
    {
        "view": {
            Role.EMPLOYER: everything,
            Role.COORDINATOR: everything,
            Role.INSTITUTION: everything,
            Role.ADMIN: everything,
        },
        "import": {Role.COORDINATOR: everything, Role.ADMIN: everything},
    },
)
