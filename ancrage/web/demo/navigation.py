"""The tab of the demo, on the pages of an event; nowhere else is there such a page."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ancrage.web.event_tabs import EventTab

EVENT_TABS = [EventTab(_("Démonstration"), "demo:evening", rank=95)] if settings.DEMO else []
