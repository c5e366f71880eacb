"""Who may do what, on which rows: declared once per app, asked everywhere.

An app's `permissions.py` holds its policies: a table action × role → scope, where a scope is a
function from the user to the Q of the rows. The same line answers « may they? », « which
rows? », the API and the documentation page. Roles come from the apps that give them
(membership of a structure, office in a territory): each declares a `role_source`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from ancrage.accounts.enums import Role

Scope = Callable[[Any], Q]
RoleSource = Callable[[Any], Iterable[str]]
M = TypeVar("M", bound=Model)

NOTHING = Q(pk__in=[])

_policies: dict[str, Mapping[Role, Scope]] = {}
_joint: set[str] = set()
_role_sources: list[RoleSource] = []


class UnknownPermission(LookupError):
    """A permission that no policy declares was asked for: a spelling mistake, never a refusal."""


class Policy:
    """The table of one kind of object: `Policy("needs", {"view": {Role.VISITOR: published}})`.

    With `joint`, several apps each declare their own rows of the same permission (an import of
    needs, an import of sites): what they say adds up.
    """

    def __init__(
        self, prefix: str, actions: Mapping[str, Mapping[Role, Scope]], *, joint: bool = False
    ) -> None:
        for action, scopes in actions.items():
            permission = f"{prefix}.{action}"
            if permission in _policies and not (joint and permission in _joint):
                message = f"the permission {permission!r} is declared twice"
                raise ValueError(message)
            if joint:
                _joint.add(permission)
            _policies[permission] = _joined(_policies.get(permission, {}), scopes)


def _joined(known: Mapping[Role, Scope], further: Mapping[Role, Scope]) -> Mapping[Role, Scope]:
    both = {role: _either(known[role], further[role]) for role in known if role in further}
    return {**known, **further, **both}


def _either(first: Scope, second: Scope) -> Scope:
    def either(user: Any) -> Q:
        return first(user) | second(user)

    # The table of rights is written from these sentences.
    either.__doc__ = " ".join(_first_sentence(one) for one in (first, second))
    return either


def _first_sentence(scope: Scope) -> str:
    return " ".join((scope.__doc__ or "").strip().split("\n\n")[0].split())


def everything(user: Any) -> Q:
    """Every row."""
    # The negation of nothing: OR-ing an empty Q would select nothing.
    return ~NOTHING


def role_source(source: RoleSource) -> RoleSource:
    """Declare a function that says which roles a signed-in user holds in one app.

    It returns values of `Role`: a set, or a query of one column, which is then asked together
    with those of the other apps.
    """
    _role_sources.append(source)
    return source


def roles_of(user: Any) -> frozenset[Role]:
    """Return the roles of `user`, VISITOR always among them; read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset({Role.VISITOR})
    known: frozenset[Role] | None = getattr(user, "_known_roles", None)
    if known is None:
        known = frozenset({Role.VISITOR, *_held_by(user)})
        user._known_roles = known
    return known


def _held_by(user: Any) -> Iterator[Role]:
    found = [source(user) for source in _role_sources]
    first, *others = (roles for roles in found if isinstance(roles, QuerySet))
    told = (roles for roles in found if not isinstance(roles, QuerySet))
    return map(Role, chain(first.union(*others), *told))


def _scopes(user: Any, permission: str) -> Iterator[Scope]:
    try:
        table = _policies[permission]
    except KeyError:
        raise UnknownPermission(permission) from None
    return (table[role] for role in sorted(roles_of(user)) if role in table)


def may(user: Any, permission: str) -> bool:
    """Say whether some role of `user` has a line for `permission`, whatever the row."""
    return next(_scopes(user, permission), None) is not None


def permitted(user: Any, permission: str, rows: QuerySet[M]) -> QuerySet[M]:
    """Return those of `rows` on which `user` may act; the scopes of the roles are OR-ed."""
    condition = NOTHING
    for scope in _scopes(user, permission):
        condition |= scope(user)
    return rows.filter(condition)


def may_on(user: Any, permission: str, row: Model) -> bool:
    """Say whether `user` may act on that one row."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    return permitted(user, permission, rows).exists()


def open_to_visitors(permission: str) -> bool:
    """Say whether somebody who has not signed in may have this permission on some row."""
    if permission not in _policies:
        raise UnknownPermission(permission)
    return Role.VISITOR in _policies[permission]


def declared() -> Mapping[str, Mapping[Role, Scope]]:
    """Return every permission declared, for the documentation and its test."""
    return dict(sorted(_policies.items()))
