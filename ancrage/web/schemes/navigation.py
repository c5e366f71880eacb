"""The aids in the footer of every page."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [Entry(_("Aides"), "schemes:list", rank=35, place=Place.FOOTER)]
