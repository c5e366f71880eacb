"""For whom a reader acts, as the journal writes it: "territory:3", "partner:12".

The apps that know territories and structures say which scopes a user holds; this one, which
stands below them, compares texts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

ScopeSource = Callable[[Any], Iterable[str]]

_sources: list[ScopeSource] = []


@dataclass(frozen=True)
class Viewer:
    """Who looks, and for whom: `scopes` are those of `scopes_of`; `user_pk` None is anybody."""

    user_pk: int | None
    scopes: frozenset[str] = frozenset()


def scope_source(source: ScopeSource) -> ScopeSource:
    """Declare a function that says for which rows of one app a user acts today."""
    _sources.append(source)
    return source


def scopes_of(user: Any) -> frozenset[str]:
    """Return every scope the user acts for; none for a visitor or a closed account."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(scope for source in _sources for scope in source(user))


def viewer_of(user: Any) -> Viewer:
    """Return the reader that `visible_fields` asks about."""
    return Viewer(user_pk=user.pk, scopes=scopes_of(user))
