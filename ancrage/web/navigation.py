"""What the header, the account menu and the footer offer to each reader.

A section of pages (`ancrage/web/<section>/`) declares its entries in its own `navigation.py`:

    ENTRIES = [Entry(_("Besoins"), "needs:list", icon="clipboard-list", rank=20,
                     permission="needs.view")]

The permission alone decides who sees an entry; `None` means everybody. Ranks order the entries
of one place; keep tens so that others fit between.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from django.utils.translation import pgettext_lazy

import ancrage.web
from ancrage.accounts.enums import Role
from ancrage.accounts.policy import may, roles_of


class Place(Enum):
    """Where an entry stands."""

    HEADER = "header"
    ACCOUNT = "account"
    # One's own pages: in the header of who has no other part here, else in the account menu.
    OWN = "own"
    FOOTER = "footer"


class Group(Enum):
    """What gathers entries of the header where there are too many to stand side by side."""

    OWN = "own"
    RECRUITING = "recruiting"
    PEOPLE = "people"
    WELCOME = "welcome"
    STEERING = "steering"

    @property
    def label(self) -> Promise:
        """The words of its menu."""
        return _LABELS[self]


_LABELS = {
    Group.OWN: pgettext_lazy("navigation", "Mon espace"),
    Group.RECRUITING: pgettext_lazy("navigation", "Recrutement"),
    Group.PEOPLE: pgettext_lazy("navigation", "Personnes"),
    Group.WELCOME: pgettext_lazy("navigation", "Venir et rester"),
    Group.STEERING: pgettext_lazy("navigation", "Piloter"),
}
# Whoever holds nothing else is here for themselves.
NO_PART = frozenset({Role.VISITOR, Role.CANDIDATE})
# More would not hold on one line of a common screen.
MOST_SIDE_BY_SIDE = 7
# With so few, the words of a link hold in the place of those of its group, shorter.
ROOMY = 5


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
    group: Group | None = None

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
    """An entry as a template prints it; a group has no address but those of its `links`."""

    url: str
    label: str | Promise
    icon: str
    current: bool
    links: tuple["Link", ...] = ()


@cache
def declared() -> tuple[Entry, ...]:
    """Return the entries of every section, in order."""
    entries: list[Entry] = []
    for module in iter_modules(ancrage.web.__path__, "ancrage.web."):
        name = f"{module.name}.navigation"
        if module.ispkg and find_spec(name) is not None:
            entries += getattr(import_module(name), "ENTRIES", ())
    return tuple(sorted(entries, key=lambda entry: (entry.rank, entry.url_name)))


def links(
    request: HttpRequest, place: Place, entries: Iterable[Entry] | None = None
) -> list[Link]:
    """Return what `request`'s reader may follow from `place`."""
    return [_link(entry, request) for entry in _open_to(request, place, entries)]


def sections(request: HttpRequest, entries: Iterable[Entry] | None = None) -> list[Link]:
    """Return what the header offers: gathered in groups where one line would not hold them.

    A group of one link would only hide it: the link stands alone where there is room.
    """
    shown = _open_to(request, Place.HEADER, entries)
    if len(shown) <= MOST_SIDE_BY_SIDE:
        return [_link(entry, request) for entry in shown]
    gathered: dict[Group | str, list[Link]] = {}
    for entry in shown:
        gathered.setdefault(entry.group or entry.url_name, []).append(_link(entry, request))
    return [
        Link("", key.label, "", any(link.current for link in found), tuple(found))
        if isinstance(key, Group) and (len(found) > 1 or len(gathered) > ROOMY)
        else found[0]
        for key, found in gathered.items()
    ]


def _open_to(request: HttpRequest, place: Place, entries: Iterable[Entry] | None) -> list[Entry]:
    # A request refused before it was authenticated has no user: it may follow public links.
    user: Any = getattr(request, "user", None) or AnonymousUser()
    own = Place.ACCOUNT if roles_of(user) - NO_PART else Place.HEADER
    placed = (
        replace(entry, place=own, group=Group.OWN) if entry.place is Place.OWN else entry
        for entry in (declared() if entries is None else entries)
    )
    return [
        entry
        for entry in placed
        if entry.place is place and (entry.permission is None or may(user, entry.permission))
    ]


def _link(entry: Entry, request: HttpRequest) -> Link:
    return Link(reverse(entry.url_name), entry.label, entry.icon, entry.is_current(request))
