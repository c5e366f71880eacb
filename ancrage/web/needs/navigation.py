"""Needs in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry

ENTRIES = [
    Entry(
        _("Besoins"),
        "needs:list",
        rank=20,
        icon="clipboard-list",
        permission="needs.view",
    )
]
