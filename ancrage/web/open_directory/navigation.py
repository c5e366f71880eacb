"""Open data in the footer, for those who look for it."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [Entry(_("Données ouvertes"), "open_directory:page", rank=50, place=Place.FOOTER)]
