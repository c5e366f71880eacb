"""The register, in the footer of every page."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(_("Données personnelles"), "privacy:register", rank=30, place=Place.FOOTER),
]
