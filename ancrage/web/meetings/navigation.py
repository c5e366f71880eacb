"""The plan room among the pages of an event."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.event_tabs import EventTab
from ancrage.web.navigation import Entry

ENTRIES: list[Entry] = []
EVENT_TABS = [EventTab(_("Grille de passage"), "meetings:room", rank=50)]
