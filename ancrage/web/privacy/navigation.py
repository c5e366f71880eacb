"""The register in the footer of every page; the desk and the breaches for who answers."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(_("Données personnelles"), "privacy:register", rank=30, place=Place.FOOTER),
    Entry(
        _("Droits des personnes"),
        "privacy:request_list",
        rank=84,
        icon="scale",
        permission="rights.view",
        place=Place.ACCOUNT,
    ),
    Entry(
        _("Violations de données"),
        "privacy:breach_list",
        rank=86,
        icon="shield-alert",
        permission="breaches.view",
        place=Place.ACCOUNT,
    ),
]
