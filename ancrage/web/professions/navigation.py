"""The professions in the footer of every page, and their keeping in the account menu."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(_("Métiers"), "professions:list", rank=30, place=Place.FOOTER),
    Entry(
        _("Métiers et spécialités"),
        "professions:list",
        rank=60,
        icon="stethoscope",
        permission="professions.edit",
        place=Place.ACCOUNT,
    ),
]
