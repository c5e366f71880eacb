"""Accounts: everyone manages their own, administrators open and close them."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything, role_source, roles_of


@role_source
def account_roles(user: Any) -> set[Role]:
    """Every account belongs to a person of the field; a few also run the platform."""
    return {Role.CANDIDATE, Role.ADMIN} if user.is_platform_admin else {Role.CANDIDATE}


# Those who see other people's data sign in with more than a password, and not for the day.
_STRICT = frozenset({Role.COORDINATOR, Role.ADMIN})


def needs_strong_sign_in(user: Any) -> bool:
    """Say whether `user` must hold a second factor, and is signed out when idle."""
    return not _STRICT.isdisjoint(roles_of(user))


def own(user: Any) -> Q:
    """The row of the reader's own account."""
    return Q(pk=user.pk)


def own_tokens(user: Any) -> Q:
    """The tokens the reader made."""
    return Q(user=user.pk)


Policy(
    "accounts",
    {
        "manage_own": {Role.CANDIDATE: own},
        "list": {Role.ADMIN: everything},
        "close": {Role.ADMIN: everything},
        "appoint": {Role.ADMIN: everything},
    },
)
Policy("api_tokens", {"manage": {Role.CANDIDATE: own_tokens}})
Policy("audit", {"view": {Role.ADMIN: everything}})
Policy("operations", {"details": {Role.ADMIN: everything}})
