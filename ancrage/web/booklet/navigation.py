"""The booklet in the footer of every page."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [Entry(_("Livret d’accueil"), "booklet:general", rank=36, place=Place.FOOTER)]
