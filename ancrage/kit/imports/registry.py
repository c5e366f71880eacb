"""Which kinds of import exist: each is found the first time it is asked for."""

from typing import TypeVar

from django.utils.module_loading import autodiscover_modules

from ancrage.kit.imports.kinds import ImportKind

K = TypeVar("K", bound=type[ImportKind])

_kinds: dict[str, ImportKind] = {}


class UnknownKind(LookupError):
    """No app declares a kind of import of that key."""


def register(kind: K) -> K:
    """Declare a kind; use as a class decorator. Raises ValueError when its key is taken."""
    known = _kinds.get(kind.key)
    if known is not None and type(known).__qualname__ != kind.__qualname__:
        message = f"two kinds of import are called {kind.key!r}"
        raise ValueError(message)
    _kinds[kind.key] = kind()
    return kind


def kind_called(key: str) -> ImportKind:
    """The kind of that key. Raises UnknownKind.

    Kinds stand in the `services` of the apps, which are read once, when one is first wanted.
    """
    if key not in _kinds:
        autodiscover_modules("services")
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKind(key) from None
