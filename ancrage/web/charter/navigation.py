"""The charter in the footer for everybody, in the header for those who sign or write it."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(_("Charte"), "charter:current", rank=20, place=Place.FOOTER),
    Entry(
        _("Charte"),
        "charter:signatures",
        rank=60,
        icon="signature",
        permission="charter.signatures",
    ),
]
