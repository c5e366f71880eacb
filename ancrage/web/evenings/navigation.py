"""The evening among the pages of an event."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.event_tabs import EventTab
from ancrage.web.navigation import Entry

ENTRIES: list[Entry] = []
EVENT_TABS = [EventTab(_("Soirée"), "evenings:evening", rank=70)]
