"""The sibling pages of one event, for those who organise it.

A section of pages (`ancrage/web/<section>/`) declares its tabs in its own `navigation.py`:

    EVENT_TABS = [EventTab(_("Grille de passage"), "meetings:plan", rank=50)]

The address of a tab takes the number of the event alone. All pages of an event extend
`components/event_frame.html`, which draws them.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

import ancrage.web
from ancrage.accounts.policy import may
from ancrage.events.models import Event


@dataclass(frozen=True)
class EventTab:
    """One of the pages of an event. Ranks order the tabs; keep tens so that others fit between."""

    label: str | Promise
    url_name: str
    rank: int
    permission: str = "events.organise"
    # The pages that light the tab, by name; none: all the pages of the tab's section.
    pages: tuple[str, ...] = ()

    def is_current(self, request: HttpRequest) -> bool:
        """Say whether the page being shown belongs to this tab."""
        match = request.resolver_match
        if match is None:
            return False
        if match.view_name == self.url_name or match.view_name in self.pages:
            return True
        return not self.pages and match.namespace == self.url_name.partition(":")[0]


@dataclass(frozen=True)
class ShownTab:
    """A tab as a template prints it."""

    label: str | Promise
    href: str
    current: bool


@cache
def declared_event_tabs() -> tuple[EventTab, ...]:
    """Return the tabs of every section, in order."""
    tabs: list[EventTab] = []
    for module in iter_modules(ancrage.web.__path__, "ancrage.web."):
        name = f"{module.name}.navigation"
        if module.ispkg and find_spec(name) is not None:
            tabs += getattr(import_module(name), "EVENT_TABS", ())
    return tuple(sorted(tabs, key=lambda tab: (tab.rank, tab.url_name)))


def event_tabs(request: HttpRequest, event: Event) -> list[ShownTab]:
    """Return the tabs of `event` that the reader of `request` may open."""
    return [
        ShownTab(tab.label, reverse(tab.url_name, args=[event.pk]), tab.is_current(request))
        for tab in declared_event_tabs()
        if may(request.user, tab.permission)
    ]
