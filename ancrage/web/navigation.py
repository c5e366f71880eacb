"""What the header, the account menu and the footer offer to each reader.

A section of pages (`ancrage/web/<section>/`) declares its entries in its own `navigation.py`:

    ENTRIES = [Entry(_("Besoins"), "needs:list", icon="clipboard-list", rank=20,
                     permission="needs.view")]

The permission alone decides who sees an entry; `None` means everybody. Ranks order the entries
of one place; keep tens so that others fit between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

import ancrage.web
from ancrage.accounts.policy import may


class Place(Enum):
    """Where an entry stands."""

    HEADER = "header"
    ACCOUNT = "account"
    FOOTER = "footer"


@dataclass(frozen=True)
class Entry:
    """One link: its words, its page, its place, who sees it."""

    label: str | Promise
    url_name: str
    rank: int
    icon: str = ""
    permission: str | None = None
    place: Place = Place.HEADER
    # Namespaces whose pages light the entry; by default the namespace of `url_name`.
    sections: tuple[str, ...] = ()

    def is_current(self, request: HttpRequest) -> bool:
        """Say whether the page being shown belongs to this entry."""
        match = request.resolver_match
        if match is None:
            return False
        if match.view_name == self.url_name:
            return True
        sections = self.sections or tuple(filter(None, [self.url_name.rpartition(":")[0]]))
        return self.place is Place.HEADER and match.namespace in sections


@dataclass(frozen=True)
class Link:
    """An entry as a template prints it."""

    url: str
    label: str | Promise
    icon: str
    current: bool


@cache
def declared() -> tuple[Entry, ...]:
    """Return the entries of every section, in order."""
    entries: list[Entry] = []
    for module in iter_modules(ancrage.web.__path__, "ancrage.web."):
        name = f"{module.name}.navigation"
        if module.ispkg and find_spec(name) is not None:
            entries += import_module(name).ENTRIES
    return tuple(sorted(entries, key=lambda entry: (entry.rank, entry.url_name)))


def links(
    request: HttpRequest, place: Place, entries: Iterable[Entry] | None = None
) -> list[Link]:
    """Return what `request`'s reader may follow from `place`."""
    # A request refused before it was authenticated has no user: it may follow public links.
    user: Any = getattr(request, "user", None) or AnonymousUser()
    return [
        Link(reverse(entry.url_name), entry.label, entry.icon, entry.is_current(request))
        for entry in (declared() if entries is None else entries)
        if entry.place is place and (entry.permission is None or may(user, entry.permission))
    ]
