"""What every page of a version says: the version, and its sibling pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ancrage.web.event_tabs import ShownTab
from ancrage.web.meetings.rooms import Version

_TABS = (
    (_("Résultat et grille"), "version", ("version",)),
    (_("Par personne"), "people", ("people", "person")),
    (_("Vœux non satisfaits"), "unmet", ("unmet",)),
    (_("Comparer"), "compare", ("compare",)),
)


def frame(request: HttpRequest, shown: Version) -> dict[str, Any]:
    """Return the context of `meetings/_version_frame.html`."""
    match = request.resolver_match
    here = match.url_name if match else ""
    arguments = [shown.event.pk, shown.timetable.version]
    return {
        "event": shown.event,
        "timetable": shown.timetable,
        "version": shown,
        "version_tabs": [
            ShownTab(label, reverse(f"meetings:{name}", args=arguments), here in pages)
            for label, name, pages in _TABS
        ],
    }
