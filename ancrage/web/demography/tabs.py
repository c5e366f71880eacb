"""The sibling pages of medical demography, in the order of the questions they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.policy import may


@dataclass(frozen=True)
class Tab:
    """One of the pages; `pages` are further views that light it, by name."""

    label: str | Promise
    url_name: str
    permission: str = "demography.view"
    pages: tuple[str, ...] = ()


TABS: Sequence[Tab] = (
    Tab(_("Carte"), "demography:communes", pages=("demography:commune",)),
    Tab(
        _("Scénarios"),
        "demography:scenarios",
        pages=(
            "demography:scenario",
            "demography:scenario_new",
            "demography:scenario_compare",
            "demography:scenario_describe",
        ),
    ),
    Tab(
        _("Où placer des postes"),
        "demography:siting",
        pages=("demography:study", "demography:siting_ask"),
    ),
    Tab(_("Départs"), "demography:leaving"),
    Tab(
        _("Qualité"),
        "demography:quality",
        # How access is counted is what makes it close to the published one, or not.
        pages=(
            "demography:sets",
            "demography:set",
            "demography:set_new",
            "demography:set_edit",
            "demography:set_bring",
            "demography:set_builtin",
        ),
    ),
    Tab(
        _("Sources"),
        "demography:sources",
        pages=("demography:file", "demography:file_bring", "demography:file_sheets"),
    ),
)


def address(url_name: str, kept: dict[str, str]) -> str:
    """Return the address of a page with what is kept from one to the next."""
    return reverse(url_name) + (f"?{urlencode(kept)}" if kept else "")


@dataclass(frozen=True)
class ShownTab:
    """A tab as a template prints it."""

    label: str | Promise
    href: str
    current: bool


def tabs_for(request: HttpRequest, kept: dict[str, str]) -> list[ShownTab]:
    """Return the tabs that the reader may open; `kept` follows from one to the next."""
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        ShownTab(tab.label, address(tab.url_name, kept), here in (tab.url_name, *tab.pages))
        for tab in TABS
        if may(request.user, tab.permission)
    ]
