"""The charter in the footer of every page; who signed it is one click further."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(
        _("Charte"),
        "charter:current",
        rank=20,
        place=Place.FOOTER,
    ),
    Entry(
        _("Signatures de la charte"),
        "charter:signatures",
        rank=60,
        icon="signature",
        permission="charter.signatures",
        place=Place.ACCOUNT,
    ),
]
