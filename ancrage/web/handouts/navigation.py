"""The tab of what is printed."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.event_tabs import EventTab

EVENT_TABS = [EventTab(_("Fiches et badges"), "handouts:index", rank=60)]
