"""Campaigns in the header."""

from django.utils.translation import gettext_lazy as _

from ancrage.web.navigation import Entry

ENTRIES = [
    Entry(
        _("Campagnes"),
        "campaigns:list",
        rank=30,
        icon="clipboard-check",
        permission="campaigns.view",
    ),
]
