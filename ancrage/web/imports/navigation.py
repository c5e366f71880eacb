"""Imports in the account menu: the work of whoever holds the files."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry, Place

ENTRIES = [
    Entry(
        _("Importer un tableau"),
        "imports:list",
        rank=35,
        icon="file-up",
        permission="imports.use",
        place=Place.ACCOUNT,
    )
]
