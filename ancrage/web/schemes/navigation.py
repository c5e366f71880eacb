"""The aids in the header of every page."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Group

ENTRIES = [
    Entry(_("Aides"), "schemes:list", group=Group.WELCOME, rank=35, icon="hand-coins"),
]
